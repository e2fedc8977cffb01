/*
 * recurrence_private.h: what the two files of the binary form of recurrence patterns share.
 *
 * Layer: base (portable).
 */
#ifndef RECURRENCE_PRIVATE_H
#define RECURRENCE_PRIVATE_H

#include "recurrence.h"

/* Little-endian numbers out of bytes; past the end every number is 0 and `failed` is set. */
struct recurrence_reader {
    const uint8_t *at, *end;
    bool failed;
};

/* The next number of 1 to 4 bytes. */
uint32_t recurrence_take(struct recurrence_reader *in, unsigned size);

/* Reads the binary form from ExceptionCount on into self, whose days that were taken out are known. `writer` is
 * WriterVersion2. What is damaged is left out; false only without memory. */
bool recurrence_read_exceptions(struct recurrence_reader *in, uint32_t writer, struct recurrence *self);
/* Appends the binary form from ExceptionCount on, as WriterVersion2 0x3009 has it. */
void recurrence_write_exceptions(const struct recurrence *self, struct bytebuf *out);
/* Frees the texts of an exception. */
void recurrence_exception_free(struct recurrence_exception *exception);

#endif
