/*
 * message_actions.c: the members of Message that copy, move and delete, and many properties at once.
 *
 * Layer: server/object.
 */
#include "message.h"

#include "appointment.h"
#include "infostore.h"
#include "mapi_table.h"
#include "messages.h"
#include "object_util.h"
#include "property_stream.h"
#include <stdlib.h>
#include <string.h>

/* ---- copy and move ---------------------------------------------------------------------------------------------------- */

/* The ids of the messages of a folder with a search key: copies of one message share it. */
static HRESULT ids_of_key(IMAPIFolder *folder, const SPropValue *key, SRowSet **rows)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SRestriction restriction = {.rt = RES_PROPERTY};
    IMAPITable *table = NULL;
    HRESULT hr = folder->lpVtbl->GetContentsTable(folder, 0, &table);

    *rows = NULL;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_SEARCH_KEY;
    restriction.res.resProperty.lpProp = (SPropValue *)key;
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, &restriction, NULL, 0, rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

static bool contains_id(const SRowSet *rows, const SBinary *id)
{
    for (ULONG i = 0; rows && i < rows->cRows; i++) {
        const SPropValue *value = &rows->aRow[i].lpProps[0];
        if (PROP_TYPE(value->ulPropTag) == PT_BINARY && value->Value.bin.cb == id->cb &&
            !memcmp(value->Value.bin.lpb, id->lpb, id->cb))
            return true;
    }
    return false;
}

/* The row that is in `after` and not in `before`. */
static const SBinary *new_id(const SRowSet *before, const SRowSet *after)
{
    for (ULONG i = 0; after && i < after->cRows; i++) {
        const SPropValue *value = &after->aRow[i].lpProps[0];
        if (PROP_TYPE(value->ulPropTag) == PT_BINARY && !contains_id(before, &value->Value.bin))
            return &value->Value.bin;
    }
    return NULL;
}

/* Copies into a new message of the folder, for a message that is in no folder, and for an occurrence. */
static HRESULT copy_by_props(struct message *self, struct folder *target, struct message **out)
{
    bool unsaved = self->unsaved;
    IMessage *from;
    HRESULT hr = message_open(self, &from);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = message_create_new(target->base.parent, target, NULL, false, out);
    if (SUCCEEDED(hr))
        hr = from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMessage, (*out)->mapi, 0, NULL);
    if (SUCCEEDED(hr) && self->is_occurrence) /* the copy is one appointment */
        hr = calendar_put_bool(*out, CALENDAR_RECURRING, false);
    if (SUCCEEDED(hr))
        hr = message_save(*out);
    self->unsaved = unsaved; /* it was read only */
    if (FAILED(hr) && *out) {
        auto_release(&(*out)->base);
        *out = NULL;
    }
    return hr;
}

/* Copies or moves between folders and finds the new message. */
static HRESULT copy_by_folder(struct message *self, struct folder *target, ULONG flags, struct message **out)
{
    ENTRYLIST list = {1, &self->id};
    IMAPIFolder *from = NULL, *to;
    SRowSet *before = NULL, *after = NULL;
    SPropValue *key = NULL;
    const SBinary *id = NULL;
    IMessage *message;
    HRESULT hr = message_open(self, &message);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = message_open_folder(self, &from);
    if (SUCCEEDED(hr))
        hr = folder_open(target, &to);
    if (SUCCEEDED(hr) && FAILED(mapi_prop_get(MAPI_PROP(message), PR_SEARCH_KEY, &key)))
        key = NULL;
    if (SUCCEEDED(hr) && key)
        hr = ids_of_key(to, key, &before);
    if (SUCCEEDED(hr))
        hr = message_copy_list(from, to, &list, flags);
    if (SUCCEEDED(hr) && key)
        hr = ids_of_key(to, key, &after);
    if (SUCCEEDED(hr))
        id = new_id(before, after);
    if (SUCCEEDED(hr) && id)
        hr = message_open_by_id(&target->base, id, NULL, out);
    mapi_rows_free(before);
    mapi_rows_free(after);
    mapi_free(key);
    if (from)
        from->lpVtbl->Release(from);
    return hr;
}

static HRESULT copy_or_move(IMhMessage *iface, const char *function, const VARIANT *folder, const VARIANT *store,
                            bool move, IDispatch **value)
{
    struct message *self = message_from(iface), *made = NULL;
    struct folder *target = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = NULL;
    auto_arg_variant(&call, folder);
    if (SUCCEEDED(hr) && move && !self->id.cb)
        hr = auto_fail(&self->base, MAPI_E_NO_SUPPORT, L"the message is in no folder before it is saved");
    if (SUCCEEDED(hr)) /* the empty id, which is the root's for Session.GetFolder, is none here */
        hr = variant_blank(folder)
                 ? auto_fail(&self->base, MAPI_E_INVALID_ENTRYID, L"FolderID must be the id of a folder")
                 : folder_open_arg(&self->base, folder, store, &target);
    if (SUCCEEDED(hr) && (self->embedded || !self->id.cb || self->is_occurrence))
        hr = copy_by_props(self, target, &made);
    else if (SUCCEEDED(hr))
        hr = copy_by_folder(self, target, move ? MESSAGE_MOVE : 0, &made);
    if (SUCCEEDED(hr) && made)
        *value = (IDispatch *)&made->base;
    if (SUCCEEDED(hr) && move)
        messages_disturbed(self->base.parent);
    if (target)
        auto_release(&target->base);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_CopyTo(IMhMessage *iface, VARIANT folder, VARIANT store, IDispatch **value)
{
    return copy_or_move(iface, __func__, &folder, &store, false, value);
}

HRESULT STDMETHODCALLTYPE message_MoveTo(IMhMessage *iface, VARIANT folder, VARIANT store, IDispatch **value)
{
    return copy_or_move(iface, __func__, &folder, &store, true, value);
}

/* ---- delete --------------------------------------------------------------------------------------------------------------- */

static HRESULT delete_message(struct message *self, bool keep)
{
    struct infostore *infostore = object_infostore(&self->base);
    ENTRYLIST list = {1, &self->id};
    IMAPIFolder *from = NULL, *to = NULL;
    IMhFolder *deleted = NULL;
    HRESULT hr = message_open_folder(self, &from);

    if (SUCCEEDED(hr) && keep && infostore) {
        hr = infostore_default_folder(infostore, CdoDefaultFolderDeletedItems, &deleted);
        if (SUCCEEDED(hr))
            hr = folder_open((struct folder *)deleted, &to);
    }
    if (SUCCEEDED(hr))
        hr = to ? message_copy_list(from, to, &list, MESSAGE_MOVE)
                : from->lpVtbl->DeleteMessages(from, &list, 0, NULL, 0);
    if (hr == MAPI_W_PARTIAL_COMPLETION)
        hr = auto_fail(&self->base, MAPI_E_UNABLE_TO_COMPLETE, L"the message was not deleted");
    if (deleted)
        IMhFolder_Release(deleted);
    if (from)
        from->lpVtbl->Release(from);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_Delete(IMhMessage *iface, VARIANT deleted_items)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    bool keep = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&deleted_items, false, &keep);
    if (SUCCEEDED(hr) && self->embedded)
        hr = auto_fail(&self->base, MAPI_E_NO_SUPPORT, L"the message is part of another one");
    if (SUCCEEDED(hr) && self->id.cb)
        hr = delete_message(self, keep);
    if (SUCCEEDED(hr)) {
        messages_disturbed(self->base.parent);
        auto_close(&self->base);
    }
    return auto_leave(&call, hr);
}

/* ---- many properties at once --------------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE message_GetProps(IMhMessage *iface, VARIANT tags, VARIANT *value)
{
    struct message *self = message_from(iface);
    struct mapi_names none = {NULL, 0, 0};
    struct mapi_store *store = object_store(&self->base);
    SPropTagArray *wanted = NULL;
    SPropValue *values = NULL;
    SAFEARRAY *array = NULL;
    IMessage *message;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = message_open_reading(self, &message);
    if (SUCCEEDED(hr))
        hr = object_tags_arg(&self->base, MAPI_PROP(message), store ? &store->names : &none, &tags, &wanted);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get_many(MAPI_PROP(message), wanted, &values);
    if (SUCCEEDED(hr)) {
        array = variant_vector(wanted->cValues);
        hr = array ? S_OK : E_OUTOFMEMORY;
    }
    for (ULONG i = 0; SUCCEEDED(hr) && i < wanted->cValues; i++) {
        VARIANT *cell = (VARIANT *)array->pvData + i;
        hr = mapi_variant_from_prop(&values[i], MAPI_VARIANT_BYTES, cell);
        if (hr == MAPI_E_TYPE_NO_SUPPORT) {
            V_VT(cell) = VT_NULL;
            hr = S_OK;
        }
    }
    if (SUCCEEDED(hr))
        variant_set_array(value, VT_VARIANT, array);
    else if (array)
        SafeArrayDestroy(array);
    mapi_names_free(&none);
    mapi_free(values);
    mapi_free(wanted);
    return auto_leave(&call, hr);
}

/* The tags of SetProps: named properties are made. */
static HRESULT tags_to_set(struct message *self, IMessage *message, struct mapi_names *names,
                           const struct variant_list *list, ULONG *tags)
{
    HRESULT hr = S_OK;

    for (LONG i = 0; SUCCEEDED(hr) && i < list->count; i++) {
        VARIANT element;
        VariantInit(&element);
        hr = variant_list_get(list, i, &element);
        if (SUCCEEDED(hr))
            hr = object_tag_arg(&self->base, MAPI_PROP(message), names, &element, NULL, true, &tags[i]);
        VariantClear(&element);
    }
    return hr;
}

static HRESULT set_or_delete(struct message *self, IMessage *message, const ULONG *tags,
                             const struct variant_list *values)
{
    SPropValue *props = NULL;
    ULONG count = 0;
    HRESULT hr = mapi_allocate((size_t)values->count * sizeof *props + 1, NULL, &props);

    for (LONG i = 0; SUCCEEDED(hr) && i < values->count; i++) {
        VARIANT element;
        VariantInit(&element);
        hr = variant_list_get(values, i, &element);
        if (SUCCEEDED(hr) && (V_VT(&element) == VT_NULL || V_VT(&element) == VT_EMPTY)) {
            hr = mapi_prop_delete(MAPI_PROP(message), mapi_tag_unicode(tags[i]));
            if (hr == MAPI_E_NOT_FOUND)
                hr = S_OK;
        } else if (SUCCEEDED(hr)) {
            hr = mapi_variant_to_prop(&element, tags[i], MAPI_VARIANT_BYTES, props, &props[count]);
            if (hr == MAPI_E_INVALID_TYPE)
                auto_fail(&self->base, hr, L"value %ld does not have the type of the property 0x%08X", i + 1, tags[i]);
            else if (SUCCEEDED(hr))
                count++;
        }
        VariantClear(&element);
    }
    if (SUCCEEDED(hr))
        hr = mapi_prop_set(MAPI_PROP(message), props, count);
    mapi_free(props);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_SetProps(IMhMessage *iface, VARIANT tags, VARIANT values)
{
    struct message *self = message_from(iface);
    struct mapi_names none = {NULL, 0, 0};
    struct mapi_store *store = object_store(&self->base);
    struct variant_list tag_list, value_list;
    ULONG *numbers = NULL;
    IMessage *message;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr) && variant_missing(variant_deref(&tags)))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the properties are missing");
    if (SUCCEEDED(hr))
        hr = variant_list_open(&tags, &tag_list);
    if (SUCCEEDED(hr))
        hr = variant_list_open(&values, &value_list);
    if (SUCCEEDED(hr) && tag_list.count != value_list.count)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"there are %ld properties but %ld values",
                       tag_list.count, value_list.count);
    if (SUCCEEDED(hr))
        hr = message_open(self, &message);
    if (SUCCEEDED(hr)) {
        numbers = calloc((size_t)tag_list.count + 1, sizeof *numbers);
        hr = numbers ? S_OK : E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr))
        hr = tags_to_set(self, message, store ? &store->names : &none, &tag_list, numbers);
    if (SUCCEEDED(hr))
        hr = set_or_delete(self, message, numbers, &value_list);
    message_changed(self);
    mapi_names_free(&none);
    free(numbers);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_OpenStream(IMhMessage *iface, VARIANT tag, VARIANT writable,
                                             IMhPropertyStream **value)
{
    struct message *self = message_from(iface);
    struct mapi_names none = {NULL, 0, 0};
    struct mapi_store *store = object_store(&self->base);
    IStream *stream = NULL;
    IMessage *message;
    struct auto_call call;
    bool write = false;
    ULONG number = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &tag);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&writable, false, &write);
    if (SUCCEEDED(hr))
        hr = message_open(self, &message);
    if (SUCCEEDED(hr))
        hr = object_tag_arg(&self->base, MAPI_PROP(message), store ? &store->names : &none, &tag, NULL, write, &number);
    number = mapi_tag_unicode(number);
    if (SUCCEEDED(hr) && PROP_TYPE(number) != PT_BINARY && PROP_TYPE(number) != PT_UNICODE)
        hr = auto_fail(&self->base, MAPI_E_TYPE_NO_SUPPORT, L"only text and binary properties can be streams");
    if (SUCCEEDED(hr))
        hr = mapi_prop_stream(MAPI_PROP(message), number, write ? MAPI_MODIFY | MAPI_CREATE : 0, &stream);
    if (SUCCEEDED(hr) && write) {
        ULARGE_INTEGER empty = {.QuadPart = 0};
        IStream_SetSize(stream, empty); /* where it fails the stream is new and empty anyway */
        message_changed(self);
    }
    if (SUCCEEDED(hr))
        hr = property_stream_create(&self->base, stream, write, value);
    mapi_names_free(&none);
    return auto_leave(&call, hr);
}

/* ---- read and unread --------------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE message_MarkRead(IMhMessage *iface, VARIANT read)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    bool truth = true;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&read, true, &truth);
    if (SUCCEEDED(hr))
        hr = message_mark_read(self, truth);
    return auto_leave(&call, hr);
}
