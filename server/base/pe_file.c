/*
 * pe_file.c: reads the machine type of a PE file.
 *
 * Layer: base (portable). The layout is that of Microsoft's PE/COFF specification: the offset of the PE header is at 0x3C.
 */
#include "pe_file.h"

#include <stdint.h>

enum { MACHINE_I386 = 0x014C, MACHINE_AMD64 = 0x8664, MACHINE_ARM64 = 0xAA64 };

static uint32_t little_endian(const uint8_t *bytes, int count)
{
    uint32_t value = 0;

    while (count--)
        value = value << 8 | bytes[count];
    return value;
}

int pe_file_bits(const void *head, size_t size)
{
    const uint8_t *bytes = head;
    size_t header;

    if (size < 0x40 || bytes[0] != 'M' || bytes[1] != 'Z')
        return 0;
    header = little_endian(bytes + 0x3C, 4);
    if (header > size || size - header < 6)
        return 0;
    if (bytes[header] != 'P' || bytes[header + 1] != 'E' || bytes[header + 2] || bytes[header + 3])
        return 0;
    switch (little_endian(bytes + header + 4, 2)) {
    case MACHINE_I386:
        return 32;
    case MACHINE_AMD64:
    case MACHINE_ARM64:
        return 64;
    }
    return 0;
}
