/*
 * util_text.c: MAPI's utility functions for hexadecimal text, strings, times and paths.
 *
 * Layer: provider. Strings are 8-bit, as these functions are exported by MAPI on every Windows.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "init.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

SCODE WINAPI ScBinFromHexBounded(LPTSTR text, LPBYTE to, ULONG size)
{
    const char *hex = (const char *)text;
    if (hex == NULL || to == NULL)
        return MAPI_E_INVALID_PARAMETER;
    size_t length = strlen(hex);
    if (length % 2 != 0 || length / 2 > size)
        return MAPI_E_CALL_FAILED;
    for (size_t i = 0; i < length / 2; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return MAPI_E_CALL_FAILED;
        to[i] = (BYTE)(high << 4 | low);
    }
    return S_OK;
}

BOOL WINAPI FBinFromHex(LPTSTR text, LPBYTE to)
{
    return ScBinFromHexBounded(text, to, (ULONG)-1) == S_OK;
}

void WINAPI HexFromBin(LPBYTE from, int count, LPTSTR text)
{
    static const char digits[] = "0123456789ABCDEF";
    char *hex = (char *)text;
    for (int i = 0; i < count; i++) {
        *hex++ = digits[from[i] >> 4];
        *hex++ = digits[from[i] & 15];
    }
    *hex = 0;
}

ULONG WINAPI UlFromSzHex(LPCTSTR text)
{
    const char *hex = (const char *)text;
    ULONG value = 0;
    for (; hex != NULL && hex_digit(*hex) >= 0; hex++)
        value = value << 4 | (ULONG)hex_digit(*hex);
    return value;
}

unsigned int WINAPI UFromSz(LPCTSTR text)
{
    const char *p = (const char *)text;
    unsigned value = 0;
    for (; p != NULL && *p >= '0' && *p <= '9'; p++)
        value = 10 * value + (unsigned)(*p - '0');
    return value;
}

LPTSTR WINAPI SzFindCh(LPCTSTR text, USHORT ch)
{
    return (LPTSTR)strchr((const char *)text, ch);
}

LPTSTR WINAPI SzFindLastCh(LPCTSTR text, USHORT ch)
{
    return (LPTSTR)strrchr((const char *)text, ch);
}

LPTSTR WINAPI SzFindSz(LPCTSTR text, LPCTSTR key)
{
    return (LPTSTR)strstr((const char *)text, (const char *)key);
}

/* ---- entry ids as text ---- */

HRESULT WINAPI HrSzFromEntryID(ULONG cb, LPENTRYID id, LPTSTR *out)
{
    if (out == NULL || id == NULL || cb == 0 || cb > 0x3fffffff)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    SCODE sc = MAPIAllocateBuffer(2 * cb + 1, (void **)out);
    if (sc == S_OK)
        HexFromBin((BYTE *)id, (int)cb, *out);
    return sc;
}

HRESULT WINAPI HrEntryIDFromSz(LPTSTR text, ULONG *cb, LPENTRYID *out)
{
    if (text == NULL || cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    ULONG size = (ULONG)strlen((const char *)text) / 2;
    SCODE sc = MAPIAllocateBuffer(size > 0 ? size : 1, (void **)out);
    if (sc == S_OK && (sc = ScBinFromHexBounded(text, (BYTE *)*out, size)) != S_OK) {
        MAPIFreeBuffer(*out);
        *out = NULL;
    }
    if (sc == S_OK)
        *cb = size;
    return sc;
}

/* ---- times: FILETIMEs as 64-bit numbers ---- */

static FILETIME time_of(uint64_t value)
{
    FILETIME time = {(DWORD)value, (DWORD)(value >> 32)};
    return time;
}

static uint64_t value_of(FILETIME time)
{
    return (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

FILETIME WINAPI FtAddFt(FILETIME a, FILETIME b)
{
    return time_of(value_of(a) + value_of(b));
}

FILETIME WINAPI FtSubFt(FILETIME a, FILETIME b)
{
    return time_of(value_of(a) - value_of(b));
}

FILETIME WINAPI FtNegFt(FILETIME a)
{
    return time_of(0 - value_of(a));
}

FILETIME WINAPI FtMulDw(DWORD factor, FILETIME a)
{
    return time_of(value_of(a) * factor);
}

FILETIME WINAPI FtMulDwDw(DWORD a, DWORD b)
{
    return time_of((uint64_t)a * b);
}

/* ---- paths ---- */

/* "C:\folder" is "\\MACHINE\C$\folder"; a path that is a UNC name already stays as it is. */
SCODE WINAPI ScUNCFromLocalPath(LPSTR local, LPSTR unc, UINT count)
{
    char machine[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD size = sizeof machine;
    if (local == NULL || unc == NULL || count == 0)
        return MAPI_E_INVALID_PARAMETER;
    *unc = 0;
    if (local[0] == '\\' && local[1] == '\\') {
        if (strlen(local) >= count)
            return MAPI_E_TOO_BIG;
        strcpy(unc, local);
        return S_OK;
    }
    if (local[0] == 0 || local[1] != ':' || local[2] != '\\')
        return MAPI_E_INVALID_PARAMETER;
    if (!GetComputerNameA(machine, &size))
        return MAPI_E_CALL_FAILED;
    if (strlen(local) + strlen(machine) + 4 > count)
        return MAPI_E_TOO_BIG;
    wsprintfA(unc, "\\\\%s\\%c$%s", machine, local[0], local + 2);
    return S_OK;
}

SCODE WINAPI ScLocalPathFromUNC(LPSTR unc, LPSTR local, UINT count)
{
    char machine[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD size = sizeof machine;
    if (unc == NULL || local == NULL || count == 0)
        return MAPI_E_INVALID_PARAMETER;
    *local = 0;
    if (unc[0] != '\\' || unc[1] != '\\' || !GetComputerNameA(machine, &size))
        return MAPI_E_INVALID_PARAMETER;
    /* Only an administrative share of this machine has a local path that its name tells. */
    const char *share = strchr(unc + 2, '\\');
    if (share == NULL || (size_t)(share - unc - 2) != strlen(machine) ||
        _strnicmp(unc + 2, machine, strlen(machine)) != 0 || share[1] == 0 || share[2] != '$')
        return MAPI_E_NOT_FOUND;
    if (strlen(share) > count)
        return MAPI_E_TOO_BIG;
    wsprintfA(local, "%c:%s", share[1], share + 3);
    return S_OK;
}

/* ---- conversation index ---- */

#define CONVERSATION_HEADER 22

/* The time of PR_CONVERSATION_INDEX: five bytes after the reserved byte 1, 27 bits of 100 ns units cut off.
 */
SCODE WINAPI ScCreateConversationIndex(ULONG parent_size, LPBYTE parent, ULONG *size, LPBYTE *out)
{
    FILETIME now;
    GUID guid;
    BYTE *index;
    if (size == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *size = 0;
    *out = NULL;
    GetSystemTimeAsFileTime(&now);
    bool reply = parent != NULL && parent_size >= CONVERSATION_HEADER;
    ULONG cb = reply ? parent_size + 5 : CONVERSATION_HEADER;
    SCODE sc = MAPIAllocateBuffer(cb, (void **)&index);
    if (sc != S_OK)
        return sc;
    if (!reply) {
        if (FAILED(CoCreateGuid(&guid))) {
            MAPIFreeBuffer(index);
            return MAPI_E_CALL_FAILED;
        }
        uint64_t time = value_of(now) >> 16;
        index[0] = 1;
        for (int i = 0; i < 5; i++)
            index[1 + i] = (BYTE)(time >> (8 * (4 - i)));
        memcpy(index + 6, &guid, sizeof guid);
    } else {
        /* The child block: difference to the header's time in one of two resolutions, a random number, a
         * level. */
        uint64_t start = 0;
        memcpy(index, parent, parent_size);
        for (int i = 1; i < 6; i++)
            start = start << 8 | parent[i];
        /* The header's time lacks its highest byte, which is that of now. */
        start = start << 16 | (value_of(now) & 0xff00000000000000ull);
        uint64_t delta = value_of(now) > start ? value_of(now) - start : 0;
        bool days = (delta >> 49) != 0;
        uint32_t part = days ? (uint32_t)(delta >> 23) & 0x7fffffff : (uint32_t)(delta >> 18) & 0x7fffffff;
        if (days)
            part |= 0x80000000;
        for (int i = 0; i < 4; i++)
            index[parent_size + i] = (BYTE)(part >> (8 * (3 - i)));
        index[parent_size + 4] = (BYTE)(GetTickCount() << 4);
    }
    *size = cb;
    *out = index;
    return S_OK;
}

/* ---- start and end of the utilities: a thread that uses them alone need not call MAPIInitialize ---- */

SCODE WINAPI ScInitMapiUtil(ULONG flags)
{
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    mapi_thread_adopt(true);
    return S_OK;
}

void WINAPI DeinitMapiUtil(void)
{
    mapi_thread_adopt(false);
}
