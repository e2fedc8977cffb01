/*
 * mail_files.h: finds the mails in files and folders: .eml, .msg, winmail.dat, mbox, Maildir. Layer: mapictl.
 */
#ifndef MAPICTL_MAIL_FILES_H
#define MAPICTL_MAIL_FILES_H

#include "mapictl.h"

enum mail_kind {
    MAIL_RFC822, /* text is the mail */
    MAIL_MSG,    /* an Outlook message file: only path is given */
    MAIL_TNEF,   /* text is what Outlook sends as winmail.dat */
};

struct found_mail {
    enum mail_kind kind;
    const WCHAR *path;
    const char *text; /* MAIL_RFC822, MAIL_TNEF: lives as long as the call */
    size_t size;
    unsigned number;  /* in an mbox: 1, 2 …; else 0 */
    bool seen, draft; /* a Maildir's flags S and D */
    /* When it arrived, in FILETIME ticks, for a mail that does not say so itself: the date of an mbox's "From " line, or that
     * of the file's last change, which is the arrival in a Maildir. */
    int64_t arrived;
};

struct mail_visitor {
    /* Each mail; false ends the visit. */
    bool (*mail)(void *context, const struct found_mail *mail);
    /* A file that cannot be read, with the Win32 error. */
    void (*unreadable)(void *context, const WCHAR *path, DWORD error);
    void *context;
};

/*
 * Visits the mails of a file or, with its subfolders, of a folder. A file that is named is taken for what it
 * looks like; in a folder only *.eml, *.msg, *.mbox, *.mbx, *.tnef, winmail.dat and what lies in a Maildir's cur
 * and new are taken. Returns false if the visitor ended it.
 */
bool mail_files_visit(const WCHAR *path, const struct mail_visitor *visitor);

#endif
