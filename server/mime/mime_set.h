/*
 * mime_set.h: collecting the properties that are set together. Private to server/mime.
 */
#ifndef MIME_SET_H
#define MIME_SET_H

#include "mapi_exchange.h"
#include "mapi_loader.h"
#include "mem_arena.h"
#include "mime.h"

#define MIME_SET_MAX 80

/* All zero is an empty set. What finds no room or memory sets `failed`. */
struct mime_set {
    SPropValue values[MIME_SET_MAX];
    ULONG count;
    struct mem_arena arena; /* of strings and binaries */
    bool failed;
};

void mime_set_long(struct mime_set *set, ULONG tag, LONG value);
void mime_set_bool(struct mime_set *set, ULONG tag, bool value);
void mime_set_time(struct mime_set *set, ULONG tag, int64_t ticks);
/* UTF-8, of `size` bytes, as a Unicode string. */
void mime_set_text_n(struct mime_set *set, ULONG tag, const char *text, size_t size);
/* NULL sets nothing. */
void mime_set_text(struct mime_set *set, ULONG tag, const char *text);
/* The bytes are borrowed. */
void mime_set_binary(struct mime_set *set, ULONG tag, const void *data, size_t size);
/* The same, copied. */
void mime_set_binary_copy(struct mime_set *set, ULONG tag, const void *data, size_t size);
void mime_set_free(struct mime_set *set);
/* Appends a one-off entry id (MS-OXCDATA 2.2.5.1) for an SMTP address. */
void mime_one_off(const char *name, const char *address, struct bytebuf *out);
/* PR_SEARCH_KEY of an SMTP address: "SMTP:" and the address in capitals, with a NUL. */
void mime_search_key(const char *address, struct bytebuf *out);

#endif
