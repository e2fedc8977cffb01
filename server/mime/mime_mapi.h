/*
 * mime_mapi.h: mail into MAPI messages and back (MS-OXCMAIL).
 *
 * Layer: MIME over MAPI. Only documented MAPI interfaces are used, so that it works with any MAPI. The
 * calling thread has MAPI initialised.
 */
#ifndef MIME_MAPI_H
#define MIME_MAPI_H

#include "mapi_loader.h"
#include "mime.h"

struct mime_import {
    int64_t
        now; /* FILETIME ticks: the delivery time of a mail that says neither when it was received nor sent; 0: none */
    bool read;  /* PR_MESSAGE_FLAGS gets MSGFLAG_READ */
    bool draft; /* and MSGFLAG_UNSENT; a header X-Unsent: 1 does the same */
};

/*
 * Writes a mail's properties, recipients and attachments to a new message. Nothing is saved: the caller calls
 * SaveChanges (attachments and embedded messages within it are saved). What was wrong with the mail, and what
 * the message did not take, is added to `report` (may be NULL; that of the mail itself is separate). A winmail.dat
 * (TNEF) is decoded: its properties, body and attachments become the message's; it stays as an attachment where it
 * could not be understood as a whole.
 * `options` may be NULL. Errors: those of the message's methods for its main properties;
 * MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT mime_to_message(const struct mime_mail *mail, const struct mime_import *options,
                        struct mime_report *report, IMessage *message);

/* Reads the text and does all of mime_parse and mime_to_message; all problems go to `report` (may be NULL).
 */
HRESULT mime_import(const char *text, size_t size, const struct mime_import *options,
                    struct mime_report *report, IMessage *message);
void mime_report_free(struct mime_report *report);

/*
 * The same for a file that is Outlook's winmail.dat (TNEF) itself; it is attached, too, where it could not be understood as
 * a whole. Errors, too: MAPI_E_CORRUPT_DATA (it is none).
 */
HRESULT mime_import_tnef(const void *data, size_t size, const struct mime_import *options, struct mime_report *report,
                         IMessage *message);

/*
 * Appends a message as RFC 822 text to `out`. Addresses of other types than SMTP are written as the SMTP
 * address that MAPI has for them, else as "IMCEA" encoded ones. `book` may be NULL: then SMTP addresses come
 * from the message alone. Errors: those of the message's methods; MAPI_E_NOT_ENOUGH_MEMORY; MAPI_E_TOO_BIG
 * (embedded too deep).
 */
HRESULT mime_export(IMessage *message, IAddrBook *book, struct bytebuf *out);

#endif
