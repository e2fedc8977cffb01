/*
 * compound_check.h: is a compound file (MS-CFB, the container of .msg files) safe to hand to OLE?
 *
 * OLE implementations follow the file's own links. A file whose sector chains or whose directory tree run in a circle
 * makes some of them loop or overflow the stack instead of failing; this check finds such files beforehand.
 * Layer: base (portable). Works on a whole file in memory.
 */
#ifndef COMPOUND_CHECK_H
#define COMPOUND_CHECK_H

#include <stddef.h>

enum compound_state {
    COMPOUND_NOT,     /* does not begin as a compound file */
    COMPOUND_DAMAGED, /* a header that cannot be, a chain or the directory runs in a circle or through another; or no memory */
    COMPOUND_SOUND,   /* can be followed in bounded time; contents may still be cut short */
};

enum compound_state compound_check(const void *data, size_t size);

#endif
