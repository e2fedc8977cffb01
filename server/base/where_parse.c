/*
 * where_parse.c: where clauses into restrictions, by recursive descent.
 *
 * Layer: base (portable). See where.h for the grammar; the restrictions are put together in where_build.c.
 */
#include "where.h"

#include "where_private.h"
#include <string.h>

#define MAX_DEPTH 64
#define MAX_LIST  1024 /* members of one AND, OR or IN */

/* One side of a condition. */
struct operand {
    ULONG tag;
    const struct token *token; /* for error texts */
    LONG flag_mask;            /* not 0: a bit of PR_MESSAGE_FLAGS; then tag is that property */
    bool flag_set;             /* the bit is 1 when the pseudo property is true */
};

/* Pseudo properties: bits of PR_MESSAGE_FLAGS under the names of CDO's Message. */
static const struct {
    const char *name;
    LONG mask;
    bool set;
} flag_names[] = {
    {"Unread", MSGFLAG_READ, false},
    {"Sent", MSGFLAG_UNSENT, false},
    {"Submitted", MSGFLAG_SUBMIT, true},
};

static SRestriction *parse_clause(struct where_parser *parser);

static void advance(struct where_parser *parser)
{
    where_read_token(parser->clause, parser->next, &parser->token, &parser->next);
}

static bool take_word(struct where_parser *parser, enum word word)
{
    if (parser->token.kind != TOKEN_WORD || parser->token.word != word)
        return false;
    advance(parser);
    return true;
}

static bool take(struct where_parser *parser, enum token_kind kind)
{
    if (parser->token.kind != kind)
        return false;
    advance(parser);
    return true;
}

static bool find_flag(const struct token *token, struct operand *operand)
{
    for (size_t i = 0; i < sizeof flag_names / sizeof flag_names[0]; i++) {
        const char *name = flag_names[i].name;
        size_t n = 0;
        while (n < token->length && name[n] && ((token->text[n] ^ (WCHAR)name[n]) & ~32) == 0)
            n++;
        if (n == token->length && !name[n]) {
            operand->tag = PR_MESSAGE_FLAGS;
            operand->flag_mask = flag_names[i].mask;
            operand->flag_set = flag_names[i].set;
            return true;
        }
    }
    return false;
}

/* Turns the current property token into an operand and goes past it. */
static bool read_property(struct where_parser *parser, struct token *token, struct operand *operand)
{
    struct prop_ref ref;
    HRESULT hr;

    *token = parser->token;
    memset(operand, 0, sizeof *operand);
    operand->token = token;
    if (find_flag(token, operand)) {
        advance(parser);
        return true;
    }
    if (!prop_ref_parse(token->text, token->length, NULL, &ref)) {
        where_fail_property(parser, token, token->position, MAPI_E_INVALID_PARAMETER,
                            "is no property: give a name, a tag (0x0037001F) or {guid}/name");
        return false;
    }
    operand->tag = ref.tag;
    if (ref.kind != PROP_REF_TAG) {
        hr = parser->context->resolve
                 ? parser->context->resolve(parser->context->context, &ref, &operand->tag)
                 : MAPI_E_NO_SUPPORT;
        if (FAILED(hr)) {
            where_fail_property(parser, token, token->position, hr,
                                "cannot be used: the store has no such named property");
            return false;
        }
        operand->tag = PROP_TAG(ref.type, PROP_ID(operand->tag));
    }
    if (PROP_TYPE(operand->tag) == PT_STRING8)
        operand->tag = CHANGE_PROP_TYPE(operand->tag, PT_UNICODE);
    advance(parser);
    return true;
}

/* Reads the current token as a value for the operand; the operand's tag takes the value's type if it has
 * none. */
static bool read_value(struct where_parser *parser, struct operand *operand, SPropValue *value)
{
    const char *message = "";

    if (!where_is_value(&parser->token)) {
        where_fail(parser, "expected a value: 'text', a number, TRUE, FALSE or X'hex'");
        return false;
    }
    if (!where_read_value(&parser->token, operand->tag, parser->context, parser->arena, value, &message)) {
        where_fail_property(parser, operand->token, parser->token.position, MAPI_E_INVALID_PARAMETER,
                            message);
        return false;
    }
    if (PROP_TYPE(operand->tag) == PT_UNSPECIFIED)
        operand->tag = value->ulPropTag;
    advance(parser);
    return true;
}

/* The relation of a comparison token, or -1. */
static int relation_of(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_EQ:
        return RELOP_EQ;
    case TOKEN_NE:
        return RELOP_NE;
    case TOKEN_LT:
        return RELOP_LT;
    case TOKEN_LE:
        return RELOP_LE;
    case TOKEN_GT:
        return RELOP_GT;
    case TOKEN_GE:
        return RELOP_GE;
    default:
        return -1;
    }
}

/* [Unread] = TRUE and its like. */
static SRestriction *parse_flag_comparison(struct where_parser *parser, struct operand *operand, int relation)
{
    struct operand truth = {.tag = PROP_TAG(PT_BOOLEAN, 0), .token = operand->token};
    SPropValue value;
    bool wanted;

    if (relation != RELOP_EQ && relation != RELOP_NE)
        return where_fail_property(parser, operand->token, operand->token->position, MAPI_E_INVALID_PARAMETER,
                                   "is TRUE or FALSE: compare it with = or <>");
    if (!read_value(parser, &truth, &value))
        return NULL;
    wanted = (value.Value.b != 0) == (relation == RELOP_EQ);
    return where_make_bits(parser, operand->tag, operand->flag_mask, wanted == operand->flag_set);
}

static SRestriction *parse_comparison(struct where_parser *parser, struct operand *left)
{
    int relation = relation_of(parser->token.kind);
    SPropValue value;

    advance(parser);
    if (left->flag_mask)
        return parse_flag_comparison(parser, left, relation);
    if (parser->token.kind == TOKEN_PROPERTY) {
        struct operand right;
        struct token token;
        SRestriction *restriction;

        if (!read_property(parser, &token, &right))
            return NULL;
        if (right.flag_mask)
            return where_fail_property(parser, right.token, token.position, MAPI_E_INVALID_PARAMETER,
                                       "cannot be compared with a property");
        restriction = where_new(parser, RES_COMPAREPROPS);
        if (restriction) {
            restriction->res.resCompareProps.relop = (ULONG)relation;
            restriction->res.resCompareProps.ulPropTag1 = left->tag;
            restriction->res.resCompareProps.ulPropTag2 = right.tag;
        }
        return restriction;
    }
    if (!read_value(parser, left, &value))
        return NULL;
    return where_make_comparison(parser, left->tag, (ULONG)relation, &value);
}

static SRestriction *parse_like(struct where_parser *parser, struct operand *left, bool negative)
{
    SPropValue value;
    SRestriction *restriction;
    ULONG fuzzy = FL_FULLSTRING;
    size_t position = parser->token.position, length = 0;
    WCHAR *text;

    if (parser->token.kind != TOKEN_TEXT)
        return where_fail(parser, "expected a pattern in quotes after LIKE: 'text%' or '%text%'");
    if (PROP_TYPE(left->tag) == PT_UNSPECIFIED)
        left->tag = CHANGE_PROP_TYPE(left->tag, PT_UNICODE);
    if ((PROP_TYPE(left->tag) & ~(ULONG)MV_FLAG) != PT_UNICODE)
        return where_fail_property(parser, left->token, position, MAPI_E_INVALID_PARAMETER,
                                   "is not text: LIKE needs text");
    if (!read_value(parser, left, &value))
        return NULL;
    text = value.Value.lpszW;
    while (text[length])
        length++;
    if (length > 1 && text[0] == '%' && text[length - 1] == '%') {
        fuzzy = FL_SUBSTRING;
        text[--length] = 0;
        text++, length--;
    } else if (length && text[length - 1] == '%') {
        fuzzy = FL_PREFIX;
        text[--length] = 0;
    }
    for (size_t i = 0; i < length; i++)
        if (text[i] == '%')
            return where_fail_at(
                parser, position, MAPI_E_TOO_COMPLEX,
                "MAPI can search for 'text', 'text%' and '%text%' only: % cannot stand elsewhere");
    value.Value.lpszW = text;
    if (!length && fuzzy != FL_FULLSTRING)
        restriction = where_make_exist(parser, left->tag); /* LIKE '%': any text */
    else
        restriction = where_make_content(parser, left->tag, fuzzy | FL_IGNORECASE, &value);
    return negative && restriction ? where_make_not_but_present(parser, left->tag, restriction) : restriction;
}

static SRestriction *parse_in(struct where_parser *parser, struct operand *left, bool negative)
{
    SRestriction **members = mem_arena_alloc(parser->arena, MAX_LIST * sizeof *members), *restriction;
    size_t count = 0;
    SPropValue value;

    if (!members)
        return where_fail_at(parser, parser->token.position, MAPI_E_NOT_ENOUGH_MEMORY,
                             "there is not enough memory");
    if (!take(parser, TOKEN_OPEN))
        return where_fail(parser, "expected ( after IN");
    do {
        if (count == MAX_LIST)
            return where_fail(parser, "too many values in IN");
        if (!read_value(parser, left, &value))
            return NULL;
        members[count] = where_make_comparison(parser, left->tag, RELOP_EQ, &value);
        if (!members[count++])
            return NULL;
    } while (take(parser, TOKEN_COMMA));
    if (!take(parser, TOKEN_CLOSE))
        return where_fail(parser, "expected , or ) in the list of IN");
    restriction = where_make_list(parser, RES_OR, members, count);
    return negative && restriction ? where_make_not_but_present(parser, left->tag, restriction) : restriction;
}

static SRestriction *parse_between(struct where_parser *parser, struct operand *left, bool negative)
{
    SRestriction *members[2], *restriction;
    SPropValue low, high;

    if (!read_value(parser, left, &low))
        return NULL;
    if (!take_word(parser, WORD_AND))
        return where_fail(parser, "expected AND and a second value after BETWEEN");
    if (!read_value(parser, left, &high))
        return NULL;
    members[0] = where_make_comparison(parser, left->tag, RELOP_GE, &low);
    members[1] = where_make_comparison(parser, left->tag, RELOP_LE, &high);
    restriction = members[0] && members[1] ? where_make_list(parser, RES_AND, members, 2) : NULL;
    return negative && restriction ? where_make_not_but_present(parser, left->tag, restriction) : restriction;
}

static SRestriction *parse_is_null(struct where_parser *parser, struct operand *left)
{
    bool negative = take_word(parser, WORD_NOT);
    SRestriction *exist;

    if (!take_word(parser, WORD_NULL))
        return where_fail(parser, "expected NULL or NOT NULL after IS");
    exist = where_make_exist(parser, left->tag);
    return negative || !exist ? exist : where_make_not(parser, exist);
}

static SRestriction *parse_bits(struct where_parser *parser, struct operand *left)
{
    struct operand mask_type = {.tag = PROP_TAG(PT_LONG, 0), .token = left->token};
    SPropValue mask, zero;
    bool set = true;
    int relation;

    if (PROP_TYPE(left->tag) == PT_UNSPECIFIED)
        left->tag = CHANGE_PROP_TYPE(left->tag, PT_LONG);
    if (PROP_TYPE(left->tag) != PT_LONG)
        return where_fail_property(parser, left->token, left->token->position, MAPI_E_INVALID_PARAMETER,
                                   "has no bits: & needs a whole number");
    if (!read_value(parser, &mask_type, &mask))
        return NULL;
    relation = relation_of(parser->token.kind);
    if (relation == RELOP_EQ || relation == RELOP_NE) {
        advance(parser);
        if (!read_value(parser, &mask_type, &zero))
            return NULL;
        if (zero.Value.l)
            return where_fail(parser, "bits can only be compared with 0");
        set = relation == RELOP_NE;
    }
    return where_make_bits(parser, left->tag, mask.Value.l, set);
}

static SRestriction *parse_size(struct where_parser *parser)
{
    struct operand operand, number = {.tag = PROP_TAG(PT_LONG, 0)};
    struct token token;
    SPropValue value;
    SRestriction *restriction;
    int relation;

    if (!take(parser, TOKEN_OPEN) || parser->token.kind != TOKEN_PROPERTY)
        return where_fail(parser, "expected ([Property]) after SIZE");
    if (!read_property(parser, &token, &operand))
        return NULL;
    if (!take(parser, TOKEN_CLOSE))
        return where_fail(parser, "expected ) after the property of SIZE");
    relation = relation_of(parser->token.kind);
    if (relation < 0)
        return where_fail(parser, "expected a comparison after SIZE([Property])");
    advance(parser);
    number.token = &token;
    if (!read_value(parser, &number, &value))
        return NULL;
    restriction = where_new(parser, RES_SIZE);
    if (restriction) {
        restriction->res.resSize.relop = (ULONG)relation;
        restriction->res.resSize.ulPropTag = operand.tag;
        restriction->res.resSize.cb = value.Value.ul;
    }
    return restriction;
}

static SRestriction *parse_subobject(struct where_parser *parser, ULONG tag)
{
    SRestriction *inner, *restriction;

    if (!take(parser, TOKEN_OPEN))
        return where_fail(parser, "expected ( and a clause about the recipients or attachments");
    inner = parse_clause(parser);
    if (inner && !take(parser, TOKEN_CLOSE))
        return where_fail(parser, "expected )");
    restriction = inner ? where_new(parser, RES_SUBRESTRICTION) : NULL;
    if (restriction) {
        restriction->res.resSub.ulSubObject = tag;
        restriction->res.resSub.lpRes = inner;
    }
    return restriction;
}

/* A property that stands alone is a truth value. */
static SRestriction *make_truth(struct where_parser *parser, const struct operand *operand)
{
    SPropValue value = {.ulPropTag = CHANGE_PROP_TYPE(operand->tag, PT_BOOLEAN), .Value.b = TRUE};

    if (operand->flag_mask)
        return where_make_bits(parser, operand->tag, operand->flag_mask, operand->flag_set);
    if (PROP_TYPE(operand->tag) != PT_BOOLEAN && PROP_TYPE(operand->tag) != PT_UNSPECIFIED)
        return where_fail_property(parser, operand->token, parser->token.position, MAPI_E_INVALID_PARAMETER,
                                   "must be followed by a comparison, LIKE, IN, BETWEEN, & or IS");
    return where_make_comparison(parser, value.ulPropTag, RELOP_EQ, &value);
}

static SRestriction *parse_property_condition(struct where_parser *parser)
{
    struct operand operand;
    struct token token;
    bool negative;

    if (!read_property(parser, &token, &operand))
        return NULL;
    if (relation_of(parser->token.kind) >= 0)
        return parse_comparison(parser, &operand);
    if (operand.flag_mask)
        return make_truth(parser, &operand);
    if (take(parser, TOKEN_AND_BITS))
        return parse_bits(parser, &operand);
    if (take_word(parser, WORD_IS))
        return parse_is_null(parser, &operand);
    negative = take_word(parser, WORD_NOT);
    if (take_word(parser, WORD_LIKE))
        return parse_like(parser, &operand, negative);
    if (take_word(parser, WORD_IN))
        return parse_in(parser, &operand, negative);
    if (take_word(parser, WORD_BETWEEN))
        return parse_between(parser, &operand, negative);
    if (negative)
        return where_fail(parser, "expected LIKE, IN or BETWEEN after NOT");
    return make_truth(parser, &operand);
}

static SRestriction *parse_condition(struct where_parser *parser)
{
    SRestriction *restriction;

    if (parser->token.kind == TOKEN_PROPERTY)
        return parse_property_condition(parser);
    if (take(parser, TOKEN_OPEN)) {
        restriction = parse_clause(parser);
        if (restriction && !take(parser, TOKEN_CLOSE))
            return where_fail(parser, "expected ), AND or OR");
        return restriction;
    }
    if (take_word(parser, WORD_SIZE))
        return parse_size(parser);
    if (take_word(parser, WORD_RECIPIENTS))
        return parse_subobject(parser, PR_MESSAGE_RECIPIENTS);
    if (take_word(parser, WORD_ATTACHMENTS))
        return parse_subobject(parser, PR_MESSAGE_ATTACHMENTS);
    return where_fail(parser, parser->token.kind == TOKEN_BAD
                                  ? "a bracket or quote is not closed, or the character has no meaning"
                                  : "expected a [Property], ( or NOT");
}

static SRestriction *parse_not(struct where_parser *parser)
{
    SRestriction *restriction;
    bool negative = false;

    while (take_word(parser, WORD_NOT))
        negative = !negative;
    restriction = parse_condition(parser);
    return negative ? where_make_not(parser, restriction) : restriction;
}

/* A chain of members joined by one word. */
static SRestriction *parse_chain(struct where_parser *parser, enum word word, ULONG type,
                                 SRestriction *(*member)(struct where_parser *))
{
    SRestriction *first = member(parser), **members;
    size_t count = 1;

    if (!first || parser->token.kind != TOKEN_WORD || parser->token.word != word)
        return first;
    members = mem_arena_alloc(parser->arena, MAX_LIST * sizeof *members);
    if (!members)
        return where_fail_at(parser, parser->token.position, MAPI_E_NOT_ENOUGH_MEMORY,
                             "there is not enough memory");
    members[0] = first;
    while (take_word(parser, word)) {
        if (count == MAX_LIST)
            return where_fail(parser, "too many conditions in one AND or OR");
        members[count] = member(parser);
        if (!members[count++])
            return NULL;
    }
    return where_make_list(parser, type, members, count);
}

static SRestriction *parse_all(struct where_parser *parser)
{
    return parse_chain(parser, WORD_AND, RES_AND, parse_not);
}

static SRestriction *parse_clause(struct where_parser *parser)
{
    SRestriction *restriction;

    if (parser->depth == MAX_DEPTH)
        return where_fail(parser, "the clause nests too deep");
    parser->depth++;
    restriction = parse_chain(parser, WORD_OR, RES_OR, parse_all);
    parser->depth--;
    return restriction;
}

HRESULT where_parse(const WCHAR *clause, const struct where_context *context, struct mem_arena *arena,
                    SRestriction **out, struct where_error *error)
{
    struct where_parser parser = {
        .clause = clause ? clause : L"", .context = context, .arena = arena, .error = error};

    *out = NULL;
    memset(error, 0, sizeof *error);
    advance(&parser);
    if (parser.token.kind == TOKEN_END)
        return S_OK;
    *out = parse_clause(&parser);
    if (*out && parser.token.kind != TOKEN_END)
        where_fail(&parser, "expected AND, OR or the end");
    if (parser.failed)
        *out = NULL;
    return parser.failed ? error->code : S_OK;
}
