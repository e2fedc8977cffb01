/*
 * prof_sect.c: see prof_sect.h. Layer: provider, session part.
 */
#include <string.h>
#include "profile.h"
#include "profile_tags.h"
#include "prof_sect.h"
#include "store.h"

#ifndef MAPI_FORCE_ACCESS
#define MAPI_FORCE_ACCESS 0x00080000
#endif

struct prof_sect {
    struct prop_object prop;
    struct directory *dir;
    int64_t profile;
    MAPIUID uid;
};

static HRESULT sect_load(struct prop_object *object)
{
    struct prof_sect *sect = (struct prof_sect *)object;
    if (object->props != NULL)
        return S_OK;
    return directory_section_load(sect->dir, sect->profile, &sect->uid, &object->props);
}

static HRESULT sect_changed(struct prop_object *object)
{
    struct prof_sect *sect = (struct prof_sect *)object;
    return directory_section_save(sect->dir, sect->profile, &sect->uid, object->props);
}

static HRESULT sect_save(struct prop_object *object, ULONG flags)
{
    (void)object, (void)flags; /* everything is written already */
    return S_OK;
}

static HRESULT get_object_type(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, tag, MAPI_PROFSECT);
}

static HRESULT get_profile_name(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct prof_sect *sect = (struct prof_sect *)object;
    struct dir_profile *profile = NULL;
    if (!IsEqualMAPIUID(&sect->uid, &profile_section_uid))
        return MAPI_E_NOT_FOUND;
    HRESULT hr = directory_profile_get(sect->dir, sect->profile, &profile);
    if (hr == S_OK)
        hr = value_string(out, tag, profile->name, base);
    dir_profile_free(profile);
    return hr;
}

static const struct prop_handler sect_handlers[] = {
    {PR_OBJECT_TYPE, get_object_type, NULL, NULL, PROP_COMPUTED},
    {PR_PROFILE_NAME_W, get_profile_name, NULL, NULL, PROP_COMPUTED},
    {0, NULL, NULL, NULL, 0},
};

static const struct prop_object_ops sect_ops = {
    .handlers = sect_handlers,
    .load = sect_load,
    .changed = sect_changed,
    .save = sect_save,
};

static void sect_destroy(void *object)
{
    struct prof_sect *sect = object;
    prop_object_destroy(&sect->prop);
    directory_close(sect->dir);
}

static const IProfSectVtbl sect_vtbl = {PROP_OBJECT_VTBL};
static const IID *const sect_iids[] = {&IID_IProfSect, &IID_IMAPIProp, NULL};
static const struct object_class sect_class = {
    .name = "IProfSect",
    .vtbl = &sect_vtbl,
    .size = sizeof(struct prof_sect),
    .object_type = MAPI_PROFSECT,
    .iids = sect_iids,
    .destroy = sect_destroy,
};

HRESULT prof_sect_open(struct object *parent, struct directory *dir, int64_t profile, const MAPIUID *uid,
                       const IID *iid, ULONG flags, bool guarded, IProfSect **out)
{
    static const MAPIUID none;
    struct dir_section section;
    struct prof_sect *sect;
    *out = NULL;
    if (flags &
        ~(ULONG)(MAPI_MODIFY | MAPI_DEFERRED_ERRORS | MAPI_FORCE_ACCESS | MAPI_BEST_ACCESS | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (uid == NULL || IsEqualMAPIUID(uid, &none))
        uid = &profile_section_uid;
    HRESULT hr = directory_section_find(dir, profile, uid, &section);
    if (hr == MAPI_E_NOT_FOUND && ((flags & MAPI_MODIFY) || IsEqualMAPIUID(uid, &profile_section_uid)))
        hr = directory_section_create(dir, profile, uid, section.kind = DIR_SECTION_PLAIN, NULL);
    if (hr == S_OK && guarded && section.kind == DIR_SECTION_PROVIDER && !(flags & MAPI_FORCE_ACCESS))
        hr = object_fail(parent, MAPI_E_NO_ACCESS,
                         L"The section belongs to a service provider: MAPI_FORCE_ACCESS opens it.");
    if (hr == S_OK)
        hr = object_create(&sect_class, parent, &sect);
    if (hr != S_OK)
        return hr;
    sect->prop.ops = &sect_ops;
    sect->prop.writable = (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)) != 0;
    sect->profile = profile;
    sect->uid = *uid;
    if ((hr = directory_open(directory_folder(dir), &sect->dir)) == S_OK &&
        (hr = object_grants(&sect->prop.base, iid) ? S_OK : MAPI_E_INTERFACE_NOT_SUPPORTED) == S_OK)
        *out = (IProfSect *)sect;
    else
        object_Release(sect);
    return hr;
}
