/*
 * where_build.c: the restrictions and the error texts that the where parser makes.
 *
 * Layer: base (portable).
 */
#include "where_private.h"

#include <stdio.h>

/* Notes the first error only: later ones follow from it. */
void *where_fail_at(struct where_parser *parser, size_t position, HRESULT code, const char *text)
{
    if (!parser->failed) {
        parser->failed = true;
        parser->error->position = position;
        parser->error->code = code;
        snprintf(parser->error->text, sizeof parser->error->text, "%s", text);
    }
    return NULL;
}

void *where_fail(struct where_parser *parser, const char *text)
{
    return where_fail_at(parser, parser->token.position, MAPI_E_INVALID_PARAMETER, text);
}

/* An error about a property: "[Name] message". */
void *where_fail_property(struct where_parser *parser, const struct token *property, size_t position,
                          HRESULT code, const char *message)
{
    char text[160], name[64];
    size_t length = property->length < sizeof name - 1 ? property->length : sizeof name - 1;

    for (size_t i = 0; i < length; i++)
        name[i] = property->text[i] < 127 ? (char)property->text[i] : '?';
    name[length] = 0;
    snprintf(text, sizeof text, "[%s] %s", name, message);
    return where_fail_at(parser, position, code, text);
}

SRestriction *where_new(struct where_parser *parser, ULONG type)
{
    SRestriction *restriction = parser->failed ? NULL : mem_arena_alloc(parser->arena, sizeof *restriction);

    if (!restriction)
        return where_fail_at(parser, parser->token.position, MAPI_E_NOT_ENOUGH_MEMORY,
                             "there is not enough memory");
    restriction->rt = type;
    return restriction;
}

SRestriction *where_make_not(struct where_parser *parser, SRestriction *inner)
{
    SRestriction *restriction = inner ? where_new(parser, RES_NOT) : NULL;

    if (restriction)
        restriction->res.resNot.lpRes = inner;
    return restriction;
}

/* AND or OR of `count` restrictions; one alone stays as it is. */
SRestriction *where_make_list(struct where_parser *parser, ULONG type, SRestriction **members, size_t count)
{
    SRestriction *restriction, *list;

    if (count == 1)
        return members[0];
    restriction = where_new(parser, type);
    list = restriction ? mem_arena_alloc(parser->arena, count * sizeof *list) : NULL;
    if (!list)
        return where_fail_at(parser, parser->token.position, MAPI_E_NOT_ENOUGH_MEMORY,
                             "there is not enough memory");
    for (size_t i = 0; i < count; i++)
        list[i] = *members[i];
    restriction->res.resAnd.cRes = (ULONG)count; /* resOr has the same layout */
    restriction->res.resAnd.lpRes = list;
    return restriction;
}

SRestriction *where_make_exist(struct where_parser *parser, ULONG tag)
{
    SRestriction *restriction = where_new(parser, RES_EXIST);

    if (restriction)
        restriction->res.resExist.ulPropTag = tag;
    return restriction;
}

/* AND of "exists" and NOT inner: an item without the property satisfies neither a condition nor its opposite.
 */
SRestriction *where_make_not_but_present(struct where_parser *parser, ULONG tag, SRestriction *inner)
{
    SRestriction *members[2] = {where_make_exist(parser, tag), where_make_not(parser, inner)};

    return members[0] && members[1] ? where_make_list(parser, RES_AND, members, 2) : NULL;
}

SRestriction *where_make_bits(struct where_parser *parser, ULONG tag, LONG mask, bool set)
{
    SRestriction *restriction = where_new(parser, RES_BITMASK);

    if (restriction) {
        restriction->res.resBitMask.relBMR = set ? BMR_NEZ : BMR_EQZ;
        restriction->res.resBitMask.ulPropTag = tag;
        restriction->res.resBitMask.ulMask = (ULONG)mask;
    }
    return restriction;
}

SRestriction *where_make_content(struct where_parser *parser, ULONG tag, ULONG fuzzy, const SPropValue *value)
{
    SRestriction *restriction = where_new(parser, RES_CONTENT);
    SPropValue *copy = restriction ? mem_arena_copy(parser->arena, value, sizeof *value) : NULL;

    if (!copy)
        return where_fail_at(parser, parser->token.position, MAPI_E_NOT_ENOUGH_MEMORY,
                             "there is not enough memory");
    restriction->res.resContent.ulFuzzyLevel = fuzzy;
    restriction->res.resContent.ulPropTag = tag;
    restriction->res.resContent.lpProp = copy;
    return restriction;
}

/* A comparison with a value. Text is compared without case: = and <> are content restrictions. */
SRestriction *where_make_comparison(struct where_parser *parser, ULONG tag, ULONG relation,
                                    const SPropValue *value)
{
    SRestriction *restriction;
    SPropValue *copy;

    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE && (relation == RELOP_EQ || relation == RELOP_NE)) {
        restriction = where_make_content(parser, tag, FL_FULLSTRING | FL_IGNORECASE, value);
        return relation == RELOP_EQ || !restriction ? restriction
                                                    : where_make_not_but_present(parser, tag, restriction);
    }
    restriction = where_new(parser, RES_PROPERTY);
    copy = restriction ? mem_arena_copy(parser->arena, value, sizeof *value) : NULL;
    if (!copy)
        return where_fail_at(parser, parser->token.position, MAPI_E_NOT_ENOUGH_MEMORY,
                             "there is not enough memory");
    restriction->res.resProperty.relop = relation;
    restriction->res.resProperty.ulPropTag = tag;
    restriction->res.resProperty.lpProp = copy;
    return restriction;
}
