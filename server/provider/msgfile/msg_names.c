/*
 * msg_names.c: the named property mapping of message files (MS-OXMSG 2.2.3). Layer: provider, portable part.
 *
 * Three streams hold the GUIDs, eight bytes per name, and the strings; further streams, one for each hash
 * value, let readers find an id by its name. GUID index 1 is PS_MAPI, 2 is PS_PUBLIC_STRINGS, 3 the first of
 * the GUID stream.
 */
#include "lzfu.h"
#include "msg_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMEID_DIR    "__nameid_version1.0"
#define TAG_GUIDS     0x00020102u
#define TAG_ENTRIES   0x00030102u
#define TAG_STRINGS   0x00040102u
#define FIRST_ID      0x8000u
#define NAMES_MOST    (0xfffeu - FIRST_ID + 1)
#define HASH_STREAMS  0x1f
#define GUIDS_BUILTIN 3

static const GUID set_mapi = {0x00020328, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* PS_MAPI */
static const GUID set_public_strings = {
    0x00020329, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* PS_PUBLIC_STRINGS */

static size_t text_units(const WCHAR *text)
{
    size_t units = 0;
    while (text[units])
        units++;
    return units;
}

void msg_names_free(struct msg_names *names)
{
    for (ULONG i = 0; i < names->count; i++) {
        free(names->names[i].lpguid);
        if (names->names[i].ulKind == MNID_STRING)
            free(names->names[i].Kind.lpwstrName);
    }
    free(names->names);
    *names = (struct msg_names){NULL, 0, 0};
}

static bool same_name(const MAPINAMEID *a, const MAPINAMEID *b)
{
    if (a->ulKind != b->ulKind || memcmp(a->lpguid, b->lpguid, sizeof(GUID)))
        return false;
    if (a->ulKind == MNID_ID)
        return a->Kind.lID == b->Kind.lID;
    size_t units = text_units(a->Kind.lpwstrName);
    return units == text_units(b->Kind.lpwstrName) &&
           !memcmp(a->Kind.lpwstrName, b->Kind.lpwstrName, units * sizeof(WCHAR));
}

static HRESULT add_name(struct msg_names *names, const GUID *set, bool is_string, LONG id, const WCHAR *text,
                        size_t units)
{
    if (names->count >= NAMES_MOST)
        return MAPI_E_NAMED_PROP_QUOTA_EXCEEDED;
    if (names->count == names->room) {
        ULONG room = names->room ? names->room * 2 : 16;
        MAPINAMEID *grown = realloc(names->names, room * sizeof *grown);
        if (!grown)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        names->names = grown;
        names->room = room;
    }
    MAPINAMEID *name = &names->names[names->count];
    memset(name, 0, sizeof *name);
    name->ulKind = is_string ? MNID_STRING : MNID_ID;
    name->lpguid = malloc(sizeof(GUID));
    if (is_string)
        name->Kind.lpwstrName = calloc(units + 1, sizeof(WCHAR));
    else
        name->Kind.lID = id;
    if (!name->lpguid || (is_string && !name->Kind.lpwstrName)) {
        free(name->lpguid);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memcpy(name->lpguid, set, sizeof *set);
    if (is_string)
        memcpy(name->Kind.lpwstrName, text, units * sizeof(WCHAR));
    names->count++;
    return S_OK;
}

HRESULT msg_names_id(struct msg_names *names, const MAPINAMEID *name, bool create, ULONG *id)
{
    *id = 0;
    for (ULONG i = 0; i < names->count; i++) {
        if (same_name(&names->names[i], name)) {
            *id = FIRST_ID + i;
            return S_OK;
        }
    }
    if (!create)
        return MAPI_E_NOT_FOUND;
    bool is_string = name->ulKind == MNID_STRING;
    HRESULT hr =
        add_name(names, name->lpguid, is_string, is_string ? 0 : name->Kind.lID,
                 is_string ? name->Kind.lpwstrName : NULL, is_string ? text_units(name->Kind.lpwstrName) : 0);
    if (SUCCEEDED(hr))
        *id = FIRST_ID + names->count - 1;
    return hr;
}

const MAPINAMEID *msg_names_get(const struct msg_names *names, ULONG id)
{
    return id >= FIRST_ID && id - FIRST_ID < names->count ? &names->names[id - FIRST_ID] : NULL;
}

void msg_stream_name(ULONG tag, long index, char *text)
{
    if (index < 0)
        snprintf(text, 40, "__substg1.0_%08lX", (unsigned long)tag);
    else
        snprintf(text, 40, "__substg1.0_%08lX-%08lX", (unsigned long)tag, (unsigned long)index);
}

static HRESULT read_stream(struct msg_dir *dir, ULONG tag, struct bytebuf *out)
{
    char name[40];
    msg_stream_name(tag, -1, name);
    HRESULT hr = dir->ops->read(dir, name, out);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

static uint32_t le32(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static HRESULT read_entry(const uint8_t *entry, const struct bytebuf *guids, const struct bytebuf *strings,
                          struct msg_names *names)
{
    static const GUID no_set;
    uint32_t value = le32(entry), info = le32(entry + 4);
    bool is_string = info & 1;
    ULONG guid_index = (info >> 1) & 0x7fff;
    const GUID *set = &no_set;
    GUID from_file;
    if (guid_index == 1) {
        set = &set_mapi;
    } else if (guid_index == 2) {
        set = &set_public_strings;
    } else if (guid_index >= GUIDS_BUILTIN &&
               (guid_index - GUIDS_BUILTIN + 1) * sizeof(GUID) <= guids->size) {
        memcpy(&from_file, guids->data + (guid_index - GUIDS_BUILTIN) * sizeof(GUID), sizeof from_file);
        set = &from_file;
    }
    if (!is_string)
        return add_name(names, set, false, (LONG)value, NULL, 0);
    WCHAR text[256];
    size_t size = 0;
    if (strings->size >= 4 && value <= strings->size - 4) {
        size = le32(strings->data + value);
        if (size > strings->size - 4 - value)
            size = strings->size - 4 - value;
        if (size > sizeof text)
            size = sizeof text;
        memcpy(text, strings->data + value + 4, size & ~(size_t)1);
    }
    return add_name(names, set, true, 0, text, size / 2);
}

HRESULT msg_names_read(struct msg_dir *root, struct msg_names *names)
{
    struct bytebuf guids = {0}, entries = {0}, strings = {0};
    struct msg_dir dir;
    HRESULT hr = root->ops->open(root, NAMEID_DIR, false, &dir);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK;
    if (FAILED(hr))
        return hr;
    hr = read_stream(&dir, TAG_GUIDS, &guids);
    if (SUCCEEDED(hr))
        hr = read_stream(&dir, TAG_ENTRIES, &entries);
    if (SUCCEEDED(hr))
        hr = read_stream(&dir, TAG_STRINGS, &strings);
    for (size_t i = 0; SUCCEEDED(hr) && i + 8 <= entries.size && names->count < NAMES_MOST; i += 8)
        hr = read_entry(entries.data + i, &guids, &strings, names);
    dir.ops->close(&dir);
    bytebuf_free(&guids);
    bytebuf_free(&entries);
    bytebuf_free(&strings);
    return hr;
}

/* The index of a set, adding it to the GUID stream where it is new. */
static ULONG guid_index(const GUID *set, struct bytebuf *guids)
{
    if (!memcmp(set, &set_mapi, sizeof *set))
        return 1;
    if (!memcmp(set, &set_public_strings, sizeof *set))
        return 2;
    for (size_t i = 0; i + sizeof *set <= guids->size; i += sizeof *set)
        if (!memcmp(guids->data + i, set, sizeof *set))
            return GUIDS_BUILTIN + (ULONG)(i / sizeof *set);
    bytebuf_add(guids, set, sizeof *set);
    return GUIDS_BUILTIN + (ULONG)(guids->size / sizeof *set) - 1;
}

static HRESULT write_stream(struct msg_dir *dir, ULONG tag, const struct bytebuf *content)
{
    char name[40];
    if (content->failed)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    msg_stream_name(tag, -1, name);
    return dir->ops->write(dir, name, content->data, content->size);
}

HRESULT msg_names_write(struct msg_dir *root, const struct msg_names *names)
{
    struct bytebuf guids = {0}, entries = {0}, strings = {0}, hashes[HASH_STREAMS];
    struct msg_dir dir;
    memset(hashes, 0, sizeof hashes);
    HRESULT hr = root->ops->open(root, NAMEID_DIR, true, &dir);
    if (FAILED(hr))
        return hr;
    for (ULONG i = 0; i < names->count; i++) {
        const MAPINAMEID *name = &names->names[i];
        bool is_string = name->ulKind == MNID_STRING;
        uint32_t info = guid_index(name->lpguid, &guids) << 1 | (is_string ? 1u : 0u), value, key;
        if (is_string) {
            size_t size = text_units(name->Kind.lpwstrName) * sizeof(WCHAR);
            value = (uint32_t)strings.size;
            key = lzfu_crc(name->Kind.lpwstrName, size);
            bytebuf_le32(&strings, (uint32_t)size);
            bytebuf_add(&strings, name->Kind.lpwstrName, size);
            while (strings.size % 4)
                bytebuf_byte(&strings, 0);
        } else {
            value = key = (uint32_t)name->Kind.lID;
        }
        bytebuf_le32(&entries, value);
        bytebuf_le32(&entries, info | i << 16);
        struct bytebuf *hash = &hashes[(key ^ info) % HASH_STREAMS];
        bytebuf_le32(hash, key);
        bytebuf_le32(hash, info | i << 16);
    }
    hr = write_stream(&dir, TAG_GUIDS, &guids);
    if (SUCCEEDED(hr))
        hr = write_stream(&dir, TAG_ENTRIES, &entries);
    if (SUCCEEDED(hr))
        hr = write_stream(&dir, TAG_STRINGS, &strings);
    for (ULONG i = 0; i < HASH_STREAMS; i++) {
        if (SUCCEEDED(hr) && hashes[i].size)
            hr = write_stream(&dir, PROP_TAG(PT_BINARY, 0x1000 + i), &hashes[i]);
        bytebuf_free(&hashes[i]);
    }
    dir.ops->close(&dir);
    bytebuf_free(&guids);
    bytebuf_free(&entries);
    bytebuf_free(&strings);
    return hr;
}
