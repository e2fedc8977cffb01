/*
 * where_private.h: what the two halves of the where parser share: tokens (where_lex.c) and literals (where_value.c).
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

#endif
