/*
 * address_text.h: mail addresses as people and programs write them.
 *
 * Layer: base (portable). Understood are "Jane Doe", "jane@example.com", "SMTP:jane@example.com",
 * "[SMTP:jane@example.com]", "Jane Doe[SMTP:jane@example.com]" and "Jane Doe <jane@example.com>". Limits: no
 * RFC 5322 comments or groups.
 */
#ifndef ADDRESS_TEXT_H
#define ADDRESS_TEXT_H

#include "mapi_abi.h"
#include <stdbool.h>

/* Made with malloc; NULL for a part that the text does not have. type and address come together or not at all. */
struct address_text {
    WCHAR *name, *type, *address;
};

/* Reads `length` characters. False when memory is out; *out is then empty. Free with address_text_free. */
bool address_text_parse(const WCHAR *text, size_t length, struct address_text *out);
/* Reads a full address (type, colon, address) or one whose type can be told: SMTP by its @, EX by its leading "/o=". Nothing
 * is a name: an address without a type answers true with type and address NULL. False when memory is out. */
bool address_text_split(const WCHAR *text, size_t length, struct address_text *out);
void address_text_free(struct address_text *text);

/*
 * Finds the next piece of a list between semicolons, without the spaces around it; a semicolon in quotes or brackets
 * does not count. *text is moved behind the piece. False at the end; empty pieces are passed over.
 */
bool address_text_next(const WCHAR **text, const WCHAR **piece, size_t *length);

#endif
