/*
 * lzfu.c: the compression of PR_RTF_COMPRESSED (MS-OXRTFCP). Layer: base (portable).
 *
 * An LZ77 variant with a 4,096-byte ring that begins with common RTF words. A control byte (least bit first)
 * says for each of eight tokens whether it is a literal byte or a reference: 12 bits of ring position and
 * 4 bits of length minus two, big endian. A reference to the write position ends the stream.
 */
#include "lzfu.h"

#include <stdlib.h>
#include <string.h>

#define TYPE_COMPRESSED 0x75465a4cu /* "LZFu" */
#define TYPE_STORED     0x414c454du /* "MELA" */
#define RING_SIZE       4096u
#define RING_MASK       (RING_SIZE - 1)
#define MATCH_MIN       2u
#define MATCH_MAX       17u
#define HASH_SIZE       65536u
#define NO_POSITION     0xffffu

static const char ring_start[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
#define RING_START (sizeof ring_start - 1)
_Static_assert(RING_START == 207, "the initial dictionary has the length that MS-OXRTFCP gives");

static uint32_t read_le32(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void write_le32(uint8_t *p, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> (8 * i));
}

/* The CRC of MS-OXRTFCP: the usual polynomial, but neither initial nor final inversion. */
uint32_t lzfu_crc(const void *data, size_t size)
{
    const uint8_t *p = data;
    uint32_t table[256], crc = 0;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
    for (size_t i = 0; i < size; i++)
        crc = table[(crc ^ p[i]) & 0xff] ^ (crc >> 8);
    return crc;
}

static HRESULT lzfu_unpack(const uint8_t *in, size_t in_size, size_t raw_size, struct bytebuf *out)
{
    uint8_t ring[RING_SIZE];
    size_t write = RING_START, pos = 0, start = out->size;
    memset(ring, ' ', sizeof ring);
    memcpy(ring, ring_start, RING_START);
    while (pos < in_size) {
        uint8_t control = in[pos++];
        for (int bit = 0; bit < 8 && pos < in_size; bit++, control >>= 1) {
            if (!(control & 1)) {
                ring[write] = in[pos++];
                bytebuf_byte(out, ring[write]);
                write = (write + 1) & RING_MASK;
                continue;
            }
            if (in_size - pos < 2)
                return MAPI_E_CORRUPT_DATA;
            uint32_t reference = (uint32_t)in[pos] << 8 | in[pos + 1];
            pos += 2;
            size_t offset = reference >> 4, length = (reference & 15) + MATCH_MIN;
            if (offset == write)
                return out->size - start == raw_size ? S_OK : MAPI_E_CORRUPT_DATA;
            while (length--) {
                ring[write] = ring[offset];
                bytebuf_byte(out, ring[write]);
                write = (write + 1) & RING_MASK;
                offset = (offset + 1) & RING_MASK;
            }
        }
        if (out->size - start > raw_size)
            return MAPI_E_CORRUPT_DATA;
    }
    /* Some writers leave the end marker out; the raw size then tells whether the content is whole. */
    return out->size - start == raw_size ? S_OK : MAPI_E_CORRUPT_DATA;
}

HRESULT lzfu_decompress(const void *data, size_t size, struct bytebuf *out)
{
    const uint8_t *bytes = data;
    size_t start = out->size;
    if (size < LZFU_HEADER_SIZE)
        return MAPI_E_CORRUPT_DATA;
    uint32_t packed_size = read_le32(bytes), raw_size = read_le32(bytes + 4);
    uint32_t type = read_le32(bytes + 8), crc = read_le32(bytes + 12);
    if (packed_size < 12 || packed_size > size - 4 || raw_size > LZFU_RAW_LIMIT)
        return MAPI_E_CORRUPT_DATA;
    size_t content_size = packed_size - 12;
    const uint8_t *content = bytes + LZFU_HEADER_SIZE;
    HRESULT hr;
    if (type == TYPE_STORED) {
        if (raw_size > content_size)
            return MAPI_E_CORRUPT_DATA;
        bytebuf_add(out, content, raw_size);
        hr = S_OK;
    } else if (type == TYPE_COMPRESSED) {
        if (lzfu_crc(content, content_size) != crc)
            return MAPI_E_CORRUPT_DATA;
        hr = lzfu_unpack(content, content_size, raw_size, out);
    } else {
        return MAPI_E_CORRUPT_DATA;
    }
    if (out->failed)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
        out->size = start;
    return hr;
}

static void lzfu_header(uint8_t *header, size_t packed, size_t raw, uint32_t type, uint32_t crc)
{
    write_le32(header, (uint32_t)(packed + 12));
    write_le32(header + 4, (uint32_t)raw);
    write_le32(header + 8, type);
    write_le32(header + 12, crc);
}

HRESULT lzfu_store(const void *rtf, size_t size, struct bytebuf *out)
{
    uint8_t header[LZFU_HEADER_SIZE];
    if (size > LZFU_RAW_LIMIT)
        return MAPI_E_TOO_BIG;
    lzfu_header(header, size, size, TYPE_STORED, 0);
    bytebuf_add(out, header, sizeof header);
    bytebuf_add(out, rtf, size);
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* The packer's search state: for each pair of bytes the newest ring position, and for each position the one
 * before. */
struct packer {
    uint8_t ring[RING_SIZE];
    uint16_t newest[HASH_SIZE];
    uint16_t older[RING_SIZE];
    size_t write;  /* next ring position to be written */
    size_t filled; /* ring bytes that have been written */
};

static size_t packer_pair(const struct packer *p, size_t pos)
{
    return (size_t)p->ring[pos] << 8 | p->ring[(pos + 1) & RING_MASK];
}

/* Writes a byte to the ring; the pair that it completes becomes findable. */
static void packer_put(struct packer *p, uint8_t byte)
{
    p->ring[p->write] = byte;
    if (p->filled > 0) {
        size_t before = (p->write - 1) & RING_MASK, pair = packer_pair(p, before);
        p->older[before] = p->newest[pair];
        p->newest[pair] = (uint16_t)before;
    }
    p->write = (p->write + 1) & RING_MASK;
    if (p->filled < RING_SIZE)
        p->filled++;
}

/* How many bytes at `in` the ring repeats from `offset` on; the copy may run into what it writes itself. */
static size_t packer_match(const struct packer *p, size_t offset, const uint8_t *in, size_t left)
{
    size_t limit = left < MATCH_MAX ? left : MATCH_MAX, length = 0;
    size_t distance = (p->write - offset) & RING_MASK;
    while (length < limit) {
        uint8_t byte = length < distance ? p->ring[(offset + length) & RING_MASK] : in[length - distance];
        if (byte != in[length])
            break;
        length++;
    }
    return length;
}

static size_t packer_find(const struct packer *p, const uint8_t *in, size_t left, size_t *offset)
{
    size_t best = 0;
    if (left < MATCH_MIN)
        return 0;
    size_t pair = (size_t)in[0] << 8 | in[1], pos = p->newest[pair], age = 0;
    for (int tries = 0; pos != NO_POSITION && tries < 256; tries++) {
        size_t distance = (p->write - pos) & RING_MASK;
        /* The chain is stale where the ring has been overwritten: positions must grow older. */
        if (distance <= age || distance > p->filled || packer_pair(p, pos) != pair)
            break;
        age = distance;
        size_t length = packer_match(p, pos, in, left);
        if (length >= best) {
            best = length;
            *offset = pos;
        }
        if (best == MATCH_MAX) /* none is longer; without this, runs of one byte would be searched through at each place */
            break;
        pos = p->older[pos];
    }
    return best >= MATCH_MIN ? best : 0;
}

HRESULT lzfu_compress(const void *rtf, size_t size, struct bytebuf *out)
{
    const uint8_t *in = rtf;
    size_t start = out->size, pos = 0;
    bool ended = false;
    if (size > LZFU_RAW_LIMIT)
        return MAPI_E_TOO_BIG;
    struct packer *p = calloc(1, sizeof *p);
    if (!p || !bytebuf_reserve(out, LZFU_HEADER_SIZE)) {
        free(p);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memset(p->newest, 0xff, sizeof p->newest);
    memset(p->older, 0xff, sizeof p->older);
    for (size_t i = 0; i < RING_START; i++)
        packer_put(p, (uint8_t)ring_start[i]);
    out->size += LZFU_HEADER_SIZE;
    while (!ended) {
        uint8_t tokens[17], control = 0;
        size_t used = 1;
        for (int bit = 0; bit < 8 && !ended; bit++) {
            size_t offset = p->write, length = 0;
            if (pos < size)
                length = packer_find(p, in + pos, size - pos, &offset);
            if (pos < size && length == 0) {
                tokens[used++] = in[pos];
                packer_put(p, in[pos++]);
                continue;
            }
            ended = pos >= size;
            uint32_t reference = (uint32_t)(offset << 4 | (ended ? 0 : length - MATCH_MIN));
            control |= (uint8_t)(1u << bit);
            tokens[used++] = (uint8_t)(reference >> 8);
            tokens[used++] = (uint8_t)reference;
            while (length--)
                packer_put(p, in[pos++]);
        }
        tokens[0] = control;
        bytebuf_add(out, tokens, used);
    }
    free(p);
    if (out->failed)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    uint8_t *header = out->data + start;
    size_t packed = out->size - start - LZFU_HEADER_SIZE;
    lzfu_header(header, packed, size, TYPE_COMPRESSED, lzfu_crc(header + LZFU_HEADER_SIZE, packed));
    return S_OK;
}
