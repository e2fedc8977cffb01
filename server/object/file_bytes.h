/*
 * file_bytes.h: whole files in and out, for ReadFromFile and WriteToFile.
 *
 * Layer: server/object. Paths are those of the server process. Limit: 2 GB.
 */
#ifndef FILE_BYTES_H
#define FILE_BYTES_H

#include "auto.h"
#include "mapi_loader.h"

/* Reads a file named by an argument; *bytes is MAPI memory with two zero bytes behind. Failures are explained. */
HRESULT file_read_bytes(struct auto_object *self, const VARIANT *path, BYTE **bytes, ULONG *size);
/* Writes a file, replacing what is there. */
HRESULT file_write_bytes(struct auto_object *self, const VARIANT *path, const void *bytes, ULONG size);

/* Bytes as text: UTF-8 or UTF-16 with a byte order mark, else the ANSI code page. MAPI memory. */
HRESULT file_decode_text(const BYTE *bytes, ULONG size, WCHAR **text);
/* Text as bytes: the ANSI code page where it holds all characters, else UTF-8 with a byte order mark. MAPI memory. */
HRESULT file_encode_text(const WCHAR *text, BYTE **bytes, ULONG *size);

/* The path of an argument as a BSTR that the caller frees; MAPI_E_INVALID_PARAMETER, explained. */
HRESULT file_path_arg(struct auto_object *self, const VARIANT *path, BSTR *out);

#endif
