/*
 * istorage_win.h: the compound file of a message file as OLE's IStorage. Layer: provider.
 */
#ifndef MSGFILE_ISTORAGE_WIN_H
#define MSGFILE_ISTORAGE_WIN_H

#include "msg_file.h"

/* The storage as msg_file.h takes it; it is borrowed. STG_E_FILENOTFOUND becomes MAPI_E_NOT_FOUND, a full
 * disk MAPI_E_NOT_ENOUGH_DISK, a storage without write access MAPI_E_NO_ACCESS. */
struct msg_dir istorage_dir(IStorage *storage);

#endif
