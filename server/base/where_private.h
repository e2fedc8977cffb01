/*
 * where_private.h: what the parts of the where parser share: tokens (where_lex.c), literals (where_value.c), and the
 * restrictions and errors that it makes (where_build.c).
 */
#ifndef WHERE_PRIVATE_H
#define WHERE_PRIVATE_H

#include "where.h"

enum token_kind {
    TOKEN_END,
    TOKEN_PROPERTY, /* [text] without the brackets */
    TOKEN_TEXT,     /* 'text' without the quotes, '' still doubled */
    TOKEN_HEX,      /* X'text' */
    TOKEN_NUMBER,
    TOKEN_WORD,     /* a keyword: `word` says which */
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_AND_BITS,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_BAD,
};

enum word {
    WORD_AND,
    WORD_OR,
    WORD_NOT,
    WORD_LIKE,
    WORD_IN,
    WORD_IS,
    WORD_NULL,
    WORD_BETWEEN,
    WORD_TRUE,
    WORD_FALSE,
    WORD_SIZE,
    WORD_RECIPIENTS,
    WORD_ATTACHMENTS,
    WORD_UNKNOWN,
};

struct token {
    enum token_kind kind;
    enum word word;
    size_t position; /* of the token in the clause */
    const WCHAR *text;
    size_t length;
};

/* Reads the token at `position` of the clause; *next is where the following one may begin. */
void where_read_token(const WCHAR *clause, size_t position, struct token *token, size_t *next);

/* A literal for a property of `tag`'s type (PT_UNSPECIFIED takes the literal's own type). False with a message that
 * completes "[Property] …" when the literal does not fit. The value's tag is set. */
bool where_read_value(const struct token *token, ULONG tag, const struct where_context *context,
                      struct mem_arena *arena, SPropValue *value, const char **message);

/* Whether it can begin a value. */
bool where_is_value(const struct token *token);

/* The state of one parse. */
struct where_parser {
    const WCHAR *clause;
    const struct where_context *context;
    struct mem_arena *arena;
    struct where_error *error;
    struct token token; /* the current one */
    size_t next;
    int depth;
    bool failed;
};

/* Notes an error at a place of the clause, the first one only: later ones follow from it. All three return NULL. */
void *where_fail_at(struct where_parser *parser, size_t position, HRESULT code, const char *text);
/* The same at the current token, as MAPI_E_INVALID_PARAMETER. */
void *where_fail(struct where_parser *parser, const char *text);
/* An error about a property: "[Name] message". */
void *where_fail_property(struct where_parser *parser, const struct token *property, size_t position, HRESULT code,
                          const char *message);

/* Restrictions in the parser's arena; NULL with the error noted where there is no memory or `inner` is NULL. */
SRestriction *where_new(struct where_parser *parser, ULONG type);
SRestriction *where_make_not(struct where_parser *parser, SRestriction *inner);
/* AND or OR of `count` restrictions; one alone stays as it is. */
SRestriction *where_make_list(struct where_parser *parser, ULONG type, SRestriction **members, size_t count);
SRestriction *where_make_exist(struct where_parser *parser, ULONG tag);
/* AND of "exists" and NOT inner: an item without the property satisfies neither a condition nor its opposite. */
SRestriction *where_make_not_but_present(struct where_parser *parser, ULONG tag, SRestriction *inner);
SRestriction *where_make_bits(struct where_parser *parser, ULONG tag, LONG mask, bool set);
SRestriction *where_make_content(struct where_parser *parser, ULONG tag, ULONG fuzzy, const SPropValue *value);
/* A comparison with a value. Text is compared without case: = and <> are content restrictions. */
SRestriction *where_make_comparison(struct where_parser *parser, ULONG tag, ULONG relation, const SPropValue *value);

#endif
