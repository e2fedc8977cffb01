/*
 * mime.h: RFC 822/MIME mail as a tree in memory: reading, choosing what a reader shows, and writing.
 *
 * Layer: MIME (portable; knows no MAPI interface). Text in the tree is UTF-8. A mail is read as far as it can
 * be: whatever is wrong with it is put down in its list of problems, and nothing is lost: what cannot be
 * understood stays as it is. Depth, number of parts and size are bounded.
 */
#ifndef MIME_H
#define MIME_H

#include "bytebuf.h"
#include "mapi_abi.h"

#define MIME_DEPTH_LIMIT   64         /* multiparts and embedded mails, one in another */
#define MIME_PARTS_LIMIT   20000      /* parts of one mail, embedded ones included */
#define MIME_PROBLEM_LIMIT 64         /* problems that are put down */
#define MIME_SIZE_LIMIT    (1u << 30) /* bytes of one mail */

struct mime_header {
    char *name;  /* as written */
    char *value; /* unfolded; NULs are spaces */
    bool text;   /* plain UTF-8 that the writer encodes; otherwise the value is as it stands in a mail */
};

struct mime_param {
    char *name;  /* lower case */
    char *value; /* decoded (RFC 2231, RFC 2047) */
};

struct mime_address {
    char *name;    /* display name; "" if there is none */
    char *address; /* user@host as written; "" for a name alone */
};

struct mime_address_list {
    struct mime_address *items;
    size_t count;
};

struct mime_part {
    struct mime_header *headers; /* of this part; a mail's root has the mail's */
    size_t header_count;
    char *type;                /* "text/plain": lower case, never NULL */
    struct mime_param *params; /* of Content-Type */
    size_t param_count;
    char *disposition; /* "attachment", "inline", other, or NULL */
    char *filename;    /* or NULL */
    char *content_id;  /* without angle brackets, or NULL */
    char *location;    /* Content-Location, or NULL */
    char *description; /* Content-Description, or NULL */
    char *data;        /* a leaf's content, transfer encoding removed; NULL for the others */
    size_t size;
    struct mime_part **parts; /* of a multipart */
    size_t part_count;
    struct mime_mail *mail; /* of message/rfc822 */
    const char *source; /* headers and content as they are in the mail's text; NULL in a tree that is built */
    size_t source_size;
    size_t content_offset; /* in source: behind the headers */
    char *raw; /* content that is written as it is, or NULL: a signed multipart in a tree that is built */
    size_t raw_size;
};

/* What was wrong with a mail; shared by a mail and those inside it. */
struct mime_report {
    char *lines[MIME_PROBLEM_LIMIT];
    size_t count;
};

struct mime_mail {
    const char *headers; /* the header block as it is in the text, without the empty line */
    size_t headers_size;
    struct mime_part *root;    /* never NULL */
    struct mime_report report; /* only of the outermost mail */
};

/*
 * Reads a mail. The text is borrowed: it must live as long as the mail. Any text gives a mail (an empty one
 * has no headers and an empty text body). Errors: MAPI_E_NOT_ENOUGH_MEMORY; MAPI_E_TOO_BIG above
 * MIME_SIZE_LIMIT. Free with mime_free.
 */
HRESULT mime_parse(const char *text, size_t size, struct mime_mail **out);
void mime_free(struct mime_mail *mail);
void mime_part_free(struct mime_part *part);
void mime_report_add(struct mime_report *report, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* The first header of a name (any case), undecoded, or NULL. */
const char *mime_header(const struct mime_part *part, const char *name);
/* A Content-Type parameter, or NULL. */
const char *mime_param(const struct mime_part *part, const char *name);
/* The same, decoded (RFC 2047), as a malloc copy; NULL if absent or without memory. */
char *mime_header_text(const struct mime_part *part, const char *name);
/* The addresses of all headers of a name. Free with mime_addresses_free. Errors: MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT mime_header_addresses(const struct mime_part *part, const char *name, struct mime_address_list *out);
void mime_addresses_free(struct mime_address_list *list);
/* A date header as FILETIME ticks (UTC), or false if absent or unreadable. */
bool mime_header_date(const struct mime_part *part, const char *name, int64_t *ticks);
/* The date of the newest Received header. */
bool mime_received_date(const struct mime_part *part, int64_t *ticks);

/* ---- pieces that the parser and the writer share --------------------------------------------------------
 */

/* Decodes RFC 2047 words and raw 8-bit text; appends UTF-8. Returns false if something was replaced. */
bool mime_decode_words(const char *value, size_t size, struct bytebuf *out);
/* Splits "value; name=value; …" (RFC 2045, RFC 2231). *value and the parameters are to be freed by the
 * caller. */
HRESULT mime_parse_params(const char *header, char **value, struct mime_param **params, size_t *count);
void mime_params_free(struct mime_param *params, size_t count);
HRESULT mime_parse_addresses(const char *value, struct mime_address_list *out);
bool mime_parse_date(const char *value, int64_t *ticks);
/* Appends decoded content. They return false if the content is malformed; what can be decoded is appended. */
bool mime_decode_base64(const char *text, size_t size, struct bytebuf *out);
bool mime_decode_qp(const char *text, size_t size, struct bytebuf *out);
bool mime_decode_q(const char *text, size_t size, struct bytebuf *out); /* the Q encoding of RFC 2047 */
bool mime_decode_uu(const char *text, size_t size, struct bytebuf *out);
/* Where the line at `pos` ends; *next receives where the next begins. LF, CRLF, and CR in a text without LF.
 */
size_t mime_line_end(const char *text, size_t size, size_t pos, size_t *next);

/* ---- what a reader shows ------------------------------------------------------------------------------- */

struct mime_attachment {
    const struct mime_part *part; /* leaf, embedded mail or (opaque) signed multipart */
    bool inline_image;            /* shown by the HTML body through its content id or location */
    bool opaque;                  /* the whole part as it is in the source is the content */
};

struct mime_view {
    bool has_text, has_html;
    struct bytebuf text; /* UTF-8, CRLF line ends; format=flowed joined */
    struct bytebuf html; /* bytes as they came */
    uint32_t html_codepage;
    uint32_t text_codepage; /* of the first text part: PR_INTERNET_CPID */
    struct mime_attachment *attachments;
    size_t attachment_count;
    const char *message_class; /* "IPM.Note", "REPORT.IPM.Note.NDR", "IPM.Note.SMIME" … */
};

/*
 * Chooses the bodies and the attachments of a mail: the last understood alternative of each kind, related
 * parts, text parts in sequence joined, everything else an attachment. The attachments point into the mail.
 * Problems are added to `report` (may be NULL). Errors: MAPI_E_NOT_ENOUGH_MEMORY. Free with mime_view_free,
 * also after an error.
 */
HRESULT mime_view(const struct mime_mail *mail, struct mime_report *report, struct mime_view *view);
void mime_view_free(struct mime_view *view);

/* ---- building and writing --------------------------------------------------------------------------------
 */

/* A new part of a type, with no headers, or NULL without memory. */
struct mime_part *mime_part_new(const char *type);
struct mime_mail *mime_mail_new(void);
/* Adds a header of plain UTF-8 text, which the writer encodes where it must. They return false without
 * memory. */
bool mime_add_header(struct mime_part *part, const char *name, const char *value);
/* Adds a header whose value is written as it is (folded only): addresses, ids, dates, encoded words. */
bool mime_add_raw_header(struct mime_part *part, const char *name, const char *value);
bool mime_add_param(struct mime_part *part, const char *name, const char *value);
/* Takes `child` over, also when it fails. */
bool mime_add_part(struct mime_part *parent, struct mime_part *child);
/* Appends "Name <address>, …", quoted and encoded as it must be: for mime_add_raw_header. */
void mime_format_addresses(const struct mime_address_list *list, struct bytebuf *out);
/* "Sun, 22 Nov 2026 13:00:00 +0000" of FILETIME ticks. */
void mime_format_date(int64_t ticks, struct bytebuf *out);

/*
 * Appends the mail as RFC 822 text with CRLF line ends: header lines folded at 78 where they can be, text as
 * 7bit, quoted-printable or base64, whichever is shortest, RFC 2047 words and RFC 2231 parameters for
 * non-ASCII. Boundaries are new ones that the content does not have. The mail needs no Content- and
 * MIME-Version headers: they are written from the tree. Errors: MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_TOO_BIG
 * (nested deeper than MIME_DEPTH_LIMIT).
 */
HRESULT mime_write(const struct mime_mail *mail, struct bytebuf *out);

/* Appends base64 in lines of 76 characters. */
void mime_encode_base64(const void *data, size_t size, struct bytebuf *out);
/* Appends quoted-printable; CRLF and LF are line ends of the text. */
void mime_encode_qp(const char *text, size_t size, struct bytebuf *out);
/* Appends one header line, folded. `text`: the value is UTF-8 to be encoded where it must. */
void mime_write_header(const char *name, const char *value, bool text, struct bytebuf *out);
/* Appends UTF-8 as RFC 2047 words; `column` is where the line stands. */
void mime_encode_words(const char *text, size_t size, size_t column, struct bytebuf *out);

#endif
