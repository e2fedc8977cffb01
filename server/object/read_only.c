/*
 * read_only.c: the server's read-only mode: which members change data.
 *
 * Layer: server/object. The guard of com/ asks for every call. Setting a property changes data but for the classes
 * whose properties are criteria or positions; other members are listed. tests/com proves that the list is complete.
 */
#include "read_only.h"
#include "auto.h"
#include "mapi_abi.h"

#include <string.h>
#include <wchar.h>

/* Members that change data, of whatever class. */
static const char *const changing[] = {
    "Add",
    "AddMultiple",
    "AddSearchFolder",
    "ClearRecurrencePattern",
    "CopyMany",
    "CopyTo",
    "Delete",
    "DeleteMany",
    "DeliverNow",
    "Empty",
    "EmptyDeletedItems",
    "Forward",
    "GetAssociatedAppointment", /* which it makes if need be */
    "Import",
    "MarkRead",
    "MoveMany",
    "MoveTo",
    "ReadFromFile",
    "Reply",
    "ReplyAll",
    "Resolve",
    "Respond",
    "Save",
    "Send",
    "SetEnd",
    "SetProps",
    "SetReadFlags",
    "Update",
    "Write",
};

/* Classes whose properties are no data of a store; the first ones are filters, which are none at all. */
#define FILTERS 2
static const WCHAR *const harmless[] = {L"MessageFilter", L"AddressEntryFilter", L"PropertyStream"};

static bool is_harmless(const struct auto_class *class, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!wcscmp(class->name, harmless[i]))
            return true;
    return false;
}

static bool changes_data(const struct auto_object *object, const char *function)
{
    const char *member = auto_member_name(function);
    const struct auto_object *above;

    for (above = object; above; above = above->parent)
        if (is_harmless(above->class, FILTERS))
            return false; /* a filter, and the Fields of one */
    if (strstr(function, "_put_"))
        return !is_harmless(object->class, ARRAYSIZE(harmless));
    for (size_t i = 0; i < ARRAYSIZE(changing); i++)
        if (!strcmp(member, changing[i]))
            return true;
    return false;
}

static HRESULT filter(struct auto_object *object, const char *function)
{
    if (!changes_data(object, function))
        return S_OK;
    return auto_fail(object, MAPI_E_NO_ACCESS,
                     L"this server is in read-only mode. An administrator can change its setting ReadOnly.");
}

void read_only_enforce(void)
{
    auto_set_filter(filter);
}
