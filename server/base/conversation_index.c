/*
 * conversation_index.c: PR_CONVERSATION_INDEX values.
 *
 * Layer: base (portable, no state). The header is the top six bytes of the FILETIME (its first byte is always 1 in
 * our time) and a GUID. A reply appends five bytes: one bit that tells the unit, 31 bits of time since the header's time
 * (units of 2^18 or 2^23 ticks of 100 ns: 26 ms or 0.84 s), four random bits and four bits of the reply's depth.
 */
#include "conversation_index.h"

#include <string.h>

static size_t usable_size(size_t parent_size)
{
    return parent_size < CONVERSATION_HEADER
               ? 0
               : parent_size - (parent_size - CONVERSATION_HEADER) % CONVERSATION_BLOCK;
}

size_t conversation_index_size(size_t parent_size)
{
    size_t usable = usable_size(parent_size);

    return usable ? usable + CONVERSATION_BLOCK : CONVERSATION_HEADER;
}

static uint64_t header_time(const uint8_t *header)
{
    uint64_t time = 0;
    int i;

    for (i = 0; i < 6; i++)
        time = time << 8 | header[i];
    return time << 16;
}

void conversation_index_make(const uint8_t *parent, size_t parent_size, uint64_t now, const uint8_t guid[16],
                             uint8_t random, uint8_t *out)
{
    size_t usable = usable_size(parent_size), depth;
    uint64_t start, delta;
    uint32_t block;
    int i;

    if (!usable) {
        for (i = 0; i < 6; i++)
            out[i] = (uint8_t)(now >> (56 - 8 * i));
        memcpy(out + 6, guid, 16);
        return;
    }
    memcpy(out, parent, usable);
    out += usable;
    start = header_time(parent);
    delta = now > start ? now - start : 0;
    if (delta >> 49) /* more than about 1.8 years: the coarse unit */
        block = 0x80000000u | (uint32_t)(delta >> 23 & 0x7FFFFFFF);
    else
        block = (uint32_t)(delta >> 18 & 0x7FFFFFFF);
    for (i = 0; i < 4; i++)
        out[i] = (uint8_t)(block >> (24 - 8 * i));
    depth = (usable - CONVERSATION_HEADER) / CONVERSATION_BLOCK;
    out[4] = (uint8_t)((random & 0xF0) | (depth & 0x0F));
}
