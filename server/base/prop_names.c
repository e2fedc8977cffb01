/*
 * prop_names.c: searches in the tables of property names.
 *
 * Layer: base (portable). Symbols are found by binary search; names and tags by a walk over about 900 rows, which
 * is cheap beside the MAPI call that follows.
 */
#include "prop_names.h"

#include <string.h>

static const struct prop_name_row rows[] = {
#define PROP(symbol, tag, name) {#symbol, tag, #name},
#include "prop_names_a_l.def"
#include "prop_names_m_z.def"
#undef PROP
};

static const struct {
    const char *name;
    const char *symbol;
} aliases[] = {
#define ALIAS(name, symbol) {#name, #symbol},
#include "prop_aliases.def"
#undef ALIAS
};

#define ROW_COUNT (sizeof rows / sizeof rows[0])
#define ALIAS_COUNT (sizeof aliases / sizeof aliases[0])

static int fold(int c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

/* Compares `length` bytes with a terminated string, without case; the sign is that of a string comparison. */
static int compare_folded(const char *text, size_t length, const char *other)
{
    for (size_t i = 0; i < length; i++) {
        int difference = fold((unsigned char)text[i]) - fold((unsigned char)other[i]);
        if (difference || !other[i])
            return difference ? difference : 1;
    }
    return other[length] ? -1 : 0;
}

static int starts_with(const char *text, size_t length, const char *prefix)
{
    size_t wanted = strlen(prefix);

    return length > wanted && !compare_folded(text, wanted, prefix);
}

static const struct prop_name_row *find_symbol(const char *text, size_t length)
{
    size_t low = 0, high = ROW_COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_folded(text, length, rows[middle].symbol);
        if (!order)
            return &rows[middle];
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const struct prop_name_row *find_name(const char *text, size_t length)
{
    for (size_t i = 0; i < ALIAS_COUNT; i++)
        if (!compare_folded(text, length, aliases[i].name))
            return find_symbol(aliases[i].symbol, strlen(aliases[i].symbol));
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (!compare_folded(text, length, rows[i].name))
            return &rows[i];
    return NULL;
}

const struct prop_name_row *prop_names_find(const char *text, size_t length)
{
    const struct prop_name_row *row;

    if (starts_with(text, length, "CdoPR_"))
        text += 3, length -= 3;
    if (starts_with(text, length, "PR_")) {
        row = find_symbol(text, length);
        if (!row && length > 5 && text[length - 2] == '_' && strchr("AaWw", text[length - 1]))
            row = find_symbol(text, length - 2);
        return row;
    }
    if (starts_with(text, length, "PidTag"))
        text += 6, length -= 6;
    return find_name(text, length);
}

static ULONG comparable_type(ULONG tag)
{
    if (PROP_TYPE(tag) == PT_STRING8)
        return PT_UNICODE;
    return PROP_TYPE(tag) == PT_MV_STRING8 ? PT_MV_UNICODE : PROP_TYPE(tag);
}

const char *prop_names_symbol(ULONG tag)
{
    const char *by_id = NULL;

    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (PROP_ID(rows[i].tag) != PROP_ID(tag))
            continue;
        if (comparable_type(rows[i].tag) == comparable_type(tag))
            return rows[i].symbol;
        if (!by_id)
            by_id = rows[i].symbol;
    }
    return by_id;
}

const struct prop_name_row *prop_names_row(size_t index)
{
    return index < ROW_COUNT ? &rows[index] : NULL;
}
