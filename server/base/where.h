/*
 * where.h: the where clauses of Restrict and Find, read into one SRestriction.
 *
 * Layer: base (portable: what depends on the machine or the store comes through struct where_context).
 *
 *   [Subject] LIKE '%invoice%' AND [TimeReceived] >= '2026-01-31' AND NOT [Unread]
 *
 *   clause      = any { OR any };  any = all { AND all };  all = [NOT] ( "(" clause ")" | condition )
 *   condition   = [property] op value           op: = <> != < <= > >=
 *               | [property] op [property]
 *               | [property] [NOT] LIKE 'text'   'text' whole, 'text%' beginning, '%text%' anywhere; never case-sensitive
 *               | [property] [NOT] IN (value, …) | [property] [NOT] BETWEEN value AND value
 *               | [property] IS [NOT] NULL       absent, or there
 *               | [property] & number [= 0 | <> 0]   bits, clear or set (set when left out)
 *               | SIZE([property]) op number     bytes of the value
 *               | RECIPIENTS(clause) | ATTACHMENTS(clause)    some recipient, some attachment
 *               | [property]                     a truth value is true
 *   property    = whatever prop_ref.h accepts;  value = 'text' ('' for a quote) | number | TRUE | FALSE | X'hex'
 *   Times are texts: '2026-01-31', '2026-01-31 17:45[:30]' in local time, '2026-01-31T17:45:30Z' in UTC.
 *
 * [Unread], [Sent] and [Submitted] stand for bits of PR_MESSAGE_FLAGS. A property that an item lacks makes every
 * condition on it false but IS NULL. Limits: MAPI cannot search for '%text' (ends with) or for % in the middle, and
 * clauses nest at most 64 deep.
 */
#ifndef WHERE_H
#define WHERE_H

#include "mapi_abi.h"
#include "mem_arena.h"
#include "prop_ref.h"

struct where_context {
    /*
     * Gives the tag (id; the type is ignored) of a named property. A failure fails the clause. NULL: named properties
     * are refused.
     */
    HRESULT (*resolve)(void *context, const struct prop_ref *ref, ULONG *tag);
    /* Converts ticks of 100 ns since 1601 from local time to UTC. NULL: local time is taken as UTC. */
    LONGLONG (*to_utc)(void *context, LONGLONG local);
    void *context;
};

struct where_error {
    size_t position; /* 0-based character in the clause */
    HRESULT code;    /* MAPI_E_INVALID_PARAMETER for syntax, else what a callback or the memory gave */
    char text[160];  /* "expected a comparison, LIKE, IN, BETWEEN or IS after [Subject]" */
};

/*
 * Reads a clause. The restriction and all it points to lie in `arena`. An empty clause gives *out NULL and S_OK:
 * no restriction. On failure `error` says where and why, and the HRESULT is error->code.
 */
HRESULT where_parse(const WCHAR *clause, const struct where_context *context, struct mem_arena *arena,
                    SRestriction **out, struct where_error *error);

#endif
