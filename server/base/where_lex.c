/*
 * where_lex.c: the tokens of where clauses.
 *
 * Layer: base (portable).
 */
#include "where_private.h"

static const struct {
    const char *text; /* in upper case */
    enum word word;
} words[] = {
    {"AND", WORD_AND},   {"OR", WORD_OR},           {"NOT", WORD_NOT},
    {"LIKE", WORD_LIKE}, {"IN", WORD_IN},           {"IS", WORD_IS},
    {"NULL", WORD_NULL}, {"BETWEEN", WORD_BETWEEN}, {"TRUE", WORD_TRUE},
    {"FALSE", WORD_FALSE}, {"SIZE", WORD_SIZE},     {"RECIPIENTS", WORD_RECIPIENTS},
    {"ATTACHMENTS", WORD_ATTACHMENTS},
};

static bool is_space(WCHAR c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0;
}

static bool is_letter(WCHAR c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_digit(WCHAR c)
{
    return c >= '0' && c <= '9';
}

static enum word find_word(const WCHAR *text, size_t length)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *word = words[i].text;
        size_t n = 0;
        while (n < length && word[n] && (text[n] == (WCHAR)word[n] || text[n] == (WCHAR)(word[n] + 32)))
            n++;
        if (n == length && !word[n])
            return words[i].word;
    }
    return WORD_UNKNOWN;
}

/* From an opening quote (or #) to its end; false if it has none. Doubled quotes belong to the text. */
static bool read_quoted(const WCHAR *clause, size_t start, struct token *token, size_t *next)
{
    WCHAR quote = clause[start];
    size_t end = start + 1;

    while (clause[end] && (clause[end] != quote || clause[end + 1] == quote))
        end += clause[end] == quote ? 2 : 1;
    token->text = clause + start + 1;
    token->length = end - start - 1;
    *next = clause[end] ? end + 1 : end;
    return clause[end] != 0;
}

static void read_number(const WCHAR *clause, size_t position, struct token *token, size_t *next)
{
    size_t end = position;

    if (clause[end] == '-' || clause[end] == '+')
        end++;
    if (clause[end] == '0' && (clause[end + 1] == 'x' || clause[end + 1] == 'X')) {
        end += 2;
        while (is_digit(clause[end]) || (is_letter(clause[end]) && clause[end] != '_'))
            end++;
    } else {
        while (is_digit(clause[end]) || clause[end] == '.')
            end++;
    }
    token->kind = TOKEN_NUMBER;
    token->text = clause + position;
    token->length = end - position;
    *next = end;
}

static void read_operator(const WCHAR *clause, size_t position, struct token *token, size_t *next)
{
    WCHAR c = clause[position], following = clause[position + 1];
    size_t length = 1;

    switch (c) {
    case '=':
        token->kind = TOKEN_EQ;
        break;
    case '<':
        token->kind = following == '=' ? TOKEN_LE : following == '>' ? TOKEN_NE : TOKEN_LT;
        length = token->kind == TOKEN_LT ? 1 : 2;
        break;
    case '>':
        token->kind = following == '=' ? TOKEN_GE : TOKEN_GT;
        length = token->kind == TOKEN_GT ? 1 : 2;
        break;
    case '!':
        token->kind = following == '=' ? TOKEN_NE : TOKEN_BAD;
        length = following == '=' ? 2 : 1;
        break;
    case '&':
        token->kind = TOKEN_AND_BITS;
        break;
    case '(':
        token->kind = TOKEN_OPEN;
        break;
    case ')':
        token->kind = TOKEN_CLOSE;
        break;
    case ',':
        token->kind = TOKEN_COMMA;
        break;
    default:
        token->kind = TOKEN_BAD;
    }
    token->text = clause + position;
    token->length = length;
    *next = position + length;
}

void where_read_token(const WCHAR *clause, size_t position, struct token *token, size_t *next)
{
    WCHAR c;

    while (is_space(clause[position]))
        position++;
    c = clause[position];
    token->position = position;
    token->word = WORD_UNKNOWN;
    token->text = clause + position;
    token->length = 0;
    if (!c) {
        token->kind = TOKEN_END;
        *next = position;
    } else if (c == '[') {
        size_t end = position + 1;
        while (clause[end] && clause[end] != ']')
            end++;
        token->kind = clause[end] ? TOKEN_PROPERTY : TOKEN_BAD;
        token->text = clause + position + 1;
        token->length = end - position - 1;
        *next = clause[end] ? end + 1 : end;
    } else if (c == '\'' || c == '#' || c == '"') {
        token->kind = read_quoted(clause, position, token, next) ? TOKEN_TEXT : TOKEN_BAD;
    } else if ((c == 'X' || c == 'x') && clause[position + 1] == '\'') {
        token->kind = read_quoted(clause, position + 1, token, next) ? TOKEN_HEX : TOKEN_BAD;
    } else if (is_digit(c) || ((c == '-' || c == '+') && is_digit(clause[position + 1]))) {
        read_number(clause, position, token, next);
    } else if (is_letter(c)) {
        size_t end = position;
        while (is_letter(clause[end]) || is_digit(clause[end]))
            end++;
        token->kind = TOKEN_WORD;
        token->length = end - position;
        token->word = find_word(token->text, token->length);
        *next = end;
    } else {
        read_operator(clause, position, token, next);
    }
}
