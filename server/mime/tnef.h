/*
 * tnef.h: Outlook's winmail.dat (TNEF, MS-OXTNEF): a message with its properties, recipients and attachments
 * as one stream of bytes.
 *
 * Layer: MIME (portable; calls nothing of MAPI, but its results are MAPI values). Any bytes can be read: what
 * is cut short or malformed is reported, `damaged` is set, and what stands before it is kept. Depth and
 * number are bounded.
 */
#ifndef TNEF_H
#define TNEF_H

#include "mem_arena.h"
#include "mime.h"

#define TNEF_DEPTH_LIMIT 32   /* messages, one in another */
#define TNEF_PROPS_LIMIT 4096 /* properties of one object */
#define TNEF_PARTS_LIMIT 8192 /* recipients or attachments of one message */

struct tnef_prop {
    SPropValue value; /* strings are Unicode; a named property has the id that the sender's store gave it */
    MAPINAMEID *name; /* NULL below 0x8000 */
};

struct tnef_props {
    struct tnef_prop *items;
    size_t count, room;
};

struct tnef_attachment {
    struct tnef_props props;
    const uint8_t *data; /* borrowed from the stream; NULL if there is none */
    size_t size;
    struct tnef_message *message; /* of an embedded message, else NULL */
};

struct tnef_message {
    struct tnef_props
        props; /* those of the older attributes too, unless the message has them as properties */
    struct tnef_props *recipients;
    size_t recipient_count, recipient_room;
    struct tnef_attachment *attachments;
    size_t attachment_count, attachment_room;
    uint32_t codepage; /* of its 8-bit strings */
};

struct tnef {
    struct tnef_message message;
    struct mem_arena arena; /* of everything */
    bool damaged;           /* not everything in the stream was understood */
};

/* Whether the bytes begin as a TNEF stream does. */
bool tnef_is(const void *data, size_t size);

/*
 * Reads a stream. The bytes are borrowed: they must live as long as the result. Problems are added to
 * `report` (may be NULL). Errors: MAPI_E_CORRUPT_DATA (no TNEF stream at all), MAPI_E_NOT_ENOUGH_MEMORY. Free
 * with tnef_free.
 */
HRESULT tnef_read(const void *data, size_t size, struct mime_report *report, struct tnef **out);
void tnef_free(struct tnef *tnef);

/* The value of a property without a name, with any type, or NULL. */
const SPropValue *tnef_find(const struct tnef_props *props, ULONG tag);

/* ---- pieces that the sources of the reader share ----------------------------------------------------------
 */

struct tnef_reader {
    struct tnef *tnef;
    struct mime_report *report;
    int depth;
    bool failed; /* no memory */
};
#define TNEF_PROBLEM(reader, ...)                                                                            \
    ((reader)->tnef->damaged = true, mime_report_add((reader)->report, __VA_ARGS__))

struct tnef_bytes {
    const uint8_t *at;
    size_t left;
};
/* Little-endian numbers; they move on. 0 where there is not enough, which `left` tells beforehand. */
uint32_t tnef_u8(struct tnef_bytes *bytes);
uint32_t tnef_u16(struct tnef_bytes *bytes);
uint32_t tnef_u32(struct tnef_bytes *bytes);
/* At most `size` bytes. */
struct tnef_bytes tnef_take(struct tnef_bytes *bytes, size_t size);

/* Adds a property, or replaces one of the same id and name unless `weak`. The value's memory is the arena's.
 */
void tnef_put(struct tnef_reader *r, struct tnef_props *props, const SPropValue *value, MAPINAMEID *name,
              bool weak);
/* An 8-bit string, to its NUL, as Unicode in the arena; NULL without memory. */
WCHAR *tnef_text(struct tnef_reader *r, uint32_t codepage, struct tnef_bytes text);
/* Reads a list of properties (MS-OXTNEF 2.1.3.4: attMsgProps); false when it is malformed, which is reported.
 */
bool tnef_read_props(struct tnef_reader *r, uint32_t codepage, struct tnef_bytes *bytes,
                     struct tnef_props *props);
/* Room for one more element of an array in the arena, which doubles; NULL without memory. */
void *tnef_grow(struct tnef_reader *r, void *items, size_t count, size_t *room, size_t size);

#endif
