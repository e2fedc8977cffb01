/*
 * text_regex.c: the expressions of RELOP_RE: . * + ? [] () | ^ $ and \, without case, anywhere in the text.
 *
 * Layer: portable. A backtracking matcher over the expression itself. Limits: a bounded number of steps and
 * of nested groups, after which the text does not match, so that no expression can hang a table.
 */
#include <string.h>
#include "text.h"

#define REGEX_STEPS 200000
#define REGEX_DEPTH 200

struct regex {
    const WCHAR *text, *end;   /* the text */
    int steps, depth;
};

/* What follows a part of the expression: matched after it, so that backtracking reaches over groups. */
struct follow {
    const WCHAR *re, *re_end;
    const struct follow *next;
};

static bool match_here(struct regex *r, const WCHAR *re, const WCHAR *re_end, const WCHAR *at,
                       const struct follow *follow);

/* The end of the atom that begins at re (past it), or NULL: malformed. */
static const WCHAR *atom_end(const WCHAR *re, const WCHAR *re_end)
{
    int depth = 0;
    if (*re == '\\')
        return re + 1 < re_end ? re + 2 : NULL;
    if (*re == '[') {
        re++;
        if (re < re_end && *re == '^')
            re++;
        if (re < re_end && *re == ']')
            re++;
        while (re < re_end && *re != ']')
            re += *re == '\\' && re + 1 < re_end ? 2 : 1;
        return re < re_end ? re + 1 : NULL;
    }
    if (*re != '(')
        return re + 1;
    for (; re < re_end; re++) {
        if (*re == '\\') {
            re++;
        } else if (*re == '[') {
            const WCHAR *close = atom_end(re, re_end);
            if (close == NULL)
                return NULL;
            re = close - 1;
        } else if (*re == '(') {
            depth++;
        } else if (*re == ')' && --depth == 0) {
            return re + 1;
        }
    }
    return NULL;
}

static bool in_set(const WCHAR *set, const WCHAR *set_end, uint32_t c)
{
    bool negated = set < set_end && *set == '^', found = false, first = true;
    set += negated;
    while (set < set_end) {
        uint32_t low = *set == '\\' && !first && set + 1 < set_end ? *++set : *set;
        uint32_t high = low;
        first = false;
        set++;
        if (set + 1 < set_end && *set == '-') {
            high = set[1];
            set += 2;
        }
        for (uint32_t x = text_fold(low); !found && high >= low && high - low < 0x10000; x = text_fold(++low)) {
            found = x == c;
            if (low == high)
                break;
        }
    }
    return found != negated;
}

/* Does one character match a simple atom (no group)? */
static bool atom_matches(const WCHAR *re, const WCHAR *re_end, WCHAR unit)
{
    uint32_t c = text_fold(unit);
    if (*re == '.')
        return true;
    if (*re == '[')
        return in_set(re + 1, re_end - 1, c);
    if (*re == '\\')
        re++;
    return text_fold(*re) == c;
}

static bool match_follow(struct regex *r, const WCHAR *at, const struct follow *follow)
{
    if (follow == NULL)
        return true;
    return match_here(r, follow->re, follow->re_end, at, follow->next);
}

/* min..max repetitions (max < 0: any number) of the atom at re..end, greedy, then `rest`. */
static bool match_repeat(struct regex *r, const WCHAR *re, const WCHAR *end, int min, int max, const WCHAR *at,
                         const struct follow *rest)
{
    if (*re == '(') {
        if (max != 0 && r->depth < REGEX_DEPTH) {
            /* The group once, then the same with one repetition less: written as what follows the group. */
            struct follow again = {end, end, rest};
            const WCHAR *body = re + 1;
            r->depth++;
            bool found;
            if (max == 1) {
                found = match_here(r, body, end - 1, at, &again);
            } else {
                /* An unbounded group: re stands again before what follows, with its operator. */
                struct follow loop = {re, end + 1, rest};
                found = match_here(r, body, end - 1, at, &loop);
            }
            r->depth--;
            if (found)
                return true;
        }
        return min == 0 && match_follow(r, at, rest);
    }
    const WCHAR *furthest = at;
    int count = 0;
    while ((max < 0 || count < max) && furthest < r->end && atom_matches(re, end, *furthest)) {
        furthest++;
        count++;
    }
    for (; count >= min; count--, furthest--)
        if (match_follow(r, furthest, rest))
            return true;
    return false;
}

static bool match_sequence(struct regex *r, const WCHAR *re, const WCHAR *re_end, const WCHAR *at,
                           const struct follow *follow)
{
    if (--r->steps < 0)
        return false;
    if (re == re_end)
        return match_follow(r, at, follow);
    if (*re == '^')
        return at == r->text && match_sequence(r, re + 1, re_end, at, follow);
    if (*re == '$')
        return at == r->end && match_sequence(r, re + 1, re_end, at, follow);
    const WCHAR *end = atom_end(re, re_end);
    if (end == NULL || *re == '*' || *re == '+' || *re == '?' || *re == ')')
        return false;
    WCHAR op = end < re_end ? *end : 0;
    struct follow rest = {end + (op == '*' || op == '+' || op == '?'), re_end, follow};
    int min = op == '*' || op == '?' ? 0 : 1, max = op == '*' || op == '+' ? -1 : 1;
    if (op == '+' && *re == '(') {
        /* (x)+ is x followed by (x)*, which the loop of match_repeat stands for only after a first x. */
        struct follow loop = {re, end + 1, &rest};
        if (r->depth >= REGEX_DEPTH)
            return false;
        r->depth++;
        bool found = match_here(r, re + 1, end - 1, at, &rest) || match_here(r, re + 1, end - 1, at, &loop);
        r->depth--;
        return found;
    }
    return match_repeat(r, re, end, min, max, at, &rest);
}

/* Alternatives separated by | at the outermost level. */
static bool match_here(struct regex *r, const WCHAR *re, const WCHAR *re_end, const WCHAR *at,
                       const struct follow *follow)
{
    for (const WCHAR *p = re; p < re_end;) {
        if (*p == '|') {
            if (match_sequence(r, re, p, at, follow))
                return true;
            re = ++p;
            continue;
        }
        p = atom_end(p, re_end);
        if (p == NULL)
            return false;
    }
    return match_sequence(r, re, re_end, at, follow);
}

bool text_matches_expression(const WCHAR *text, const WCHAR *expression)
{
    struct regex r = {.text = text, .end = text + text_length(text), .steps = REGEX_STEPS};
    const WCHAR *re_end = expression + text_length(expression);
    for (const WCHAR *at = text;; at++) {
        if (match_here(&r, expression, re_end, at, NULL))
            return true;
        if (at == r.end || r.steps < 0)
            return false;
    }
}
