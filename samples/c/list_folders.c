/*
 * list_folders.c: prints the folders of a mailbox with their sizes, in C by vtable: the same calls as VB6 makes early bound.
 *
 * Usage: list_folders [profile]
 * Build, with MinGW-w64: widl makes mapihost.h and mapihost_i.c from idl/mapihost.idl (`make` leaves them in build/gen), then
 *   x86_64-w64-mingw32-gcc -Ibuild/gen samples/c/list_folders.c build/gen/mapihost_i.c -o list_folders.exe -lole32 -loleaut32 -luuid
 * `make samples` does the same. With Visual C++, midl makes the header, or use #import in C++.
 *
 * Every object is released here, as C programs do; the server also cleans up after a program that dies.
 */
#define COBJMACROS
#include <windows.h>
#include <oleauto.h>
#include <stdio.h>
#include "mapihost.h"

/* An optional argument that is left out. */
static VARIANT none(void)
{
    VARIANT value;

    VariantInit(&value);
    V_VT(&value) = VT_ERROR;
    V_ERROR(&value) = DISP_E_PARAMNOTFOUND;
    return value;
}

static VARIANT text(const WCHAR *string)
{
    VARIANT value;

    VariantInit(&value);
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(string);
    return value;
}

static VARIANT truth(BOOL is)
{
    VARIANT value;

    VariantInit(&value);
    V_VT(&value) = VT_BOOL;
    V_BOOL(&value) = is ? VARIANT_TRUE : VARIANT_FALSE;
    return value;
}

/* What went wrong: the server's text where there is one, the number anyway. */
static void print_error(const char *what, HRESULT hr)
{
    IErrorInfo *info = NULL;
    BSTR description = NULL;

    if (GetErrorInfo(0, &info) == S_OK) {
        IErrorInfo_GetDescription(info, &description);
        IErrorInfo_Release(info);
    }
    fprintf(stderr, "%s: 0x%08lX %ls\n", what, (unsigned long)hr, description ? description : L"");
    SysFreeString(description);
}

/* Prints this folder and those below it. */
static HRESULT list(IMhFolder *folder, int depth)
{
    IMhFolders *children = NULL;
    IMhFolder *child = NULL;
    BSTR name = NULL;
    LONG count = 0;
    HRESULT hr;

    hr = IMhFolder_get_Name(folder, &name);
    if (SUCCEEDED(hr))
        hr = IMhFolder_get_Count(folder, &count);
    if (SUCCEEDED(hr))
        printf("%8ld  %*s%ls\n", (long)count, depth * 2, "", name);
    if (SUCCEEDED(hr))
        hr = IMhFolder_get_Folders(folder, &children);
    if (SUCCEEDED(hr))
        hr = IMhFolders_GetFirst(children, &child);
    while (SUCCEEDED(hr) && child) {
        hr = list(child, depth + 1);
        IMhFolder_Release(child);
        child = NULL;
        if (SUCCEEDED(hr))
            hr = IMhFolders_GetNext(children, &child);
    }
    SysFreeString(name);
    if (children)
        IMhFolders_Release(children);
    return hr;
}

/* Logs on and lists the default store's folders. */
static HRESULT run(IMhSession *session, const WCHAR *profile)
{
    VARIANT name = text(profile);
    IMhInfoStore *store = NULL;
    IMhFolder *root = NULL;
    HRESULT hr;

    hr = IMhSession_Logon(session, name, none(), truth(FALSE), truth(TRUE), none(), none(), none());
    /* Without an id: the default store. */
    if (SUCCEEDED(hr))
        hr = IMhSession_GetInfoStore(session, none(), &store);
    if (SUCCEEDED(hr))
        hr = IMhInfoStore_get_RootFolder(store, &root);
    if (SUCCEEDED(hr))
        hr = list(root, 0);
    if (root)
        IMhFolder_Release(root);
    if (store)
        IMhInfoStore_Release(store);
    VariantClear(&name);
    if (SUCCEEDED(hr))
        hr = IMhSession_Logoff(session);
    return hr;
}

int main(int argc, char **argv)
{
    WCHAR profile[256] = L"";
    IMhSession *session = NULL;
    HRESULT hr;

    if (argc > 1)
        MultiByteToWideChar(CP_ACP, 0, argv[1], -1, profile, ARRAYSIZE(profile));
    hr = CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    if (SUCCEEDED(hr)) {
        hr = CoCreateInstance(&CLSID_Session, NULL, CLSCTX_LOCAL_SERVER, &IID_IMhSession, (void **)&session);
        if (SUCCEEDED(hr))
            hr = run(session, profile);
        if (FAILED(hr))
            print_error("list_folders", hr);
        if (session)
            IMhSession_Release(session);
        CoUninitialize();
    }
    return SUCCEEDED(hr) ? 0 : 1;
}
