/*
 * deliver.h: putting a saved message into the mailboxes of its recipients, and into the pickup folder.
 *
 * Layer: provider, store part.
 */
#ifndef PROVIDER_DELIVER_H
#define PROVIDER_DELIVER_H

#include "message.h"

/* Where a message goes; each place once. */
struct route {
    struct mailbox_info **local;
    ULONG local_count;
    WCHAR **remote; /* SMTP addresses */
    ULONG remote_count;
    WCHAR **failed; /* addresses that lead nowhere */
    ULONG failed_count;
    ULONG *failed_rows; /* and the places of their recipients */
    ULONG failed_row_count;
};

HRESULT route_recipients(struct session *session, const struct mbx_message *msg, struct route *out);
/* Of one address. MAPI_E_NOT_FOUND. */
HRESULT route_address(struct session *session, const WCHAR *type, const WCHAR *address, struct route *out);
void route_free(struct route *route);

/* A copy in the receive folder of a mailbox, unread, without Bcc recipients; new mail is announced there. again: not where
 * the receive folder has a copy of this submission. */
HRESULT deliver_local(struct store *store, const struct mbx_message *message, const WCHAR *message_class,
                      const struct mailbox_info *to, bool again);
/* One .eml in the pickup folder for all remote addresses (X-Sender and X-Receiver lines before the mail). A second
 * call for the same submission writes the same file. */
HRESULT deliver_pickup(struct message *message, const WCHAR *sender, const struct route *route);
/* Whether a message is a report, by its class. */
bool is_report(const struct propbag *props);
/* A report about a message to an address. Its class is REPORT.<the message's class>.<kind>. */
struct report {
    const WCHAR *kind;   /* NDR, IPNRN */
    const WCHAR *prefix; /* of its subject */
    const WCHAR *text;
    const WCHAR *to_name, *to_type, *to_address; /* NULL address: nobody to tell, no report */
    const struct propbag *about;                 /* the message's properties */
    struct message *original;                    /* the message, which is attached, or NULL */
    const ULONG *rows;                           /* recipients of it that the report is about */
    ULONG row_count;
};
/*
 * One with rows has these as its recipients and goes into the mailboxes of the address at once; one without, or to an
 * address elsewhere, is submitted. deliver_report.c.
 */
HRESULT deliver_report(struct store *store, const struct report *report);

#endif
