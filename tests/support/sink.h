/*
 * sink.h: a sink of _IMhEvents that keeps what it hears, for tests in C.
 *
 * Layer: tests. Used in the MTA: events come in on COM's threads.
 */
#ifndef TEST_SINK_H
#define TEST_SINK_H

#include "dispatch.h"

#include <stdbool.h>

/* The members of _IMhEvents. */
enum { EVENT_NEW_MAIL = 1, EVENT_CREATED, EVENT_DELETED, EVENT_MODIFIED, EVENT_MOVED, EVENT_COPIED, EVENT_SEARCH, EVENT_LOST };

struct sink;

/* Advises a new sink; NULL on failure. */
struct sink *sink_advise(IDispatch *source);
/* Takes it back and frees it. Answers what Unadvise answered. */
HRESULT sink_unadvise(struct sink *sink);
/*
 * Waits for an event of that kind whose EntryID (StoreID of EVENT_LOST) is `id` (NULL: any); earlier ones are
 * passed over and forgotten.
 */
bool sink_wait(struct sink *sink, DISPID kind, const WCHAR *id, DWORD milliseconds);
/* The number of events since the last sink_wait or sink_forget. */
LONG sink_count(struct sink *sink);
void sink_forget(struct sink *sink);
/* From now on the sink's calls do not return until sink_go; sink_wait_stuck waits for the first of them. */
void sink_stick(struct sink *sink);
bool sink_wait_stuck(struct sink *sink, DWORD milliseconds);
void sink_go(struct sink *sink);

#endif
