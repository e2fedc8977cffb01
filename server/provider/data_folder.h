/*
 * data_folder.h: where this machine's mailboxes lie.
 *
 * Layer: provider. The folder is, in this order: the environment variable MAPIHOST_DATA; the value DataFolder
 * of HKLM\Software\MapiHost, in the 64-bit view of the registry and then in the 32-bit one;
 * %ProgramData%\MapiHost.
 */
#ifndef PROVIDER_DATA_FOLDER_H
#define PROVIDER_DATA_FOLDER_H

#include "directory.h"

/* The folder's path, UTF-8, malloc; NULL without memory. */
char *data_folder(void);
/*
 * Opens the directory of the data folder; ends with directory_close. The mailboxes that are opened later grow to as many
 * megabytes as the environment variable MAPIHOST_MAILBOX_LIMIT says, or the value MailboxLimit (a DWORD) of the keys above;
 * 0, or neither: to what the disk has.
 */
HRESULT data_folder_open(struct directory **out);

#endif
