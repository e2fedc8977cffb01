/*
 * call_record.h: a record of the members that were called, for the test that every member is.
 *
 * Layer: server/process. Off unless the setting RecordCalls (text, see settings.h) names a folder. There each process of the
 * server writes <process id>.txt: a line "Folder get Name", "Folder put Name" or "Folder call Update" when a member of a
 * class succeeds for the first time in the process. Calls by vtable count as those by IDispatch do.
 */
#ifndef CALL_RECORD_H
#define CALL_RECORD_H

/* Begins to record, when the setting says so. Once, before objects exist. */
void call_record_start(void);

#endif
