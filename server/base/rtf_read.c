/*
 * rtf_read.c: reading RTF into plain text or HTML. Layer: base (portable).
 *
 * One pass over groups, control words and bytes. Each group has a state that it hands to its inner groups. In
 * HTML mode of encapsulated HTML (MS-OXRTFEX) the content of {\*\htmltag} groups is copied, text between
 * \htmlrtf and \htmlrtf0 is left out, and everything else is content. Bytes above 0x7f are gathered until the
 * run ends, since one character can take two \'xx.
 */
#include "rtf.h"
#include "charset.h"

#include <stdlib.h>
#include <string.h>

#define FONT_LIMIT 256

enum rtf_mode {
    MODE_TEXT,         /* what a reader sees */
    MODE_ENCAPSULATED, /* the HTML inside */
    MODE_HTML,         /* HTML made from native RTF */
};

enum destination {
    DEST_BODY,
    DEST_SKIPPED,
    DEST_FONTS,
    DEST_HTMLTAG,
};

struct rtf_state {
    enum destination dest;
    uint32_t codepage; /* of \'xx bytes: the font's, or the document's */
    int unicode_skip;  /* \ucN: characters after \u that stand in for it */
    bool htmlrtf;      /* inside \htmlrtf … \htmlrtf0: not part of the HTML */
    bool bold, italic, underline;
};

struct rtf_reader {
    const char *rtf;
    size_t size, pos;
    enum rtf_mode mode;
    struct bytebuf *out;    /* UTF-8 */
    struct bytebuf pending; /* bytes in state.codepage that await conversion */
    struct rtf_state state, stack[RTF_DEPTH_LIMIT];
    size_t depth, too_deep; /* open groups, and those beyond the limit */
    uint32_t document_codepage;
    uint32_t font_codepages[FONT_LIMIT]; /* 0: the document's */
    int table_font;                      /* the font whose table entry is being read, or -1 */
    int to_skip;                         /* stand-in characters still to be left out */
    bool star;                           /* the group began with \* */
    bool group_start;                    /* nothing but \* was read in this group */
    uint16_t high_surrogate;             /* the first half of a pair given by two \u */
    bool bold, italic, underline;        /* tags that are open in MODE_HTML */
};

struct rtf_word {
    char name[32];
    int value;
    bool has_value;
};

static bool reader_visible(const struct rtf_reader *r)
{
    if (r->too_deep || r->state.dest == DEST_SKIPPED || r->state.dest == DEST_FONTS)
        return false;
    if (r->state.dest == DEST_HTMLTAG)
        return r->mode == MODE_ENCAPSULATED;
    return r->mode != MODE_ENCAPSULATED || !r->state.htmlrtf;
}

static void toggle_tag(struct rtf_reader *r, bool *open, bool wanted, const char *name)
{
    if (*open != wanted)
        bytebuf_format(r->out, "<%s%s>", wanted ? "" : "/", name);
    *open = wanted;
}

/* In MODE_HTML: closes and opens formatting tags so that the text that follows has its formatting. */
static void reader_format(struct rtf_reader *r, bool bold, bool italic, bool underline)
{
    if (r->mode != MODE_HTML || (r->bold == bold && r->italic == italic && r->underline == underline))
        return;
    toggle_tag(r, &r->underline, false, "u");
    toggle_tag(r, &r->italic, false, "i");
    toggle_tag(r, &r->bold, false, "b");
    toggle_tag(r, &r->bold, bold, "b");
    toggle_tag(r, &r->italic, italic, "i");
    toggle_tag(r, &r->underline, underline, "u");
}

static void reader_put(struct rtf_reader *r, const char *utf8, size_t size)
{
    if (r->mode != MODE_HTML) {
        bytebuf_add(r->out, utf8, size);
        return;
    }
    reader_format(r, r->state.bold, r->state.italic, r->state.underline);
    for (size_t i = 0; i < size; i++) {
        switch (utf8[i]) {
        case '<':
            bytebuf_text(r->out, "&lt;");
            break;
        case '>':
            bytebuf_text(r->out, "&gt;");
            break;
        case '&':
            bytebuf_text(r->out, "&amp;");
            break;
        default:
            bytebuf_byte(r->out, (uint8_t)utf8[i]);
        }
    }
}

static void reader_flush(struct rtf_reader *r)
{
    if (r->pending.size > 0) {
        struct bytebuf text = {0};
        charset_to_utf8(r->state.codepage, r->pending.data, r->pending.size, &text);
        reader_put(r, (const char *)text.data, text.size);
        r->out->failed |= text.failed;
        bytebuf_free(&text);
        r->pending.size = 0;
    }
    if (r->high_surrogate) {
        r->high_surrogate = 0;
        reader_put(r, "\xef\xbf\xbd", 3);
    }
}

/* One byte of content in the current code page. */
static void reader_byte(struct rtf_reader *r, uint8_t byte)
{
    if (r->to_skip > 0) {
        r->to_skip--;
        return;
    }
    if (!reader_visible(r))
        return;
    if (r->high_surrogate)
        reader_flush(r);
    bytebuf_byte(&r->pending, byte);
}

static void reader_unicode(struct rtf_reader *r, int value)
{
    uint16_t unit = (uint16_t)value;
    r->to_skip = r->state.unicode_skip;
    if (!reader_visible(r))
        return;
    uint16_t high = r->high_surrogate;
    if (high && unit >= 0xdc00 && unit < 0xe000) {
        r->high_surrogate = 0;
        struct bytebuf one = {0};
        charset_put_utf8(&one, 0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(unit - 0xdc00));
        reader_put(r, (const char *)one.data, one.size);
        bytebuf_free(&one);
        return;
    }
    reader_flush(r);
    if (unit >= 0xd800 && unit < 0xdc00) {
        r->high_surrogate = unit;
        return;
    }
    struct bytebuf one = {0};
    charset_put_utf8(&one, unit);
    reader_put(r, (const char *)one.data, one.size);
    bytebuf_free(&one);
}

/* Content that a control word stands for: one form for text and the tags' inside, one for HTML content. */
static void reader_special(struct rtf_reader *r, const char *text, const char *html)
{
    if (r->to_skip > 0) {
        r->to_skip--;
        return;
    }
    if (!reader_visible(r))
        return;
    reader_flush(r);
    bool as_html = r->mode == MODE_HTML || (r->mode == MODE_ENCAPSULATED && r->state.dest == DEST_BODY);
    if (r->mode == MODE_ENCAPSULATED && !strcmp(text, "\r\n")) /* a line end of the source, not of the text */
        as_html = false;
    bytebuf_text(r->out, as_html ? html : text);
}

static uint32_t codepage_of_fcharset(int fcharset)
{
    static const struct {
        int fcharset;
        uint32_t codepage;
    } rows[] = {{0, 1252},   {77, 10000}, {128, 932},  {129, 949},  {134, 936},  {136, 950},
                {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257},
                {204, 1251}, {222, 874},  {238, 1250}, {254, 437},  {255, 850}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].fcharset == fcharset)
            return rows[i].codepage;
    return 0;
}

static void reader_font(struct rtf_reader *r, int font)
{
    bool known = font >= 0 && font < FONT_LIMIT;
    if (r->state.dest == DEST_FONTS) {
        r->table_font = known ? font : -1;
        return;
    }
    uint32_t codepage = known && r->font_codepages[font] ? r->font_codepages[font] : r->document_codepage;
    if (codepage != r->state.codepage) {
        reader_flush(r);
        r->state.codepage = codepage;
    }
}

enum rtf_action {
    ACT_SPECIAL,
    ACT_SKIP_GROUP,
    ACT_FONTS,
    ACT_FONT,
    ACT_FCHARSET,
    ACT_ANSICPG,
    ACT_UNICODE,
    ACT_UC,
    ACT_HTMLTAG,
    ACT_HTMLRTF,
    ACT_BIN,
    ACT_BOLD,
    ACT_ITALIC,
    ACT_UNDERLINE,
    ACT_NO_UNDERLINE,
    ACT_PLAIN,
    ACT_MAC,
    ACT_PC,
    ACT_PCA,
};

struct word_row {
    const char *name;
    enum rtf_action action;
    const char *text, *html; /* for ACT_SPECIAL */
};

static const struct word_row word_rows[] = {
    {"par", ACT_SPECIAL, "\r\n", "<br>\r\n"},
    {"line", ACT_SPECIAL, "\r\n", "<br>\r\n"},
    {"sect", ACT_SPECIAL, "\r\n", "<br>\r\n"},
    {"page", ACT_SPECIAL, "\r\n", "<br>\r\n"},
    {"row", ACT_SPECIAL, "\r\n", "<br>\r\n"},
    {"tab", ACT_SPECIAL, "\t", "&#9;"},
    {"cell", ACT_SPECIAL, "\t", "&#9;"},
    {"emdash", ACT_SPECIAL, "\xe2\x80\x94", "&mdash;"},
    {"endash", ACT_SPECIAL, "\xe2\x80\x93", "&ndash;"},
    {"emspace", ACT_SPECIAL, "\xe2\x80\x83", "&emsp;"},
    {"enspace", ACT_SPECIAL, "\xe2\x80\x82", "&ensp;"},
    {"bullet", ACT_SPECIAL, "\xe2\x80\xa2", "&bull;"},
    {"lquote", ACT_SPECIAL, "\xe2\x80\x98", "&lsquo;"},
    {"rquote", ACT_SPECIAL, "\xe2\x80\x99", "&rsquo;"},
    {"ldblquote", ACT_SPECIAL, "\xe2\x80\x9c", "&ldquo;"},
    {"rdblquote", ACT_SPECIAL, "\xe2\x80\x9d", "&rdquo;"},
    {"zwj", ACT_SPECIAL, "\xe2\x80\x8d", "&zwj;"},
    {"zwnj", ACT_SPECIAL, "\xe2\x80\x8c", "&zwnj;"},
    {"colortbl", ACT_SKIP_GROUP, NULL, NULL},
    {"stylesheet", ACT_SKIP_GROUP, NULL, NULL},
    {"info", ACT_SKIP_GROUP, NULL, NULL},
    {"pict", ACT_SKIP_GROUP, NULL, NULL},
    {"objdata", ACT_SKIP_GROUP, NULL, NULL},
    {"objclass", ACT_SKIP_GROUP, NULL, NULL},
    {"objname", ACT_SKIP_GROUP, NULL, NULL},
    {"fldinst", ACT_SKIP_GROUP, NULL, NULL},
    {"bkmkstart", ACT_SKIP_GROUP, NULL, NULL},
    {"bkmkend", ACT_SKIP_GROUP, NULL, NULL},
    {"header", ACT_SKIP_GROUP, NULL, NULL},
    {"headerl", ACT_SKIP_GROUP, NULL, NULL},
    {"headerr", ACT_SKIP_GROUP, NULL, NULL},
    {"headerf", ACT_SKIP_GROUP, NULL, NULL},
    {"footer", ACT_SKIP_GROUP, NULL, NULL},
    {"footerl", ACT_SKIP_GROUP, NULL, NULL},
    {"footerr", ACT_SKIP_GROUP, NULL, NULL},
    {"footerf", ACT_SKIP_GROUP, NULL, NULL},
    {"footnote", ACT_SKIP_GROUP, NULL, NULL},
    {"filetbl", ACT_SKIP_GROUP, NULL, NULL},
    {"listtable", ACT_SKIP_GROUP, NULL, NULL},
    {"revtbl", ACT_SKIP_GROUP, NULL, NULL},
    {"fonttbl", ACT_FONTS, NULL, NULL},
    {"f", ACT_FONT, NULL, NULL},
    {"fcharset", ACT_FCHARSET, NULL, NULL},
    {"ansicpg", ACT_ANSICPG, NULL, NULL},
    {"mac", ACT_MAC, NULL, NULL},
    {"pc", ACT_PC, NULL, NULL},
    {"pca", ACT_PCA, NULL, NULL},
    {"u", ACT_UNICODE, NULL, NULL},
    {"uc", ACT_UC, NULL, NULL},
    {"htmltag", ACT_HTMLTAG, NULL, NULL},
    {"htmlrtf", ACT_HTMLRTF, NULL, NULL},
    {"bin", ACT_BIN, NULL, NULL},
    {"b", ACT_BOLD, NULL, NULL},
    {"i", ACT_ITALIC, NULL, NULL},
    {"ul", ACT_UNDERLINE, NULL, NULL},
    {"ulnone", ACT_NO_UNDERLINE, NULL, NULL},
    {"plain", ACT_PLAIN, NULL, NULL},
};

static void reader_document_codepage(struct rtf_reader *r, uint32_t codepage)
{
    reader_flush(r);
    r->document_codepage = codepage;
    r->state.codepage = codepage;
}

static void reader_word(struct rtf_reader *r, const struct rtf_word *word)
{
    const struct word_row *row = NULL;
    bool on = !word->has_value || word->value != 0;
    for (size_t i = 0; i < sizeof word_rows / sizeof *word_rows && !row; i++)
        if (!strcmp(word_rows[i].name, word->name))
            row = &word_rows[i];
    if (!row) {
        if (r->star && r->group_start) /* an optional destination that is not known here */
            r->state.dest = DEST_SKIPPED;
        else if (r->to_skip > 0)
            r->to_skip--;
        return;
    }
    switch (row->action) {
    case ACT_SPECIAL:
        reader_special(r, row->text, row->html);
        break;
    case ACT_SKIP_GROUP:
        r->state.dest = DEST_SKIPPED;
        break;
    case ACT_FONTS:
        r->state.dest = DEST_FONTS;
        break;
    case ACT_FONT:
        reader_font(r, word->value);
        break;
    case ACT_FCHARSET:
        if (r->state.dest == DEST_FONTS && r->table_font >= 0)
            r->font_codepages[r->table_font] = codepage_of_fcharset(word->value);
        break;
    case ACT_ANSICPG:
        if (word->value > 0)
            reader_document_codepage(r, (uint32_t)word->value);
        break;
    case ACT_MAC:
        reader_document_codepage(r, 10000);
        break;
    case ACT_PC:
        reader_document_codepage(r, 437);
        break;
    case ACT_PCA:
        reader_document_codepage(r, 850);
        break;
    case ACT_UNICODE:
        reader_unicode(r, word->value);
        break;
    case ACT_UC:
        r->state.unicode_skip = word->value < 0 ? 0 : word->value > 16 ? 16 : word->value;
        break;
    case ACT_HTMLTAG:
        if (r->star && r->state.dest != DEST_SKIPPED)
            r->state.dest = DEST_HTMLTAG;
        break;
    case ACT_HTMLRTF:
        reader_flush(r);
        r->state.htmlrtf = on;
        break;
    case ACT_BIN:
        if (word->value > 0)
            r->pos += (size_t)word->value < r->size - r->pos ? (size_t)word->value : r->size - r->pos;
        break;
    case ACT_BOLD:
        reader_flush(r);
        r->state.bold = on;
        break;
    case ACT_ITALIC:
        reader_flush(r);
        r->state.italic = on;
        break;
    case ACT_UNDERLINE:
    case ACT_NO_UNDERLINE:
        reader_flush(r);
        r->state.underline = on && row->action == ACT_UNDERLINE;
        break;
    case ACT_PLAIN:
        reader_flush(r);
        r->state.bold = r->state.italic = r->state.underline = false;
        r->state.codepage = r->document_codepage;
        break;
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 32) >= 'a' && (c | 32) <= 'f')
        return (c | 32) - 'a' + 10;
    return -1;
}

/* After a backslash: a control symbol or a control word. */
static void reader_control(struct rtf_reader *r)
{
    char c = r->rtf[r->pos];
    if ((c | 32) < 'a' || (c | 32) > 'z') {
        r->pos++;
        switch (c) {
        case '\'': {
            int high = r->pos < r->size ? hex_digit(r->rtf[r->pos]) : -1;
            int low = r->pos + 1 < r->size ? hex_digit(r->rtf[r->pos + 1]) : -1;
            if (high >= 0 && low >= 0) {
                r->pos += 2;
                reader_byte(r, (uint8_t)(high << 4 | low));
            }
            break;
        }
        case '*':
            r->star = r->group_start;
            return; /* still the group's start */
        case '~':
            reader_special(r, "\xc2\xa0", "&nbsp;");
            break;
        case '_':
            reader_special(r, "\xe2\x80\x91", "&#8209;");
            break;
        case '-':
            reader_special(r, "", "&shy;");
            break;
        case '\r':
        case '\n':
            reader_special(r, "\r\n", "<br>\r\n");
            break;
        case '\\':
        case '{':
        case '}':
            reader_byte(r, (uint8_t)c);
            break;
        default:
            break;
        }
        r->group_start = false;
        return;
    }
    struct rtf_word word = {.value = 0};
    size_t length = 0;
    while (r->pos < r->size && (r->rtf[r->pos] | 32) >= 'a' && (r->rtf[r->pos] | 32) <= 'z') {
        if (length + 1 < sizeof word.name)
            word.name[length++] = r->rtf[r->pos];
        r->pos++;
    }
    bool negative = r->pos + 1 < r->size && r->rtf[r->pos] == '-' && r->rtf[r->pos + 1] >= '0' &&
                    r->rtf[r->pos + 1] <= '9';
    if (negative)
        r->pos++;
    while (r->pos < r->size && r->rtf[r->pos] >= '0' && r->rtf[r->pos] <= '9') {
        word.has_value = true;
        if (word.value < 100000000)
            word.value = word.value * 10 + (r->rtf[r->pos] - '0');
        r->pos++;
    }
    if (negative)
        word.value = -word.value;
    if (r->pos < r->size && r->rtf[r->pos] == ' ')
        r->pos++;
    reader_word(r, &word);
    r->group_start = false;
}

static void reader_open(struct rtf_reader *r)
{
    r->to_skip = 0;
    if (r->depth >= RTF_DEPTH_LIMIT) {
        reader_flush(r);
        r->too_deep++;
        return;
    }
    r->stack[r->depth++] = r->state;
    r->star = false;
    r->group_start = true;
}

static void reader_close(struct rtf_reader *r)
{
    r->to_skip = 0;
    r->star = r->group_start = false;
    if (r->too_deep) {
        r->too_deep--;
        return;
    }
    reader_flush(r);
    if (r->depth > 0)
        r->state = r->stack[--r->depth];
}

static HRESULT rtf_read(const char *rtf, size_t size, enum rtf_mode mode, struct bytebuf *out,
                        uint32_t *codepage)
{
    struct rtf_reader *r = calloc(1, sizeof *r);
    if (!r)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    r->rtf = rtf;
    r->size = size;
    r->mode = mode;
    r->out = out;
    r->table_font = -1;
    r->document_codepage = CHARSET_CP1252;
    r->state = (struct rtf_state){.codepage = CHARSET_CP1252, .unicode_skip = 1};
    while (r->pos < size) {
        char c = rtf[r->pos++];
        switch (c) {
        case '{':
            reader_open(r);
            break;
        case '}':
            reader_close(r);
            break;
        case '\\':
            if (r->pos < size)
                reader_control(r);
            break;
        case '\r':
        case '\n':
        case '\0':
            break;
        default:
            r->group_start = false;
            reader_byte(r, (uint8_t)c);
        }
    }
    reader_flush(r);
    reader_format(r, false, false, false);
    if (codepage)
        *codepage = r->document_codepage;
    bool failed = out->failed || r->pending.failed;
    bytebuf_free(&r->pending);
    free(r);
    return failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

enum rtf_origin rtf_origin(const char *rtf, size_t size)
{
    size_t limit = size < 1024 ? size : 1024;
    for (size_t i = 0; i + 9 <= limit; i++) {
        if (rtf[i] != '\\')
            continue;
        if (i + 10 <= size && !memcmp(rtf + i, "\\fromhtml1", 10))
            return RTF_FROM_HTML;
        if (!memcmp(rtf + i, "\\fromtext", 9))
            return RTF_FROM_TEXT;
    }
    return RTF_NATIVE;
}

HRESULT rtf_to_text(const char *rtf, size_t size, struct bytebuf *out)
{
    return rtf_read(rtf, size, MODE_TEXT, out, NULL);
}

/* Appends UTF-8 HTML in another code page, with numeric references for what that does not have. */
static void html_in_codepage(const char *html, size_t size, uint32_t codepage, struct bytebuf *out)
{
    size_t pos = 0, run = 0;
    struct bytebuf one = {0};
    while (pos < size) {
        size_t start = pos;
        uint32_t c = charset_get_utf8(html, size, &pos, NULL);
        if (c < 0x80)
            continue;
        one.size = 0;
        if (charset_from_utf8(codepage, html + start, pos - start, &one))
            continue;
        charset_from_utf8(codepage, html + run, start - run, out);
        bytebuf_format(out, "&#%u;", (unsigned)c);
        run = pos;
    }
    charset_from_utf8(codepage, html + run, size - run, out);
    bytebuf_free(&one);
}

HRESULT rtf_to_html(const char *rtf, size_t size, struct bytebuf *out, uint32_t *codepage)
{
    struct bytebuf html = {0};
    *codepage = CHARSET_UTF8;
    bool encapsulated = rtf_origin(rtf, size) == RTF_FROM_HTML;
    if (!encapsulated)
        bytebuf_text(&html, "<html><body>\r\n");
    HRESULT hr = rtf_read(rtf, size, encapsulated ? MODE_ENCAPSULATED : MODE_HTML, &html, codepage);
    if (!encapsulated)
        bytebuf_text(&html, "\r\n</body></html>\r\n");
    if (SUCCEEDED(hr)) {
        html_in_codepage((const char *)html.data, html.size, *codepage, out);
        if (out->failed || html.failed)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    bytebuf_free(&html);
    return hr;
}
