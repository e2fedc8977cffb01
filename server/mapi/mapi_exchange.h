/*
 * mapi_exchange.h: Exchange's interfaces and property tags, which no free header declares.
 *
 * Layer: declarations only. The facts are those of Microsoft's EdkMdb.h, EdkGuid.h and documentation. Strings of
 * these interfaces are always 8-bit. Include it after nothing: it includes mapi_abi.h. Exactly one file of a program
 * includes it after <initguid.h>.
 */
#ifndef MAPI_EXCHANGE_H
#define MAPI_EXCHANGE_H

#include "mapi_abi.h"

DEFINE_GUID(IID_IExchangeManageStore, 0x559d10b0, 0xa772, 0x11cd, 0x9b, 0xc8, 0x00, 0xaa, 0x00, 0x2f, 0xc4, 0x5a);
DEFINE_GUID(IID_IExchangeManageStore2, 0xb6dca470, 0x0ff3, 0x11d0, 0xa4, 0x09, 0x00, 0xc0, 0x4f, 0xd7, 0xbd, 0x87);
DEFINE_GUID(IID_IExchangeManageStore3, 0x166d9bc2, 0xdb75, 0x44a9, 0x8a, 0x93, 0x9f, 0x3f, 0xfc, 0x99, 0x4d, 0x76);
DEFINE_GUID(IID_IExchangeManageStore4, 0x2590ff87, 0xc431, 0x4f9c, 0xb1, 0xa8, 0xcd, 0x69, 0xd7, 0x60, 0xcd, 0x10);
DEFINE_GUID(IID_IExchangeManageStore5, 0x7907dd18, 0xf141, 0x4676, 0xb1, 0x02, 0x37, 0xc9, 0xd9, 0x36, 0x34, 0x30);
DEFINE_GUID(IID_IExchangeManageStoreEx, 0x7fe3c629, 0x4d9a, 0x4510, 0xa4, 0x79, 0x56, 0x96, 0x2b, 0x24, 0x6d, 0xc6);

/* One interface: its methods name the object by the macro INTERFACE, as Microsoft's do. */
#define EXCHANGE_INTERFACE(name, methods) \
    typedef struct name name; \
    typedef struct name##Vtbl { \
        methods \
    } name##Vtbl; \
    struct name { \
        const name##Vtbl *lpVtbl; \
    }

/* IExchangeManageStore: entry ids of other mailboxes, rights, and the server's mailbox table. */
#define EXCHANGE_MANAGE_STORE_METHODS(IPURE) \
    MAPIMETHOD(CreateStoreEntryID) \
    (THIS_ LPSTR store_dn, LPSTR mailbox_dn, ULONG flags, ULONG *size, LPENTRYID *id) IPURE; \
    MAPIMETHOD(EntryIDFromSourceKey) \
    (THIS_ ULONG folder_size, BYTE *folder_key, ULONG message_size, BYTE *message_key, ULONG *size, LPENTRYID *id) \
        IPURE; \
    MAPIMETHOD(GetRights) \
    (THIS_ ULONG user_size, LPENTRYID user, ULONG size, LPENTRYID id, ULONG *rights) IPURE; \
    MAPIMETHOD(GetMailboxTable)(THIS_ LPSTR server, LPMAPITABLE *table, ULONG flags) IPURE; \
    MAPIMETHOD(GetPublicFolderTable)(THIS_ LPSTR server, LPMAPITABLE *table, ULONG flags) IPURE;

/* IExchangeManageStore2 adds newsgroup ids. */
#define EXCHANGE_MANAGE_STORE2_METHODS(IPURE) \
    MAPIMETHOD(CreateNewsgroupNameEntryID)(THIS_ LPSTR name, ULONG *size, LPENTRYID *id) IPURE;

/* IExchangeManageStore3 adds a mailbox table that starts at a row: the plain one ends after 64K rows. */
#define EXCHANGE_MANAGE_STORE3_METHODS(IPURE) \
    MAPIMETHOD(GetMailboxTableOffset)(THIS_ LPSTR server, LPMAPITABLE *table, ULONG flags, UINT offset) IPURE;

#define EXCHANGE_MANAGE_STORE4_METHODS(IPURE) \
    MAPIMETHOD(GetPublicFolderTableOffset)(THIS_ LPSTR server, LPMAPITABLE *table, ULONG flags, UINT offset) IPURE;

/* IExchangeManageStore5 adds tables of one database of the server. */
#define EXCHANGE_MANAGE_STORE5_METHODS(IPURE) \
    MAPIMETHOD(GetMailboxTableEx) \
    (THIS_ LPSTR server, LPGUID database, LPMAPITABLE *table, ULONG flags, UINT offset) IPURE; \
    MAPIMETHOD(GetPublicFolderTableEx) \
    (THIS_ LPSTR server, LPGUID database, LPMAPITABLE *table, ULONG flags, UINT offset) IPURE;

/* IExchangeManageStoreEx: what MAPI over HTTP needs; the properties name server, mailbox and SMTP address. */
#define EXCHANGE_MANAGE_STORE_EX_METHODS(IPURE) \
    MAPIMETHOD(CreateStoreEntryID2) \
    (THIS_ ULONG count, LPSPropValue values, ULONG flags, ULONG *size, LPENTRYID *id) IPURE;

#undef INTERFACE
#define INTERFACE IExchangeManageStore
EXCHANGE_INTERFACE(IExchangeManageStore,
                   MAPI_IUNKNOWN_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE_METHODS(PURE));

#undef INTERFACE
#define INTERFACE IExchangeManageStore3
EXCHANGE_INTERFACE(IExchangeManageStore3,
                   MAPI_IUNKNOWN_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE2_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE3_METHODS(PURE));

#undef INTERFACE
#define INTERFACE IExchangeManageStore5
EXCHANGE_INTERFACE(IExchangeManageStore5,
                   MAPI_IUNKNOWN_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE2_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE3_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE4_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE5_METHODS(PURE));

#undef INTERFACE
#define INTERFACE IExchangeManageStoreEx
EXCHANGE_INTERFACE(IExchangeManageStoreEx,
                   MAPI_IUNKNOWN_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE_METHODS(PURE)
                       EXCHANGE_MANAGE_STORE_EX_METHODS(PURE));

/* Flags of CreateStoreEntryID. An administrator opens with USE_ADMIN_PRIVILEGE | TAKE_OWNERSHIP. */
#define OPENSTORE_USE_ADMIN_PRIVILEGE ((ULONG)0x00000001)
#define OPENSTORE_PUBLIC ((ULONG)0x00000002)
#define OPENSTORE_HOME_LOGON ((ULONG)0x00000004)
#define OPENSTORE_TAKE_OWNERSHIP ((ULONG)0x00000008)
#define OPENSTORE_OVERRIDE_HOME_MDB ((ULONG)0x00000010)

/* Bits of PR_PROFILE_CONNECT_FLAGS. */
#define CONNECT_USE_ADMIN_PRIVILEGE ((ULONG)1)
#define CONNECT_NO_RPC_ENCRYPTION ((ULONG)2)
#define CONNECT_USE_SEPARATE_CONNECTION ((ULONG)4)
#define CONNECT_NO_UNDER_COVER_CONNECTION ((ULONG)8)
#define CONNECT_NO_NOTIFICATIONS ((ULONG)0x20)

/* The suffix that turns a server's DN into the DN of its private message database. */
#define EXCHANGE_PRIVATE_MDB "/cn=Microsoft Private MDB"

/* Properties of the profile's Exchange service (8-bit strings unless they end in _W). */
#ifndef PR_PROFILE_HOME_SERVER
#define PR_PROFILE_CONFIG_FLAGS PROP_TAG(PT_LONG, 0x6601)
#define PR_PROFILE_HOME_SERVER PROP_TAG(PT_STRING8, 0x6602)
#define PR_PROFILE_USER PROP_TAG(PT_STRING8, 0x6603)
#define PR_PROFILE_CONNECT_FLAGS PROP_TAG(PT_LONG, 0x6604)
#define PR_PROFILE_UNRESOLVED_NAME PROP_TAG(PT_STRING8, 0x6607)
#define PR_PROFILE_UNRESOLVED_SERVER PROP_TAG(PT_STRING8, 0x6608)
#define PR_PROFILE_OPEN_FLAGS PROP_TAG(PT_LONG, 0x6609)
#define PR_PROFILE_MAILBOX PROP_TAG(PT_STRING8, 0x660B)
#define PR_PROFILE_SERVER PROP_TAG(PT_STRING8, 0x660C)
#define PR_PROFILE_HOME_SERVER_DN PROP_TAG(PT_STRING8, 0x6612)
#define PR_PROFILE_USER_SMTP_EMAIL_ADDRESS_W PROP_TAG(PT_UNICODE, 0x6641)
#endif

/* Properties of a store and of the rows of the mailbox table. */
#ifndef PR_USER_ENTRYID
#define PR_USER_ENTRYID PROP_TAG(PT_BINARY, 0x6619)
#define PR_MAILBOX_OWNER_ENTRYID PROP_TAG(PT_BINARY, 0x661B)
#define PR_MAILBOX_OWNER_NAME_W PROP_TAG(PT_UNICODE, 0x661C)
#define PR_OOF_STATE PROP_TAG(PT_BOOLEAN, 0x661D)
#define PR_HIERARCHY_SERVER_W PROP_TAG(PT_UNICODE, 0x6633)
#define PR_IPM_PUBLIC_FOLDERS_ENTRYID PROP_TAG(PT_BINARY, 0x6631)
#define PR_NT_USER_NAME_W PROP_TAG(PT_UNICODE, 0x66A0)
#define PR_LAST_LOGON_TIME PROP_TAG(PT_SYSTIME, 0x66A2)
#define PR_LAST_LOGOFF_TIME PROP_TAG(PT_SYSTIME, 0x66A3)
#define PR_STORAGE_LIMIT_INFORMATION PROP_TAG(PT_LONG, 0x66A4)
#define PR_FOLDER_PATHNAME_W PROP_TAG(PT_UNICODE, 0x66B5)
#endif

/* Properties later than mingw-w64's mapitags.h. */
#ifndef PR_SMTP_ADDRESS_W
#define PR_SMTP_ADDRESS_W PROP_TAG(PT_UNICODE, 0x39FE)
#endif
#ifndef PR_INTERNET_MESSAGE_ID_W
#define PR_INTERNET_MESSAGE_ID_W PROP_TAG(PT_UNICODE, 0x1035)
#endif
#ifndef PR_HTML
#define PR_HTML PROP_TAG(PT_BINARY, 0x1013)
#endif
#ifndef PR_INTERNET_CPID
#define PR_INTERNET_CPID PROP_TAG(PT_LONG, 0x3FDE)
#endif
#ifndef PR_MESSAGE_CODEPAGE
#define PR_MESSAGE_CODEPAGE PROP_TAG(PT_LONG, 0x3FFD)
#endif
#ifndef PR_NATIVE_BODY_INFO
#define PR_NATIVE_BODY_INFO PROP_TAG(PT_LONG, 0x1016)
#endif
#ifndef PR_MSG_EDITOR_FORMAT
#define PR_MSG_EDITOR_FORMAT PROP_TAG(PT_LONG, 0x5909)
#endif
#ifndef PR_MESSAGE_SIZE_EXTENDED
#define PR_MESSAGE_SIZE_EXTENDED PROP_TAG(PT_I8, 0x0E08)
#endif
#ifndef PR_SENDER_SMTP_ADDRESS_W
#define PR_SENDER_SMTP_ADDRESS_W PROP_TAG(PT_UNICODE, 0x5D01)
#endif
#ifndef PR_SENT_REPRESENTING_SMTP_ADDRESS_W
#define PR_SENT_REPRESENTING_SMTP_ADDRESS_W PROP_TAG(PT_UNICODE, 0x5D02)
#endif
#ifndef PR_ATTACH_CONTENT_ID_W
#define PR_ATTACH_CONTENT_ID_W PROP_TAG(PT_UNICODE, 0x3712)
#endif
#ifndef PR_ATTACH_CONTENT_LOCATION_W
#define PR_ATTACH_CONTENT_LOCATION_W PROP_TAG(PT_UNICODE, 0x3713)
#endif
#ifndef PR_ATTACH_CONTENT_BASE_W
#define PR_ATTACH_CONTENT_BASE_W PROP_TAG(PT_UNICODE, 0x3711)
#endif
#ifndef PR_ATTACHMENT_HIDDEN
#define PR_ATTACHMENT_HIDDEN PROP_TAG(PT_BOOLEAN, 0x7FFE)
#endif
#ifndef PR_IPM_APPOINTMENT_ENTRYID
#define PR_IPM_APPOINTMENT_ENTRYID PROP_TAG(PT_BINARY, 0x36D0)
#define PR_IPM_CONTACT_ENTRYID PROP_TAG(PT_BINARY, 0x36D1)
#define PR_IPM_JOURNAL_ENTRYID PROP_TAG(PT_BINARY, 0x36D2)
#define PR_IPM_NOTE_ENTRYID PROP_TAG(PT_BINARY, 0x36D3)
#define PR_IPM_TASK_ENTRYID PROP_TAG(PT_BINARY, 0x36D4)
#define PR_IPM_DRAFTS_ENTRYID PROP_TAG(PT_BINARY, 0x36D7)
#endif
#ifndef PR_PROHIBIT_SEND_QUOTA
#define PR_PROHIBIT_RECEIVE_QUOTA PROP_TAG(PT_LONG, 0x666A)   /* kilobytes */
#define PR_PROHIBIT_SEND_QUOTA PROP_TAG(PT_LONG, 0x666E)      /* kilobytes */
#define PR_STORAGE_QUOTA_LIMIT PROP_TAG(PT_LONG, 0x3FF5)      /* kilobytes: the warning limit */
#endif
#ifndef PR_DELETED_MSG_COUNT
#define PR_DELETED_MSG_COUNT PROP_TAG(PT_LONG, 0x6640)
#endif

/* Flags and codes that mingw-w64 lacks. */
#ifndef MAPI_E_PROFILE_DELETED
#define MAPI_E_PROFILE_DELETED MAKE_MAPI_E(0x204)
#endif
#ifndef MAPI_E_STORE_FULL
#define MAPI_E_STORE_FULL MAKE_MAPI_E(0x60C)
#endif
#ifndef MAPI_E_RECONNECTED
#define MAPI_E_RECONNECTED MAKE_MAPI_E(0x125)
#define MAPI_E_OFFLINE MAKE_MAPI_E(0x126)
#endif
#ifndef MDB_ONLINE
#define MDB_ONLINE ((ULONG)0x00000100)
#endif
#ifndef MAPI_BG_SESSION
#define MAPI_BG_SESSION ((ULONG)0x00200000)
#endif
#ifndef MAPI_NO_COINIT
#define MAPI_NO_COINIT 0x00000008
#endif
#ifndef MAPI_NT_SERVICE
#define MAPI_NT_SERVICE 0x00010000
#endif

#endif
