/*
 * mapi_session.c: MAPI per thread, logon and logoff, the stores of a session.
 *
 * Layer: MAPI client. Profiles are in mapi_profile.c.
 */
#include "mapi_session.h"

#include "hex.h"
#include "mapi_admin_id.h"
#include "mapi_exchange.h"
#include "mapi_profile.h"
#include "mapi_prop.h"
#include "mapi_store.h"
#include "mapi_table.h"
#include <stdlib.h>
#include <string.h>

/* Whether this process runs as a service (Windows session 0): then MAPI wants MAPI_NT_SERVICE. */
static bool is_service(void)
{
    DWORD session = 1;

    return ProcessIdToSessionId(GetCurrentProcessId(), &session) && session == 0;
}

HRESULT mapi_thread_start(void)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT};
    HRESULT hr = mapi_load();

    if (FAILED(hr))
        return hr;
    if (is_service())
        init.ulFlags |= MAPI_NT_SERVICE;
    hr = mapi.initialize(&init);
    if (hr == MAPI_E_UNKNOWN_FLAGS || hr == MAPI_E_INVALID_PARAMETER) { /* before Outlook 2003: no MAPI_NO_COINIT */
        init.ulFlags &= ~(ULONG)MAPI_NO_COINIT;
        hr = mapi.initialize(&init);
    }
    return hr;
}

void mapi_thread_stop(void)
{
    if (mapi.uninitialize)
        mapi.uninitialize();
}

static ULONG logon_flags(const struct mapi_logon *logon)
{
    ULONG flags = MAPI_EXTENDED;

    if (logon->new_session)
        flags |= MAPI_NEW_SESSION;
    else
        flags |= MAPI_ALLOW_OTHERS;
    if (logon->show_dialog)
        flags |= MAPI_LOGON_UI;
    if (logon->no_mail)
        flags |= MAPI_NO_MAIL;
    if (logon->profile && logon->profile[0])
        flags |= MAPI_EXPLICIT_PROFILE;
    else if (!logon->show_dialog)
        flags |= MAPI_USE_DEFAULT;
    if (is_service())
        flags |= MAPI_NT_SERVICE;
    return flags;
}

static HRESULT logon_unicode_or_ansi(const struct mapi_logon *logon, ULONG flags, IMAPISession **out)
{
    WCHAR *profile = logon->profile && logon->profile[0] ? (WCHAR *)logon->profile : NULL;
    WCHAR *password = logon->password && logon->password[0] ? (WCHAR *)logon->password : NULL;
    char *profile_a = NULL, *password_a = NULL;
    HRESULT hr = mapi.logon_ex(logon->window, profile, password, flags | MAPI_UNICODE, out);

    if (hr != MAPI_E_BAD_CHARWIDTH && hr != MAPI_E_UNKNOWN_FLAGS)
        return hr;
    profile_a = profile_ansi(profile);
    password_a = profile_ansi(password);
    if ((profile && !profile_a) || (password && !password_a))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
        hr = mapi.logon_ex(logon->window, (LPTSTR)profile_a, (LPTSTR)password_a, flags, out);
    if (password_a)
        SecureZeroMemory(password_a, strlen(password_a));
    free(profile_a);
    free(password_a);
    return hr;
}

/* The profile's name as the session's own row of the status table shows it; "" if it does not. */
static WCHAR *read_profile_name(IMAPISession *session)
{
    enum { COL_TYPE, COL_NAME, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT, {PR_RESOURCE_TYPE, PR_DISPLAY_NAME_W}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    WCHAR *name = NULL;

    if (SUCCEEDED(session->lpVtbl->GetStatusTable(session, 0, &table)) &&
        SUCCEEDED(mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows))) {
        for (ULONG i = 0; i < rows->cRows && !name; i++) {
            const SPropValue *row = rows->aRow[i].lpProps;
            if (PROP_TYPE(row[COL_TYPE].ulPropTag) == PT_LONG && row[COL_TYPE].Value.l == MAPI_SUBSYSTEM)
                name = wide_copy(mapi_prop_text(row, COL_COUNT, PR_DISPLAY_NAME_W));
        }
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return name ? name : wide_copy(L"");
}

HRESULT mapi_session_logon(const struct mapi_logon *logon, struct mapi_session **out)
{
    struct mapi_session *session;
    HRESULT hr;

    *out = NULL;
    if (!mapi.logon_ex)
        return MAPI_E_NOT_INITIALIZED;
    session = calloc(1, sizeof *session);
    if (!session)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = logon_unicode_or_ansi(logon, logon_flags(logon), &session->session);
    if (SUCCEEDED(hr)) {
        session->profile = read_profile_name(session->session);
        if (session->profile && !session->profile[0] && logon->profile && logon->profile[0]) {
            free(session->profile);
            session->profile = wide_copy(logon->profile);
        }
        if (!session->profile)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr)) {
        mapi_session_logoff(session);
        return hr;
    }
    *out = session;
    return S_OK;
}

HRESULT mapi_session_logon_exchange(const WCHAR *server, const WCHAR *mailbox, ULONG connect_flags,
                                    const struct mapi_logon *logon, struct mapi_session **out)
{
    struct mapi_logon own = *logon;
    WCHAR *name = NULL;
    HRESULT hr;

    *out = NULL;
    if (!mapi.logon_ex)
        return MAPI_E_NOT_INITIALIZED;
    mapi_profiles_tidy();
    hr = profile_create_exchange(server, mailbox, connect_flags, &name);
    if (FAILED(hr))
        return hr;
    own.profile = name;
    own.password = NULL;
    own.new_session = true;
    hr = mapi_session_logon(&own, out);
    if (FAILED(hr)) {
        profile_delete(name);
    } else {
        (*out)->temporary = true;
        free((*out)->profile);
        (*out)->profile = name;
        name = NULL;
    }
    free(name);
    return hr;
}

void mapi_session_logoff(struct mapi_session *session)
{
    if (!session)
        return;
    if (!session->book_is_newer)
        mapi_store_release(session->default_store);
    if (session->address_book)
        session->address_book->lpVtbl->Release(session->address_book);
    if (session->book_is_newer)
        mapi_store_release(session->default_store);
    if (session->session) {
        session->session->lpVtbl->Logoff(session->session, 0, 0, 0);
        session->session->lpVtbl->Release(session->session);
    }
    if (session->temporary)
        profile_delete(session->profile);
    mapi_admin_mark_free(session->admin_mark);
    free(session->profile);
    free(session);
}

HRESULT mapi_session_address_book(struct mapi_session *session, IAddrBook **out)
{
    HRESULT hr = S_OK;

    *out = NULL;
    if (!session->address_book) {
        hr = session->session->lpVtbl->OpenAddressBook(session->session, 0, NULL, AB_NO_DIALOG,
                                                       &session->address_book);
        if (FAILED(hr))
            session->address_book = NULL;
        session->book_is_newer = session->default_store != NULL;
    }
    *out = session->address_book;
    return FAILED(hr) ? hr : S_OK;
}

enum { STORE_ID, STORE_NAME, STORE_DEFAULT, STORE_PROVIDER_NAME, STORE_PROVIDER, STORE_FLAGS, STORE_COLUMNS };

static HRESULT copy_store_row(const SRow *row, void *parent, struct mapi_store_row *out)
{
    const SPropValue *values = row->lpProps;
    const WCHAR *name = mapi_prop_text(values, row->cValues, PR_DISPLAY_NAME_W);
    const WCHAR *provider = mapi_prop_text(values, row->cValues, PR_PROVIDER_DISPLAY_W);
    size_t name_size = (wide_length(name) + 1) * sizeof(WCHAR);
    size_t provider_size = (wide_length(provider) + 1) * sizeof(WCHAR);
    HRESULT hr = mapi_allocate(name_size, parent, &out->name);

    if (SUCCEEDED(hr))
        hr = mapi_allocate(provider_size, parent, &out->provider);
    if (SUCCEEDED(hr))
        hr = mapi_allocate(values[STORE_ID].Value.bin.cb, parent, &out->id.lpb);
    if (FAILED(hr))
        return hr;
    memcpy(out->name, name, name_size);
    memcpy(out->provider, provider, provider_size);
    out->id.cb = values[STORE_ID].Value.bin.cb;
    memcpy(out->id.lpb, values[STORE_ID].Value.bin.lpb, out->id.cb);
    out->is_default = PROP_TYPE(values[STORE_DEFAULT].ulPropTag) == PT_BOOLEAN && values[STORE_DEFAULT].Value.b;
    if (PROP_TYPE(values[STORE_PROVIDER].ulPropTag) == PT_BINARY &&
        values[STORE_PROVIDER].Value.bin.cb == sizeof(MAPIUID))
        memcpy(&out->provider_uid, values[STORE_PROVIDER].Value.bin.lpb, sizeof(MAPIUID));
    if (PROP_TYPE(values[STORE_FLAGS].ulPropTag) == PT_LONG)
        out->resource_flags = values[STORE_FLAGS].Value.ul;
    return S_OK;
}

HRESULT mapi_session_stores(struct mapi_session *session, struct mapi_store_list **out)
{
    SizedSPropTagArray(STORE_COLUMNS, columns) = {STORE_COLUMNS,
                                                  {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_DEFAULT_STORE,
                                                   PR_PROVIDER_DISPLAY_W, PR_MDB_PROVIDER, PR_RESOURCE_FLAGS}};
    struct mapi_store_list *list = NULL;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr;

    *out = NULL;
    hr = session->session->lpVtbl->GetMsgStoresTable(session->session, MAPI_UNICODE, &table);
    if (hr == MAPI_E_BAD_CHARWIDTH)
        hr = session->session->lpVtbl->GetMsgStoresTable(session->session, 0, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    if (SUCCEEDED(hr))
        hr = mapi_allocate(sizeof *list + rows->cRows * sizeof list->rows[0], NULL, &list);
    if (SUCCEEDED(hr))
        memset(list, 0, sizeof *list + rows->cRows * sizeof list->rows[0]);
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        if (PROP_TYPE(rows->aRow[i].lpProps[STORE_ID].ulPropTag) != PT_BINARY)
            continue;
        hr = copy_store_row(&rows->aRow[i], list, &list->rows[list->count]);
        if (SUCCEEDED(hr))
            list->count++;
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    if (FAILED(hr)) {
        mapi_free(list);
        return hr;
    }
    *out = list;
    return S_OK;
}

void mapi_session_free_stores(struct mapi_store_list *list)
{
    mapi_free(list);
}

HRESULT mapi_session_open_store(struct mapi_session *session, const SBinary *id, ULONG flags, IMsgStore **out)
{
    IMAPISession *mapi_session = session->session;
    HRESULT hr;

    *out = NULL;
    flags |= MDB_NO_DIALOG | MAPI_BEST_ACCESS;
    hr = mapi_session->lpVtbl->OpenMsgStore(mapi_session, 0, id->cb, (ENTRYID *)id->lpb, NULL, flags, out);
    if (hr == MAPI_E_UNKNOWN_FLAGS && (flags & MDB_ONLINE)) {
        flags &= ~MDB_ONLINE;
        hr = mapi_session->lpVtbl->OpenMsgStore(mapi_session, 0, id->cb, (ENTRYID *)id->lpb, NULL, flags, out);
    }
    if (FAILED(hr))
        *out = NULL;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT mapi_session_open_default_store(struct mapi_session *session, ULONG flags, IMsgStore **out)
{
    struct mapi_store_list *stores = NULL;
    HRESULT hr = mapi_session_stores(session, &stores);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    hr = MAPI_E_NOT_FOUND;
    for (ULONG i = 0; i < stores->count; i++)
        if (stores->rows[i].is_default) {
            hr = mapi_session_open_store(session, &stores->rows[i].id, flags, out);
            break;
        }
    mapi_session_free_stores(stores);
    return hr;
}

void mapi_store_close(IMsgStore *store)
{
    ULONG flags = LOGOFF_NO_WAIT;

    if (!store)
        return;
    store->lpVtbl->StoreLogoff(store, &flags);
    store->lpVtbl->Release(store);
}

HRESULT mapi_open_entry(IMAPISession *session, const SBinary *id, ULONG flags, ULONG *type, IUnknown **out)
{
    ULONG own_type = 0;
    HRESULT hr;

    *out = NULL;
    hr = session->lpVtbl->OpenEntry(session, id->cb, (ENTRYID *)id->lpb, NULL, flags, &own_type, out);
    if (FAILED(hr))
        *out = NULL;
    if (type)
        *type = own_type;
    return FAILED(hr) ? hr : S_OK;
}

WCHAR *mapi_last_error_text(IMAPIProp *object, HRESULT hr)
{
    MAPIERROR *error = NULL;
    WCHAR *text = NULL;

    if (SUCCEEDED(object->lpVtbl->GetLastError(object, hr, MAPI_UNICODE, &error)) && error && error->lpszError &&
        error->lpszError[0])
        text = wide_copy((const WCHAR *)error->lpszError);
    mapi_free(error);
    return text;
}
