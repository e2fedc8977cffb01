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
};

HRESULT route_recipients(struct session *session, const struct mbx_message *msg, struct route *out);
void route_free(struct route *route);

/* A copy in the receive folder of a mailbox, unread, without Bcc recipients; new mail is announced there. again: not where
 * the receive folder has a copy of this submission. */
HRESULT deliver_local(struct store *store, const struct mbx_message *message, const WCHAR *message_class,
                      const struct mailbox_info *to, bool again);
/* One .eml in the pickup folder for all remote addresses (X-Sender and X-Receiver lines before the mail). A second
 * call for the same submission writes the same file. */
HRESULT deliver_pickup(struct message *message, const WCHAR *sender, const struct route *route);
/* Submits a report (REPORT.IPM.Note.NDR, …IPNRN, …IPNNRN) about a message to an address. */
HRESULT deliver_report(struct store *store, const struct propbag *about, const WCHAR *message_class, const WCHAR *prefix,
                       const WCHAR *text, const WCHAR *to_name, const WCHAR *to_type, const WCHAR *to_address);

#endif
