/*
 * security.c: who may call this server.
 *
 * Layer: server/process. COM wants an absolute descriptor with owner and group. PS (principal self) means the identity
 * of the server in COM's access checks, but not everywhere, so the process token's user is named as well.
 * Limits: Wine ignores all of this.
 */
#include "security.h"

#include <objbase.h>
#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

HRESULT security_from_sddl(const WCHAR *sddl, void **descriptor, ULONG *size)
{
    PSECURITY_DESCRIPTOR made = NULL;

    *descriptor = NULL;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &made, size))
        return HRESULT_FROM_WIN32(GetLastError());
    *descriptor = made;
    return S_OK;
}

/* The SID of the process's user as text, for SDDL; the caller frees it with LocalFree. */
static WCHAR *own_sid(void)
{
    union {
        TOKEN_USER user;
        BYTE room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } buffer;
    WCHAR *text = NULL;
    HANDLE token;
    DWORD size;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return NULL;
    if (GetTokenInformation(token, TokenUser, &buffer, sizeof buffer, &size))
        ConvertSidToStringSidW(buffer.user.User.Sid, &text);
    CloseHandle(token);
    return text;
}

/* What an administrator has set for the AppID, or NULL; the caller frees it with LocalFree. */
static void *configured_access(const GUID *appid)
{
    WCHAR key[64] = L"AppID\\";
    DWORD size = 0;
    void *value;

    StringFromGUID2(appid, key + 6, 58);
    if (RegGetValueW(HKEY_CLASSES_ROOT, key, L"AccessPermission", RRF_RT_REG_BINARY, NULL, NULL, &size) || !size)
        return NULL;
    value = LocalAlloc(LMEM_FIXED, size);
    if (value && RegGetValueW(HKEY_CLASSES_ROOT, key, L"AccessPermission", RRF_RT_REG_BINARY, NULL, value, &size)) {
        LocalFree(value);
        value = NULL;
    }
    return value;
}

static HRESULT default_access(void **descriptor)
{
    WCHAR sddl[256], *sid = own_sid();
    ULONG size;
    HRESULT hr;

    wcscpy(sddl, SECURITY_ACCESS_SDDL);
    if (sid)
        _snwprintf(sddl + wcslen(sddl), ARRAYSIZE(sddl) - wcslen(sddl), L"(A;;0x3;;;%ls)", sid);
    hr = security_from_sddl(sddl, descriptor, &size);
    LocalFree(sid);
    return hr;
}

/* The parts of an absolute descriptor. */
struct absolute {
    SECURITY_DESCRIPTOR *descriptor;
    ACL *dacl, *sacl;
    SID *owner, *group;
};

static void absolute_free(struct absolute *absolute)
{
    free(absolute->descriptor);
    free(absolute->dacl);
    free(absolute->sacl);
    free(absolute->owner);
    free(absolute->group);
}

static HRESULT absolute_make(void *relative, struct absolute *out)
{
    DWORD size = 0, dacl = 0, sacl = 0, owner = 0, group = 0;

    memset(out, 0, sizeof *out);
    MakeAbsoluteSD(relative, NULL, &size, NULL, &dacl, NULL, &sacl, NULL, &owner, NULL, &group);
    out->descriptor = calloc(1, size + 1);
    out->dacl = calloc(1, dacl + 1);
    out->sacl = calloc(1, sacl + 1);
    out->owner = calloc(1, owner + 1);
    out->group = calloc(1, group + 1);
    if (!out->descriptor || !out->dacl || !out->sacl || !out->owner || !out->group)
        return E_OUTOFMEMORY;
    if (!MakeAbsoluteSD(relative, out->descriptor, &size, out->dacl, &dacl, out->sacl, &sacl, out->owner, &owner,
                        out->group, &group))
        return HRESULT_FROM_WIN32(GetLastError());
    return S_OK;
}

HRESULT security_start(const GUID *appid)
{
    void *relative = configured_access(appid);
    struct absolute absolute = {0};
    HRESULT hr = relative ? S_OK : default_access(&relative);

    if (SUCCEEDED(hr))
        hr = absolute_make(relative, &absolute);
    if (SUCCEEDED(hr))
        hr = CoInitializeSecurity(absolute.descriptor, -1, NULL, NULL, RPC_C_AUTHN_LEVEL_PKT_INTEGRITY,
                                  RPC_C_IMP_LEVEL_IDENTIFY, NULL, EOAC_NONE, NULL);
    LocalFree(relative);
    absolute_free(&absolute);
    return hr;
}
