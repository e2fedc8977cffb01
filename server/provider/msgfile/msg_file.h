/*
 * msg_file.h: Outlook message files (MS-OXMSG): a message tree out of the streams of a compound file, and
 * into them.
 *
 * Layer: provider, portable part (C11, MAPI types, storage's message trees). The compound file itself is
 * behind struct msg_dir_ops: IStorage on Windows (istorage_win.c), memory in the tests. A whole message is
 * read at once; what is malformed is left out, and a file without the properties stream is refused. Depth is
 * bounded.
 */
#ifndef MSG_FILE_H
#define MSG_FILE_H

#include "bytebuf.h"
#include "storage.h"

#define MSG_DEPTH_LIMIT 32         /* embedded messages, one in another */
#define MSG_PARTS_LIMIT 65536      /* recipients, attachments and properties of one object */
#define MSG_VALUE_LIMIT (1u << 30) /* bytes of one value */

/* A folder (storage) of a compound file. Names are ASCII, at most 31 characters. */
struct msg_dir {
    const struct msg_dir_ops *ops;
    void *handle; /* of the implementation */
};
struct msg_dir_ops {
    /* Appends a whole stream. MAPI_E_NOT_FOUND. */
    HRESULT (*read)(struct msg_dir *dir, const char *name, struct bytebuf *out);
    HRESULT (*write)(struct msg_dir *dir, const char *name, const void *data, size_t size);
    /* Opens a folder in it; with `create` a new one. MAPI_E_NOT_FOUND. Close it. */
    HRESULT (*open)(struct msg_dir *dir, const char *name, bool create, struct msg_dir *out);
    void (*close)(struct msg_dir *dir);
    /* Calls `each` for every element. */
    HRESULT(*list)
    (struct msg_dir *dir, HRESULT (*each)(void *context, const char *name, bool is_dir), void *context);
    /* Removes all elements. */
    HRESULT (*clear)(struct msg_dir *dir);
    /* A folder in it as the bytes of a compound file of its own, and back: OLE objects. */
    HRESULT (*read_object)(struct msg_dir *dir, const char *name, struct bytebuf *out);
    HRESULT (*write_object)(struct msg_dir *dir, const char *name, const void *data, size_t size);
};

/* The named properties of a file: the name at index i has the property id 0x8000 + i. All zero is an empty
 * list. */
struct msg_names {
    MAPINAMEID *names; /* lpguid and names are owned */
    ULONG count, room;
};
void msg_names_free(struct msg_names *names);
/* The id of a name; with `create` a new one. MAPI_E_NOT_FOUND; MAPI_E_NAMED_PROP_QUOTA_EXCEEDED. */
HRESULT msg_names_id(struct msg_names *names, const MAPINAMEID *name, bool create, ULONG *id);
/* The name of an id, owned by the list; NULL if there is none. */
const MAPINAMEID *msg_names_get(const struct msg_names *names, ULONG id);
/* The mapping storage (__nameid_version1.0) from and to the file's root. A file without one has no names. */
HRESULT msg_names_read(struct msg_dir *root, struct msg_names *names);
HRESULT msg_names_write(struct msg_dir *root, const struct msg_names *names);

/* Attributes (PROPATTR_ bits) of properties of the message itself that are not readable and writeable alone.
 * All zero is an empty list. */
struct msg_flags {
    struct msg_flag {
        ULONG prop_id, flags;
    } * rows;
    ULONG count;
};
ULONG msg_flags_get(const struct msg_flags *flags, ULONG prop_id);
HRESULT msg_flags_set(struct msg_flags *flags, ULONG prop_id, ULONG value);
void msg_flags_free(struct msg_flags *flags);

/*
 * Reads the message in the file's root. Strings are Unicode, 8-bit ones by the message's code page. Errors:
 * MAPI_E_CORRUPT_DATA (no properties stream, nested too deep), MAPI_E_NOT_ENOUGH_MEMORY, and those of the
 * compound file.
 */
HRESULT msg_read(struct msg_dir *root, struct mbx_message **out, struct msg_names *names,
                 struct msg_flags *flags);

/*
 * Writes the tree, which is loaded as a whole, over what the file's root has. Strings are written as Unicode.
 * Errors: those of the compound file, MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_TOO_BIG (nested too deep).
 */
HRESULT msg_write(struct msg_dir *root, const struct mbx_message *message, const struct msg_names *names,
                  const struct msg_flags *flags);

/* "__substg1.0_XXXXXXXX"; index < 0 for none, else "-XXXXXXXX" follows. The text has room for 40 characters.
 */
void msg_stream_name(ULONG tag, long index, char *text);

#endif
