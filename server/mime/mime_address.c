/*
 * mime_address.c: address lists and dates in headers. Layer: MIME (portable).
 *
 * libetpan reads address lists that follow the grammar of RFC 5322. Lists that it refuses, or whose names
 * stand in comments, are read by the forgiving reader here, which takes anything. Deeply nested comments
 * never reach libetpan, whose grammar functions call themselves for each.
 */
#include "mime.h"

#include <libetpan/mailimf.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESS_LIMIT 20000

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void mime_addresses_free(struct mime_address_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].name);
        free(list->items[i].address);
    }
    free(list->items);
    *list = (struct mime_address_list){0};
}

/* Programs also quote encoded words, which hides the quotes from the grammar. */
static void strip_quotes(struct bytebuf *name)
{
    size_t size = name->size;
    if (size < 2 || name->data[0] != '"' || name->data[size - 1] != '"' || memchr(name->data + 1, '"', size - 2))
        return;
    memmove(name->data, name->data + 1, size - 2);
    name->size = size - 2;
}

/* The obsolete form "@relay,@relay:user@host" names the way as well. */
static void strip_route(const char **address, size_t *size)
{
    const char *colon = *size > 0 && **address == '@' ? memchr(*address, ':', *size) : NULL;
    if (!colon)
        return;
    *size -= (size_t)(colon + 1 - *address);
    *address = colon + 1;
}

static HRESULT list_add(struct mime_address_list *list, const char *name, size_t name_size,
                        const char *address, size_t address_size)
{
    struct bytebuf decoded = {0}, plain = {0};
    if (list->count >= ADDRESS_LIMIT || (name_size == 0 && address_size == 0))
        return S_OK;
    if ((list->count & (list->count - 1)) == 0) {
        size_t room = list->count ? list->count * 2 : 1;
        struct mime_address *items = realloc(list->items, room * sizeof *items);
        if (!items)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->items = items;
    }
    mime_decode_words(name, name_size, &decoded);
    while (decoded.size > 0 && is_space((char)decoded.data[decoded.size - 1]))
        decoded.size--;
    strip_quotes(&decoded);
    strip_route(&address, &address_size);
    mime_decode_words(address, address_size, &plain);
    struct mime_address *item = &list->items[list->count];
    item->name = bytebuf_take(&decoded, NULL);
    item->address = bytebuf_take(&plain, NULL);
    if (!item->name || !item->address) {
        free(item->name);
        free(item->address);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    list->count++;
    return S_OK;
}

static HRESULT add_mailbox(struct mime_address_list *list, const struct mailimf_mailbox *mailbox)
{
    const char *name = mailbox->mb_display_name ? mailbox->mb_display_name : "";
    return list_add(list, name, strlen(name), mailbox->mb_addr_spec, strlen(mailbox->mb_addr_spec));
}

/* libetpan also takes words without a host, and an unclosed bracket, for an address, and joins the words. */
static bool is_plain_address(const char *address, const char *value)
{
    return strchr(address, '@') && !strpbrk(address, "<> ") && strstr(value, address);
}

static bool all_plain(const struct mailimf_address_list *parsed, const char *value)
{
    bool all = true;
    for (clistiter *i = clist_begin(parsed->ad_list); i; i = clist_next(i)) {
        const struct mailimf_address *address = clist_content(i);
        if (address->ad_type == MAILIMF_ADDRESS_MAILBOX)
            all &= is_plain_address(address->ad_data.ad_mailbox->mb_addr_spec, value);
    }
    return all;
}

static HRESULT add_etpan_list(struct mime_address_list *list, const struct mailimf_address_list *parsed,
                              const char *value)
{
    HRESULT hr = S_OK;
    if (!all_plain(parsed, value))
        return S_FALSE;
    for (clistiter *i = clist_begin(parsed->ad_list); i && SUCCEEDED(hr); i = clist_next(i)) {
        const struct mailimf_address *address = clist_content(i);
        if (address->ad_type == MAILIMF_ADDRESS_MAILBOX) {
            hr = add_mailbox(list, address->ad_data.ad_mailbox);
        } else if (address->ad_type == MAILIMF_ADDRESS_GROUP && address->ad_data.ad_group->grp_mb_list) {
            clist *members = address->ad_data.ad_group->grp_mb_list->mb_list;
            for (clistiter *m = clist_begin(members); m && SUCCEEDED(hr); m = clist_next(m))
                hr = add_mailbox(list, clist_content(m));
        }
    }
    return hr;
}

/* "undisclosed-recipients" is no user, however a program writes the empty group. */
static bool starts_undisclosed(const char *text, size_t size)
{
    static const char word[] = "undisclosed";
    for (size_t i = 0; word[i]; i++)
        if (i >= size || (text[i] | 32) != word[i])
            return false;
    return true;
}

/* One address as it stands between commas: a name and an address in angle brackets, or an address and a
 * comment. */
static HRESULT add_loose(struct mime_address_list *list, const char *text, size_t size)
{
    struct bytebuf name = {0}, address = {0}, comment = {0};
    int comments = 0;
    bool angle = false, had_angle = false, quoted = false, quotes = false;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        struct bytebuf *target = comments ? &comment : angle ? &address : &name;
        if (c == '\\' && i + 1 < size && (quoted || comments)) {
            bytebuf_byte(target, (uint8_t)text[++i]);
        } else if (c == '"' && !comments && !angle) {
            quoted = !quoted;
            quotes = true;
        } else if (quoted) {
            bytebuf_byte(target, (uint8_t)c);
        } else if (c == '(') {
            if (comments++)
                bytebuf_byte(target, (uint8_t)c);
        } else if (c == ')' && comments) {
            if (--comments)
                bytebuf_byte(target, (uint8_t)c);
        } else if (c == '<' && !comments) {
            angle = had_angle = true;
            address.size = 0;
        } else if (c == '>' && angle && !comments) {
            angle = false;
        } else if (!(is_space(c) &&
                     (angle || (target->size > 0 && is_space((char)target->data[target->size - 1]))))) {
            bytebuf_byte(target, is_space(c) ? ' ' : (uint8_t)c);
        }
    }
    struct bytebuf *shown = &name, *sent = &address;
    size_t skip = 0;
    while (name.size > 0 && is_space((char)name.data[name.size - 1]))
        name.size--;
    while (skip < name.size && is_space((char)name.data[skip]))
        skip++;
    size_t last = name.size; /* where the last word begins */
    while (last > skip && !is_space((char)name.data[last - 1]))
        last--;
    bool host = name.size > skip && memchr(name.data + skip, '@', name.size - skip);
    if (!had_angle && host && comment.size == 0 && last > skip &&
        memchr(name.data + last, '@', name.size - last) && !memchr(name.data + skip, '@', last - skip)) {
        bytebuf_add(&address, name.data + last, name.size - last); /* a name and an address without brackets */
        name.size = last - 1;
    } else if (!had_angle && host) {
        shown = &comment;
        sent = &name;
    } else if (!had_angle && !quotes && comment.size == 0 && last == skip && name.size > skip &&
               !starts_undisclosed((const char *)name.data + skip, name.size - skip)) {
        shown = &comment; /* a user of this host */
        sent = &name;
    } else if (!had_angle && comment.size > 0 && name.size > skip) {
        shown = &comment;
        sent = &name;
    }
    size_t shown_skip = shown == &name ? skip : 0, sent_skip = sent == &name ? skip : 0;
    HRESULT hr = list_add(list, (const char *)shown->data + shown_skip, shown->size - shown_skip,
                          (const char *)sent->data + sent_skip, sent->size - sent_skip);
    if (name.failed || address.failed || comment.failed)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    bytebuf_free(&name);
    bytebuf_free(&address);
    bytebuf_free(&comment);
    return hr;
}

/* Reads any list: cuts at commas and semicolons outside quotes, comments and angle brackets; group names are
 * left out. */
static HRESULT parse_loose(struct mime_address_list *list, const char *text, size_t size)
{
    size_t start = 0;
    int comments = 0;
    bool angle = false, quoted = false;
    HRESULT hr = S_OK;
    for (size_t i = 0; i <= size && SUCCEEDED(hr); i++) {
        char c = i < size ? text[i] : ',';
        bool last = i == size;
        if (c == '\\' && i + 1 < size && (quoted || comments)) {
            i++;
        } else if (c == '"' && !comments) {
            quoted = !quoted;
        } else if (!quoted && c == '(') {
            comments++;
        } else if (!quoted && c == ')' && comments) {
            comments--;
        } else if (!quoted && !comments && (c == '<' || c == '>')) {
            angle = c == '<';
        } else if (last || (!quoted && !comments && !angle && (c == ',' || c == ';'))) {
            hr = add_loose(list, text + start, i - start);
            start = i + 1;
        } else if (!quoted && !comments && !angle && c == ':') {
            start = i + 1;
        }
    }
    return hr;
}

static int comment_depth(const char *value)
{
    int depth = 0, deepest = 0;
    for (; *value; value++) {
        depth += *value == '(' ? 1 : *value == ')' && depth > 0 ? -1 : 0;
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

HRESULT mime_parse_addresses(const char *value, struct mime_address_list *out)
{
    size_t size = strlen(value), index = 0, before = out->count;
    struct mailimf_address_list *parsed = NULL;
    HRESULT hr;
    /* libetpan drops comments, and "address (Name)" has its name there. */
    if (comment_depth(value) == 0 && !strchr(value, '\\') &&
        mailimf_address_list_parse(value, size, &index, &parsed) == MAILIMF_NO_ERROR) {
        while (is_space(value[index]))
            index++;
        hr = index == size ? add_etpan_list(out, parsed, value) : S_FALSE;
        mailimf_address_list_free(parsed);
        if (FAILED(hr) || (hr == S_OK && out->count > before))
            return hr;
    }
    return parse_loose(out, value, size);
}

/* ---- dates ----------------------------------------------------------------------------------------------
 */

#define TICKS_PER_SECOND 10000000LL
#define EPOCH_DAYS       134774 /* from 1601-01-01 to 1970-01-01 */

/* Days from 1970-01-01 of a date of the Gregorian calendar. */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400, year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static bool date_ticks(int year, int month, int day, int hour, int minute, int second, int zone_minutes,
                       int64_t *ticks)
{
    if (year < 1601 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 ||
        hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60 || zone_minutes < -24 * 60 ||
        zone_minutes > 24 * 60)
        return false;
    int64_t seconds = (days_from_civil(year, month, day) + EPOCH_DAYS) * 86400 + hour * 3600 + minute * 60 +
                      second - (int64_t)zone_minutes * 60;
    *ticks = seconds * TICKS_PER_SECOND;
    return seconds > 0;
}

static int full_year(int year)
{
    return year < 50 ? year + 2000 : year < 1000 ? year + 1900 : year;
}

static int zone_minutes(int zone)
{
    int absolute = zone < 0 ? -zone : zone, minutes = absolute / 100 * 60 + absolute % 100;
    return zone < 0 ? -minutes : minutes;
}

static int month_number(const char *word, size_t size)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (size < 3)
        return 0;
    for (int i = 0; i < 12; i++)
        if ((word[0] | 32) == names[3 * i] && (word[1] | 32) == names[3 * i + 1] &&
            (word[2] | 32) == names[3 * i + 2])
            return i + 1;
    return 0;
}

static bool zone_name(const char *word, size_t size, int *minutes)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"Z", 0},    {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7},
                 {"CET", 1},  {"CEST", 2}, {"BST", 1},  {"JST", 9}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (strlen(zones[i].name) == size && !memcmp(zones[i].name, word, size)) {
            *minutes = zones[i].hours * 60;
            return true;
        }
    }
    return false;
}

/*
 * Reads a date in any order of its words: RFC 5322 with what programs leave out, and asctime's form.
 * (libetpan's reader is not used: it refuses those and misreads minutes of one digit.)
 */
bool mime_parse_date(const char *value, int64_t *ticks)
{
    *ticks = 0;
    int year = -1, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0;
    bool timed = false;
    for (const char *p = value; *p;) {
        size_t length = strcspn(p, " \t\r\n,;()-+");
        if ((*p == '+' || *p == '-') && timed && strspn(p + 1, "0123456789") == 4) {
            int number = atoi(p + 1);
            zone = zone_minutes(*p == '-' ? -number : number);
            p += 5;
        } else if (length == 0) {
            if (*p == '(')
                p += strcspn(p, ")");
            p += *p != 0;
        } else if (*p >= '0' && *p <= '9') {
            int parts[3] = {0, 0, 0}, count = 0;
            const char *end = p + length, *q = p;
            while (q < end && count < 3) {
                int digits = 0;
                for (; q < end && *q >= '0' && *q <= '9' && digits < 6; q++, digits++)
                    parts[count] = parts[count] * 10 + (*q - '0');
                count++;
                if (q < end && (*q == ':' || (*q == '.' && count > 0)))
                    q++;
                else
                    break;
            }
            if (count >= 2 && !timed) {
                hour = parts[0], minute = parts[1], second = parts[2];
                timed = true;
            } else if (day == 0 && parts[0] >= 1 && parts[0] <= 31 && length <= 2) {
                day = parts[0];
            } else if (year < 0) {
                year = full_year(parts[0]);
            }
            p = end;
        } else {
            int named = month_number(p, length);
            if (named && month == 0)
                month = named;
            else if (timed)
                zone_name(p, length, &zone);
            p += length;
        }
    }
    return year >= 0 && date_ticks(year, month, day, hour, minute, second, zone, ticks);
}

void mime_format_date(int64_t ticks, struct bytebuf *out)
{
    static const char days[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t seconds = ticks / TICKS_PER_SECOND, day_count = seconds / 86400, left = seconds % 86400;
    if (ticks < 0)
        day_count = left = 0;
    int year = 1601 + (int)(day_count / 366), month = 1;
    while (days_from_civil(year + 1, 1, 1) + EPOCH_DAYS <= day_count)
        year++;
    while (month < 12 && days_from_civil(year, month + 1, 1) + EPOCH_DAYS <= day_count)
        month++;
    int day = (int)(day_count - (days_from_civil(year, month, 1) + EPOCH_DAYS)) + 1;
    bytebuf_format(out, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[day_count % 7], day, months[month - 1],
                   year, (int)(left / 3600), (int)(left / 60 % 60), (int)(left % 60));
}
