/*
 * bytebuf.c: a growing byte buffer with a sticky failure flag. Layer: base (portable).
 */
#include "bytebuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool bytebuf_reserve(struct bytebuf *buf, size_t extra)
{
    if (buf->failed)
        return false;
    if (extra > SIZE_MAX / 2 - buf->size) {
        buf->failed = true;
        return false;
    }
    size_t needed = buf->size + extra;
    if (needed <= buf->capacity)
        return true;
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    uint8_t *data = realloc(buf->data, capacity);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

void bytebuf_add(struct bytebuf *buf, const void *data, size_t size)
{
    if (size == 0 || !bytebuf_reserve(buf, size))
        return;
    memcpy(buf->data + buf->size, data, size);
    buf->size += size;
}

void bytebuf_text(struct bytebuf *buf, const char *text)
{
    if (text)
        bytebuf_add(buf, text, strlen(text));
}

void bytebuf_byte(struct bytebuf *buf, uint8_t byte)
{
    bytebuf_add(buf, &byte, 1);
}

void bytebuf_format(struct bytebuf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length < 0)
        buf->failed = true;
    else if (bytebuf_reserve(buf, (size_t)length + 1)) {
        vsnprintf((char *)buf->data + buf->size, (size_t)length + 1, format, again);
        buf->size += (size_t)length;
    }
    va_end(again);
    va_end(args);
}

void bytebuf_le16(struct bytebuf *buf, uint16_t value)
{
    uint8_t bytes[2] = {(uint8_t)value, (uint8_t)(value >> 8)};
    bytebuf_add(buf, bytes, sizeof bytes);
}

void bytebuf_le32(struct bytebuf *buf, uint32_t value)
{
    bytebuf_le16(buf, (uint16_t)value);
    bytebuf_le16(buf, (uint16_t)(value >> 16));
}

char *bytebuf_take(struct bytebuf *buf, size_t *size)
{
    char *taken = NULL;
    if (size)
        *size = 0;
    if (bytebuf_reserve(buf, 1)) {
        buf->data[buf->size] = 0;
        if (size)
            *size = buf->size;
        taken = (char *)buf->data;
        buf->data = NULL;
    }
    bytebuf_free(buf);
    return taken;
}

void bytebuf_free(struct bytebuf *buf)
{
    free(buf->data);
    *buf = (struct bytebuf){0};
}
