/*
 * attachments.c: the Attachments collection.
 *
 * Layer: server/object.
 */
#include "attachments.h"

#include "auto_enum.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "object_util.h"
#include <stdlib.h>
#include <string.h>

static struct attachments *attachments_from(IMhAttachments *iface)
{
    return (struct attachments *)iface;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

HRESULT attachment_row_open(struct attachment_row *row)
{
    IMessage *message;
    HRESULT hr;

    if (row->attach)
        return S_OK;
    if (!row->owner)
        return MAPI_E_OBJECT_DELETED;
    message = row->owner->message;
    hr = message->lpVtbl->OpenAttach(message, row->number, NULL, MAPI_BEST_ACCESS, &row->attach);
    if (hr == MAPI_E_NO_ACCESS)
        hr = message->lpVtbl->OpenAttach(message, row->number, NULL, 0, &row->attach);
    return hr;
}

HRESULT attachment_row_save(struct attachment_row *row)
{
    HRESULT hr = S_OK;

    if (row->attach && row->touched) {
        hr = mapi_prop_save(MAPI_PROP(row->attach));
        if (SUCCEEDED(hr))
            row->touched = false;
    }
    return hr;
}

static void close_attach(struct attachment_row *row)
{
    attachment_row_save(row);
    if (row->attach)
        row->attach->lpVtbl->Release(row->attach);
    row->attach = NULL;
}

void attachment_row_release(struct attachment_row *row)
{
    if (!row)
        return;
    if (--row->refs == 1 && row->owner) {
        close_attach(row); /* only the collection is left */
    } else if (!row->refs) {
        close_attach(row);
        SysFreeString(row->source);
        free(row);
    }
}

static HRESULT append(struct attachments *self, ULONG number, struct attachment_row **out)
{
    struct attachment_row **rows = realloc(self->rows, (self->count + 1) * sizeof *rows);
    struct attachment_row *row = calloc(1, sizeof *row);

    if (rows)
        self->rows = rows;
    if (!rows || !row) {
        free(row);
        return E_OUTOFMEMORY;
    }
    row->owner = self;
    row->number = number;
    row->refs = 1;
    self->rows[self->count++] = row;
    if (out)
        *out = row;
    return S_OK;
}

/* Takes a row out of the array; drop: its changes are not saved, because the attachment is gone. */
static void detach(struct attachments *self, LONG index, bool drop)
{
    struct attachment_row *row = self->rows[index];

    memmove(self->rows + index, self->rows + index + 1, (self->count - index - 1) * sizeof *self->rows);
    self->count--;
    if (drop)
        row->touched = false;
    close_attach(row);
    row->owner = NULL;
    attachment_row_release(row);
}

static HRESULT load(struct attachments *self)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ATTACH_NUM}};
    static const SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_ATTACH_NUM, TABLE_SORT_ASCEND}}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = self->message->lpVtbl->GetAttachmentTable(self->message, MAPI_UNICODE, &table);

    if (SUCCEEDED(hr)) {
        table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0); /* one that cannot be sorted is in that order */
        hr = mapi_table_query(table, (const SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    }
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
        hr = append(self, (ULONG)rows->aRow[i].lpProps[0].Value.l, NULL);
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT attachments_get(struct auto_object *parent, IMessage *message, struct attachments **out)
{
    struct attachments *self = (struct attachments *)auto_find_child(parent, &attachments_class);
    HRESULT hr = S_OK;

    *out = NULL;
    if (!self) {
        hr = auto_create(&attachments_class, parent, &self);
        if (SUCCEEDED(hr)) {
            self->message = message;
            message->lpVtbl->AddRef(message);
            hr = load(self);
        }
    }
    if (SUCCEEDED(hr))
        *out = self;
    else
        auto_release(&self->base);
    return hr;
}

HRESULT attachments_flush(struct auto_object *parent)
{
    struct attachments *self = (struct attachments *)auto_find_child(parent, &attachments_class);
    HRESULT hr = S_OK;

    for (LONG i = 0; self && SUCCEEDED(hr) && i < self->count; i++)
        hr = attachment_row_save(self->rows[i]);
    if (self)
        auto_release(&self->base);
    return hr;
}

HRESULT attachments_remove(struct attachments *self, struct attachment_row *row)
{
    HRESULT hr = self->message->lpVtbl->DeleteAttach(self->message, row->number, 0, NULL, 0);

    for (LONG i = 0; SUCCEEDED(hr) && i < self->count; i++)
        if (self->rows[i] == row) {
            detach(self, i, true);
            break;
        }
    return hr;
}

/* ---- members ------------------------------------------------------------------------------------------------------ */

static HRESULT STDMETHODCALLTYPE attachments_get_Count(IMhAttachments *iface, LONG *value)
{
    struct attachments *self = attachments_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? self->count : 0;
    return auto_leave(&call, hr);
}

/* By display name or file name. */
static LONG find_by_name(struct auto_object *object, const WCHAR *name)
{
    static const SizedSPropTagArray(3, tags) = {3, {PR_DISPLAY_NAME_W, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W}};
    struct attachments *self = (struct attachments *)object;
    LONG found = 0;

    for (LONG i = 0; !found && i < self->count; i++) {
        struct attachment_row *row = self->rows[i];
        SPropValue *values = NULL;

        row->refs++; /* closes what is opened here */
        if (SUCCEEDED(attachment_row_open(row)) &&
            SUCCEEDED(mapi_prop_get_many(MAPI_PROP(row->attach), (const SPropTagArray *)&tags, &values)))
            for (ULONG k = 0; k < 3; k++)
                if (!lstrcmpiW(mapi_prop_text(&values[k], 1, tags.aulPropTag[k]), name))
                    found = i + 1;
        mapi_free(values);
        attachment_row_release(row);
    }
    return found;
}

static HRESULT STDMETHODCALLTYPE attachments_get_Item(IMhAttachments *iface, VARIANT index, IMhAttachment **value)
{
    struct attachments *self = attachments_from(iface);
    struct auto_call call;
    LONG at = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = collection_index(&self->base, &index, self->count, find_by_name, &at);
    if (SUCCEEDED(hr))
        hr = attachment_create(self, self->rows[at - 1], value);
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct attachments *self = (struct attachments *)collection;
    IMhAttachment *item = NULL;
    HRESULT hr;

    if (index > self->count)
        return S_FALSE;
    hr = attachment_create(self, self->rows[index - 1], &item);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, item);
    return hr;
}

static HRESULT STDMETHODCALLTYPE attachments_get__NewEnum(IMhAttachments *iface, IUnknown **value)
{
    struct attachments *self = attachments_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

/* Opens the message that Source names, by its id or as an object. */
static HRESULT open_source_message(struct attachments *self, const VARIANT *source, IMessage **out)
{
    struct mapi_store *store = object_store(&self->base);
    ULONG type = 0;
    SBinary id = {0};
    HRESULT hr = object_id_arg(&self->base, source, L"Source", &id);

    *out = NULL;
    if (SUCCEEDED(hr) && (!store || FAILED(mapi_store_open_entry(store, &id, &type, (IUnknown **)out)))) {
        struct mapi_session *session = NULL; /* a message of another store */
        hr = object_session(&self->base, &session);
        if (SUCCEEDED(hr))
            hr = mapi_open_entry(session->session, &id, MAPI_BEST_ACCESS, &type, (IUnknown **)out);
    }
    if (SUCCEEDED(hr) && type != MAPI_MESSAGE) {
        (*out)->lpVtbl->Release(*out);
        *out = NULL;
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Source is not the ID of a message");
    }
    mapi_free(id.lpb);
    return hr;
}

/* What Source gives a new attachment, or one whose Source is set. */
static HRESULT use_source(struct attachments *self, struct attachment_row *row, LONG type, const VARIANT *source,
                          bool read_data)
{
    IMessage *message = NULL;
    BSTR path = NULL;
    HRESULT hr;

    if (type == CdoEmbeddedMessage) {
        hr = open_source_message(self, source, &message);
        if (SUCCEEDED(hr))
            hr = attachment_embed(row->attach, message);
        if (message)
            message->lpVtbl->Release(message);
        return hr;
    }
    hr = variant_get_bstr(source, &path);
    if (SUCCEEDED(hr) && type == CdoFileLink)
        hr = attachment_set_link(row->attach, path ? path : L"");
    else if (SUCCEEDED(hr) && read_data && SysStringLen(path))
        hr = attachment_read_file(&self->base, row->attach, path);
    if (SUCCEEDED(hr)) {
        SysFreeString(row->source);
        row->source = path;
        path = NULL;
    }
    SysFreeString(path);
    return hr;
}

HRESULT attachments_set_source(struct attachments *self, struct attachment_row *row, const VARIANT *source)
{
    LONG type = attachment_type_of(mapi_prop_long(MAPI_PROP(row->attach), PR_ATTACH_METHOD, ATTACH_BY_VALUE));

    return use_source(self, row, type, source, false);
}

static HRESULT fill(struct attachments *self, struct attachment_row *row, BSTR name, LONG position, LONG type,
                    const VARIANT *source)
{
    SPropValue values[2] = {
        {.ulPropTag = PR_ATTACH_METHOD, .Value.l = attachment_method_of(type)},
        {.ulPropTag = PR_RENDERING_POSITION, .Value.l = position},
    };
    HRESULT hr = mapi_prop_set(MAPI_PROP(row->attach), values, 2);

    if (SUCCEEDED(hr) && SysStringLen(name))
        hr = attachment_set_name(row->attach, name);
    if (SUCCEEDED(hr) && !variant_blank(source))
        hr = use_source(self, row, type, source, true);
    row->touched = true;
    return SUCCEEDED(hr) ? attachment_row_save(row) : hr;
}

static HRESULT STDMETHODCALLTYPE attachments_Add(IMhAttachments *iface, VARIANT name, VARIANT position, VARIANT type,
                                                 VARIANT source, IMhAttachment **value)
{
    struct attachments *self = attachments_from(iface);
    LONG kind = CdoFileData, place = 0;
    struct attachment_row *row = NULL;
    IAttach *attach = NULL;
    struct auto_call call;
    BSTR name_text = NULL;
    ULONG number = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &name);
    auto_arg_variant(&call, &position);
    auto_arg_variant(&call, &type);
    auto_arg_variant(&call, &source);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&name, &name_text);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&position, 0, &place);
    if (SUCCEEDED(hr) && place < -1)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Position must be a place in the text, or -1 for none");
    if (SUCCEEDED(hr))
        hr = variant_get_long(&type, CdoFileData, &kind);
    if (SUCCEEDED(hr) && (kind < CdoFileData || kind > CdoEmbeddedMessage))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                       L"Type must be CdoFileData 1, CdoFileLink 2, CdoOLE 3 or CdoEmbeddedMessage 4");
    if (SUCCEEDED(hr))
        hr = self->message->lpVtbl->CreateAttach(self->message, NULL, 0, &number, &attach);
    if (SUCCEEDED(hr))
        hr = append(self, number, &row);
    if (SUCCEEDED(hr)) {
        row->attach = attach;
        attach = NULL;
        row->refs++; /* keeps it open over the calls below */
        hr = fill(self, row, name_text, place, kind, &source);
        if (SUCCEEDED(hr))
            hr = attachment_create(self, row, value);
        if (FAILED(hr)) {
            detach(self, self->count - 1, true);
            self->message->lpVtbl->DeleteAttach(self->message, number, 0, NULL, 0);
        }
        attachment_row_release(row);
    }
    if (attach)
        attach->lpVtbl->Release(attach);
    SysFreeString(name_text);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachments_Delete(IMhAttachments *iface)
{
    struct attachments *self = attachments_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    while (SUCCEEDED(hr) && self->count)
        hr = attachments_remove(self, self->rows[self->count - 1]);
    return auto_leave(&call, hr);
}

static void attachments_close(struct auto_object *object)
{
    struct attachments *self = (struct attachments *)object;

    while (self->count)
        detach(self, self->count - 1, false);
    free(self->rows);
    self->rows = NULL;
    if (self->message)
        self->message->lpVtbl->Release(self->message);
    self->message = NULL;
}

static const IMhAttachmentsVtbl attachments_vtbl = {
    AUTO_HEAD,
    .get_Count = attachments_get_Count,
    .get_Item = attachments_get_Item,
    .get__NewEnum = attachments_get__NewEnum,
    .Add = attachments_Add,
    .Delete = attachments_Delete,
};

const struct auto_class attachments_class = {
    .name = L"Attachments",
    .kind = CdoAttachments,
    .iid = &IID_IMhAttachments,
    .coclass = &CLSID_Attachments,
    .size = sizeof(struct attachments),
    .vtbl = &attachments_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = attachments_close,
};
