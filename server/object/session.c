/*
 * session.c: the Session object: logon, logoff, profiles.
 *
 * Layer: server/object. Before Logon every member but those that need no MAPI session answers MAPI_E_NOT_INITIALIZED, as
 * in CDO; after Logoff the object can log on again.
 */
#include "session.h"
#include "cdo_dispid.h"
#include "event_sinks.h"
#include "mapi_profile.h"
#include "session_workers.h"
#include "variant.h"

#include <stdlib.h>
#include <wchar.h>

static ULONG connect_flags; /* CONNECT_ bits that every logon adds */

void session_set_connect_flags(ULONG flags)
{
    connect_flags = flags;
}

struct session *session_from(IMhSession *iface)
{
    return CONTAINING_RECORD(iface, struct session, base);
}

struct session *session_of(struct auto_object *object)
{
    return (struct session *)auto_ancestor(object, &session_class);
}

WCHAR *session_explain(struct auto_object *object, HRESULT hr)
{
    struct auto_object *root = auto_root(object);
    struct session *self = root->class == &session_class ? (struct session *)root : NULL;

    if (self && hr == MAPI_E_FAILONEPROVIDER)
        return session_workers_full_text(self);
    return self && self->mapi ? mapi_last_error_text((IMAPIProp *)self->mapi->session, hr) : NULL;
}

HRESULT session_require(struct session *self)
{
    if (self->mapi)
        return S_OK;
    return auto_fail(&self->base, MAPI_E_NOT_INITIALIZED, L"the session is not logged on. Call Session.Logon first.");
}

HRESULT session_start_mapi(struct session *self)
{
    WCHAR text[512];
    HRESULT hr;

    if (self->mapi_started)
        return S_OK;
    hr = mapi_thread_start();
    if (SUCCEEDED(hr)) {
        self->mapi_started = true;
        return S_OK;
    }
    if (mapi_load_search()->loaded)
        return auto_fail(&self->base, hr, L"MAPI was found but cannot be initialised");
    mapi_load_error_text(text, ARRAYSIZE(text));
    return auto_fail(&self->base, hr, L"%ls", text);
}

static void forget_password(struct session *self)
{
    if (self->password)
        SecureZeroMemory(self->password, wcslen(self->password) * sizeof *self->password);
    free(self->password);
    self->password = NULL;
}

void session_end(struct session *self)
{
    event_sinks_pause(&self->base);
    auto_close_children(&self->base);
    session_workers_close(self);
    mapi_session_logoff(self->mapi);
    self->mapi = NULL;
    forget_password(self);
}

HRESULT session_log_on(struct session *self, const struct mapi_logon *logon)
{
    HRESULT hr = session_start_mapi(self);

    if (SUCCEEDED(hr) && logon->password && !(self->password = _wcsdup(logon->password)))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr) && connect_flags)
        profile_add_connect_flags(logon->profile, connect_flags); /* a profile without Exchange has none */
    if (SUCCEEDED(hr))
        hr = mapi_session_logon(logon, &self->mapi);
    if (SUCCEEDED(hr))
        event_sinks_resume(&self->base);
    else
        forget_password(self);
    return hr;
}

/* ---- logon --------------------------------------------------------------------------------------------------- */

static HRESULT require_logged_off(struct session *self)
{
    if (!self->mapi)
        return S_OK;
    return auto_fail(&self->base, MAPI_E_CALL_FAILED,
                     L"the session is already logged on with the profile \"%ls\". Call Session.Logoff first.",
                     self->mapi->profile);
}

/* The arguments of Logon as texts; freed by the caller. */
struct logon_texts {
    BSTR profile, password, info;
};

static HRESULT read_logon(const VARIANT *profile, const VARIANT *password, const VARIANT *info,
                          struct logon_texts *texts)
{
    HRESULT hr = variant_get_bstr(profile, &texts->profile);

    if (SUCCEEDED(hr))
        hr = variant_get_bstr(password, &texts->password);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(info, &texts->info);
    return hr;
}

/* CDO's ProfileInfo: server, line feed, mailbox. */
static HRESULT logon_by_info(struct session *self, BSTR info, const struct mapi_logon *logon)
{
    WCHAR *feed = wcschr(info, '\n'), *mailbox;
    size_t length = feed ? (size_t)(feed - info) : 0;

    if (!feed || !length || !feed[1] || wcschr(feed + 1, '\n'))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                         L"ProfileInfo must be a server name, a line feed and a mailbox name");
    if (info[length - 1] == '\r')
        length--;
    info[length] = 0;
    mailbox = feed + 1;
    return mapi_session_logon_exchange(info, mailbox, connect_flags, logon, &self->mapi);
}

static HRESULT STDMETHODCALLTYPE session_Logon(IMhSession *iface, VARIANT profile, VARIANT password,
                                               VARIANT show_dialog, VARIANT new_session, VARIANT window,
                                               VARIANT no_mail, VARIANT info)
{
    struct session *self = session_from(iface);
    struct mapi_logon logon = {.show_dialog = false};
    struct logon_texts texts = {NULL, NULL, NULL};
    struct auto_call call;
    LONG parent = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &profile);
    if (SUCCEEDED(hr))
        hr = require_logged_off(self);
    if (SUCCEEDED(hr))
        hr = read_logon(&profile, &password, &info, &texts);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&show_dialog, false, &logon.show_dialog);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&new_session, true, &logon.new_session);
    if (SUCCEEDED(hr))
        hr = variant_blank(&window) ? S_OK : variant_get_long(&window, 0, &parent);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&no_mail, false, &logon.no_mail);
    if (SUCCEEDED(hr))
        hr = session_start_mapi(self);
    if (SUCCEEDED(hr)) {
        logon.profile = texts.profile;
        logon.password = texts.password;
        /* CDO: 1 stands for the active window. */
        logon.window = parent == 1 ? (ULONG_PTR)GetForegroundWindow() : (ULONG_PTR)(ULONG)parent;
        hr = SysStringLen(texts.info) ? logon_by_info(self, texts.info, &logon)
                                      : session_log_on(self, &logon);
    }
    SysFreeString(texts.profile);
    SysFreeString(texts.password);
    SysFreeString(texts.info);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE session_LogonExchangeMailbox(IMhSession *iface, VARIANT user, VARIANT server)
{
    struct session *self = session_from(iface);
    struct mapi_logon logon = {.new_session = true};
    BSTR mailbox = NULL, host = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &user);
    auto_arg_variant(&call, &server);
    if (SUCCEEDED(hr))
        hr = require_logged_off(self);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&user, &mailbox);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&server, &host);
    if (SUCCEEDED(hr) && (!SysStringLen(mailbox) || !SysStringLen(host)))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the user or the server is empty");
    if (SUCCEEDED(hr))
        hr = session_start_mapi(self);
    if (SUCCEEDED(hr))
        hr = mapi_session_logon_exchange(host, mailbox, connect_flags, &logon, &self->mapi);
    SysFreeString(mailbox);
    SysFreeString(host);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE session_Logoff(IMhSession *iface)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        session_end(self);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE session_CloseAll(IMhSession *iface)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        auto_close_children(&self->base);
    return auto_leave(&call, hr);
}

/* ---- what it is logged on with -------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE session_get_LoggedOn(IMhSession *iface, VARIANT_BOOL *value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) && self->mapi ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT get_profile_name(struct session *self, const char *function, BSTR *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr) && !(*value = SysAllocString(self->mapi->profile)))
        hr = E_OUTOFMEMORY;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE session_get_Name(IMhSession *iface, BSTR *value)
{
    return get_profile_name(session_from(iface), __func__, value);
}

static HRESULT STDMETHODCALLTYPE session_get_ProfileName(IMhSession *iface, BSTR *value)
{
    return get_profile_name(session_from(iface), __func__, value);
}

static HRESULT profiles_to_array(const struct mapi_profile_list *list, VARIANT *value)
{
    SAFEARRAY *array = variant_vector(list->count);
    HRESULT hr = array ? S_OK : E_OUTOFMEMORY;
    VARIANT name;
    LONG i;

    for (i = 0; SUCCEEDED(hr) && i < (LONG)list->count; i++) {
        hr = variant_set_bstr(&name, list->rows[i].name);
        if (SUCCEEDED(hr))
            hr = SafeArrayPutElement(array, &i, &name);
        VariantClear(&name);
    }
    if (SUCCEEDED(hr))
        variant_set_array(value, VT_VARIANT, array);
    else if (array)
        SafeArrayDestroy(array);
    return hr;
}

static HRESULT STDMETHODCALLTYPE session_get_Profiles(IMhSession *iface, VARIANT *value)
{
    struct session *self = session_from(iface);
    struct mapi_profile_list *list = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = session_start_mapi(self);
    if (SUCCEEDED(hr))
        hr = mapi_profiles_list(&list);
    if (SUCCEEDED(hr))
        hr = profiles_to_array(list, value);
    mapi_profiles_free(list);
    return auto_leave(&call, hr);
}

/* ---- the class ------------------------------------------------------------------------------------------------ */

static void session_close(struct auto_object *object)
{
    struct session *self = (struct session *)object;

    session_end(self);
    session_options_clear(self);
    if (self->mapi_started)
        mapi_thread_stop();
    self->mapi_started = false;
}

static void session_destroy(struct auto_object *object)
{
    struct session *self = (struct session *)object;

    if (self->alias)
        IMhSessionLink_Release(self->alias);
}

static const WCHAR *session_label(struct auto_object *object)
{
    struct session *self = (struct session *)object;

    return self->mapi ? self->mapi->profile : NULL;
}

static const IMhSessionVtbl session_vtbl = {
    AUTO_HEAD,
    .Logon = session_Logon,
    .Logoff = session_Logoff,
    .get_Name = session_get_Name,
    .get_Version = session_get_Version,
    .get_OperatingSystem = session_get_OperatingSystem,
    .GetOption = session_GetOption,
    .SetOption = session_SetOption,
    .SetLocaleIDs = session_SetLocaleIDs,
    .CompareIDs = session_CompareIDs,
    .CreateConversationIndex = session_CreateConversationIndex,
    .get_LoggedOn = session_get_LoggedOn,
    .get_ProfileName = session_get_ProfileName,
    .get_Profiles = session_get_Profiles,
    .LogonExchangeMailbox = session_LogonExchangeMailbox,
    .get_CurrentUser = session_get_CurrentUser,
    .get_Inbox = session_get_Inbox,
    .get_Outbox = session_get_Outbox,
    .get_InfoStores = session_get_InfoStores,
    .get_AddressLists = session_get_AddressLists,
    .GetInfoStore = session_GetInfoStore,
    .GetFolder = session_GetFolder,
    .GetMessage = session_GetMessage,
    .GetDefaultFolder = session_GetDefaultFolder,
    .GetAddressEntry = session_GetAddressEntry,
    .GetAddressList = session_GetAddressList,
    .GetArticle = session_GetArticle,
    .DeliverNow = session_DeliverNow,
    .AddressBook = session_AddressBook,
    .get_OutOfOffice = session_get_OutOfOffice,
    .put_OutOfOffice = session_put_OutOfOffice,
    .get_OutOfOfficeText = session_get_OutOfOfficeText,
    .put_OutOfOfficeText = session_put_OutOfOfficeText,
    .get_Mailboxes = session_get_Mailboxes,
    .OpenMailbox = session_OpenMailbox,
    .get_Diagnostics = session_get_Diagnostics,
    .CloseAll = session_CloseAll,
    .Subscribe = session_Subscribe,
};

const struct auto_class session_class = {
    .name = L"Session",
    .kind = CdoSession,
    .iid = &IID_IMhSession,
    .coclass = &CLSID_Session,
    .events = &DIID__IMhEvents,
    .size = sizeof(struct session),
    .vtbl = &session_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = session_close,
    .destroy = session_destroy,
    .label = session_label,
};

HRESULT session_make(struct auto_object **out)
{
    return auto_create(&session_class, NULL, out);
}
