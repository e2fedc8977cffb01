/*
 * security.h: who may call this server.
 *
 * Layer: server/process.
 */
#ifndef SECURITY_H
#define SECURITY_H

#include <windows.h>

/*
 * Security descriptors in SDDL. Access: local calls by the user that the server runs as, SYSTEM and administrators.
 * Launch: any local user may start a server, which then runs as that user. Both: no remote rights at all.
 */
#define SECURITY_ACCESS_SDDL L"O:BAG:BAD:(A;;0x3;;;PS)(A;;0x3;;;SY)(A;;0x3;;;BA)"
#define SECURITY_LAUNCH_SDDL L"O:BAG:BAD:(A;;0xb;;;SY)(A;;0xb;;;BA)(A;;0xb;;;IU)(A;;0xb;;;SU)"

/*
 * Sets COM's security for the process: packet integrity, identification, the AccessPermission of the AppID if an
 * administrator has set one, else SECURITY_ACCESS_SDDL. appid: of the server's class. After CoInitializeEx.
 */
HRESULT security_start(const GUID *appid);

/* The SDDL text as a self-relative descriptor; the caller frees it with LocalFree. */
HRESULT security_from_sddl(const WCHAR *sddl, void **descriptor, ULONG *size);

#endif
