/*
 * profile_tags.h: the properties of profile sections, as Unicode strings, in which form they are kept.
 *
 * Layer: provider, session part. Exchange's headers name them as 8-bit strings; mapi_exchange.h has those.
 */
#ifndef PROVIDER_PROFILE_TAGS_H
#define PROVIDER_PROFILE_TAGS_H

#include "mapi_abi.h"

#define PR_PROFILE_HOME_SERVER_W       PROP_TAG(PT_UNICODE, 0x6602)
#define PR_PROFILE_USER_W              PROP_TAG(PT_UNICODE, 0x6603)
#define PR_PROFILE_UNRESOLVED_NAME_W   PROP_TAG(PT_UNICODE, 0x6607)
#define PR_PROFILE_UNRESOLVED_SERVER_W PROP_TAG(PT_UNICODE, 0x6608)
#define PR_PROFILE_MAILBOX_W           PROP_TAG(PT_UNICODE, 0x660B)
#define PR_PROFILE_SERVER_W            PROP_TAG(PT_UNICODE, 0x660C)
#define PR_PROFILE_HOME_SERVER_DN_W    PROP_TAG(PT_UNICODE, 0x6612)
#define PR_PROFILE_SERVER_DN_W         PROP_TAG(PT_UNICODE, 0x6614)

#ifndef MDB_ONLINE
#define MDB_ONLINE ((ULONG)0x00000100)
#endif

#endif
