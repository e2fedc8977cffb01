/*
 * mapi_file.h: streams to files and back; compound files.
 *
 * Layer: MAPI client. Windows errors become MAPI's: MAPI_E_NOT_FOUND (no such file or folder), MAPI_E_NO_ACCESS,
 * MAPI_E_NOT_ENOUGH_DISK, else the Win32 code as HRESULT.
 */
#ifndef MAPI_FILE_H
#define MAPI_FILE_H

#include "mapi_loader.h"

/* Writes a file to a stream from its position on, and commits. */
HRESULT mapi_file_to_stream(const WCHAR *path, IStream *stream);
/* Writes a stream from its position on to a file, which is replaced if it exists. A file that could not be finished is
 * deleted. */
HRESULT mapi_file_from_stream(const WCHAR *path, IStream *stream);
/*
 * Opens a compound file (a .msg file) for reading. It is read into memory as a whole, at most 1 GB, so that nothing keeps
 * the file open, and it is checked first: OLE implementations loop or crash on directories that run in a circle.
 * Errors, with those of a file: STG_E_INVALIDHEADER (not a compound file), MAPI_E_CORRUPT_DATA, MAPI_E_TOO_BIG.
 */
HRESULT mapi_file_open_storage(const WCHAR *path, IStorage **out);
/* A path that names a place by itself: with a drive or a server. A server has no current folder of its clients. */
bool mapi_file_is_absolute(const WCHAR *path);
/* The file name in a path; points into it. */
const WCHAR *mapi_file_name(const WCHAR *path);
/* The extension of a name with its dot, "" if it has none; points into it. */
const WCHAR *mapi_file_extension(const WCHAR *name);
/* A DOS name (8.3) for a file name, as PR_ATTACH_FILENAME wants it. */
void mapi_file_short_name(const WCHAR *name, WCHAR out[13]);
/* MAPI's error for a Win32 one. */
HRESULT mapi_file_error(DWORD error);

#endif
