/*
 * wrap_control.h: what a test and wrapmapi.dll share: a section of memory and named events.
 *
 * Layer: tests. The same layout in programs of both bitnesses.
 *
 * Hanging: while the semaphore WRAP_HANG_PREFIX + method ("OpenEntry") exists and its count is above 0, the next call of that
 * method takes one from it, sets WRAP_HANGING and waits for WRAP_GO. Recording and limits: struct wrap_control.
 */
#ifndef WRAP_CONTROL_H
#define WRAP_CONTROL_H

#include <windows.h>

#define WRAP_SECTION L"mapihost-wrapmapi"
#define WRAP_HANG_PREFIX L"mapihost-hang-"
#define WRAP_HANGING L"mapihost-hanging" /* auto-reset: a call hangs now */
#define WRAP_GO L"mapihost-hang-end"     /* manual-reset: hanging calls go on */
#define WRAP_RECORDS 100000

/* What the program that uses MAPI did: it got an object, or gave its last reference of it back. */
struct wrap_record {
    LONG released;  /* 0: got, 1: released */
    LONG serial;    /* of the object, from 1, in order of getting within the process */
    LONG parent;    /* serial of the object whose method gave it; 0 for a session */
    DWORD process;
    char what[24];  /* "Session", "MsgStore", "Folder", "Message", "Attachment", "Table", "AddrBook", "Object" */
};

struct wrap_control {
    LONG store_limit;    /* OpenMsgStore fails while that many stores are open in the process; 0: no limit of ours */
    HRESULT store_error; /* with this */
    LONG recording;      /* not 0: records are written */
    volatile LONG count; /* of records; may go past WRAP_RECORDS, which are the ones kept */
    volatile LONG foreign; /* calls on a thread that had not called MAPIInitialize */
    struct wrap_record records[WRAP_RECORDS];
};

#endif
