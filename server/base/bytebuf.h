/*
 * bytebuf.h: a growing byte buffer with a sticky failure flag.
 *
 * Layer: base (portable). An addition that finds no memory sets `failed` and keeps what was there; the caller
 * checks once, at the end. A zero-initialised struct is an empty buffer.
 */
#ifndef BYTEBUF_H
#define BYTEBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytebuf {
    uint8_t *data;   /* the bytes; NULL while nothing was added */
    size_t size;     /* bytes in use */
    size_t capacity; /* bytes allocated */
    bool failed;     /* an allocation failed: the content is incomplete */
};

/* Makes room for `extra` more bytes. Returns false, and sets `failed`, without memory. */
bool bytebuf_reserve(struct bytebuf *buf, size_t extra);
/* Appends `size` bytes. `data` may be NULL when `size` is 0. */
void bytebuf_add(struct bytebuf *buf, const void *data, size_t size);
/* Appends a NUL-terminated text without its NUL; NULL adds nothing. */
void bytebuf_text(struct bytebuf *buf, const char *text);
/* Appends one byte. */
void bytebuf_byte(struct bytebuf *buf, uint8_t byte);
/* Appends formatted text (printf conventions). */
void bytebuf_format(struct bytebuf *buf, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 2, 3)))
#endif
    ;
/* Appends a little-endian 16- or 32-bit number. */
void bytebuf_le16(struct bytebuf *buf, uint16_t value);
void bytebuf_le32(struct bytebuf *buf, uint32_t value);
/*
 * Hands the content over as a malloc block with a NUL after it (not counted in `size`) and leaves the buffer
 * empty. Returns NULL when the buffer had failed or memory ran out. `size` may be NULL. The caller frees.
 */
char *bytebuf_take(struct bytebuf *buf, size_t *size);
/* Frees the content and makes the buffer empty and usable again. */
void bytebuf_free(struct bytebuf *buf);

#endif
