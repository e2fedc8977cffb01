/*
 * pe_file.h: the bitness of a Windows program file, from its header.
 *
 * Layer: base (portable, works on bytes). Used to say "this MAPI is 32-bit" instead of "%1 is not a valid Win32
 * application".
 */
#ifndef PE_FILE_H
#define PE_FILE_H

#include <stddef.h>

/* How many bytes of the start of a file are enough for every linker's headers. */
#define PE_FILE_HEAD 4096

/* 32 for x86, 64 for x64 and ARM64, 0 if the bytes are no program file or end too early. */
int pe_file_bits(const void *head, size_t size);

#endif
