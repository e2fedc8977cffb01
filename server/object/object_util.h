/*
 * object_util.h: what the classes of stores, folders, messages and fields share.
 *
 * Layer: server/object.
 */
#ifndef OBJECT_UTIL_H
#define OBJECT_UTIL_H

#include "auto.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_store.h"
#include "mapi_variant.h"
#include "mapihost.h"
#include "mem_arena.h"
#include "variant.h"

/* The MAPI session of an object; MAPI_E_NOT_INITIALIZED, explained, when it is logged off. */
HRESULT object_session(struct auto_object *object, struct mapi_session **out);
/* The store that an object belongs to (its nearest InfoStore or Mailbox), or NULL. Not referenced. */
struct mapi_store *object_store(struct auto_object *object);

/* Property ↔ automation types. A property that is absent answers `fallback`, or fails where there is no such argument. */
HRESULT object_get_bstr(IMAPIProp *props, ULONG tag, BSTR *out);
/* "" for an absent one. */
HRESULT object_get_text(IMAPIProp *props, ULONG tag, BSTR *out);
HRESULT object_get_id(IMAPIProp *props, ULONG tag, BSTR *out);

/* A value as text, as hex; "" for NULL or PT_ERROR. */
HRESULT object_text_of(const SPropValue *value, BSTR *out);
HRESULT object_hex_of(const SPropValue *value, BSTR *out);

/*
 * An entry id from an argument that is an id (hex text) or an object with an ID property (a Folder, a Message). Bytes
 * are MAPI memory. MAPI_E_INVALID_ENTRYID or MAPI_E_INVALID_PARAMETER, explained.
 */
HRESULT object_id_arg(struct auto_object *self, const VARIANT *argument, const WCHAR *what, SBinary *out);
/* The id of the store that an object argument is in, of any process; empty when it is no object, or is in none. MAPI memory. */
void object_store_id_of(const VARIANT *argument, SBinary *out);

/* A property tag from an argument: a tag, or text of prop_ref.h's forms; `set` and `create` as there and in mapi_names.h.
 * The tag is as the program wrote it (strings may be PT_STRING8). Failures are explained. */
HRESULT object_tag_arg(struct auto_object *self, IMAPIProp *props, struct mapi_names *names, const VARIANT *argument,
                       const GUID *set, bool create, ULONG *tag);

/* A list of tags from an array, one value, or text with commas; types of strings are made Unicode. *out is MAPI memory. */
HRESULT object_tags_arg(struct auto_object *self, IMAPIProp *props, struct mapi_names *names,
                        const VARIANT *argument, SPropTagArray **out);

/*
 * IsSameAs: whether the argument is an open object of `class` whose id, read by `id_of`, is the same in MAPI.
 * Nothing, Empty and other objects are simply not the same; something that is no object is MAPI_E_INVALID_PARAMETER.
 */
HRESULT object_is_same(struct auto_object *self, const VARIANT *argument, const SBinary *id,
                       HRESULT (*id_of)(struct auto_object *other, SBinary *id), VARIANT_BOOL *same);

/* Whether two entry ids name one object. */
bool object_same_id(struct auto_object *self, const SBinary *a, const SBinary *b);

/* A copy of an entry id in memory of malloc's; freed with free(out->lpb). */
HRESULT object_copy_id(const SBinary *id, SBinary *out);

/*
 * The order of Sort(SortOrder, PropID, PropTag) in an order set with room for one key. PropID is CDO's name for the
 * property, a tag or a text; PropTag is the name that CDO's reference gives the same argument. `fallback` is the property
 * when none is named. S_FALSE for CdoNone: no sorting.
 */
HRESULT object_sort_args(struct auto_object *self, IMAPIProp *props, const VARIANT *order, const VARIANT *prop,
                         const VARIANT *prop_tag, ULONG fallback, SSortOrderSet *sort);

/*
 * A where clause of an argument as a restriction in `arena`; *out NULL for a blank one. A syntax error is explained
 * with its position. `props` is any object of the store, for named properties.
 */
HRESULT object_where_arg(struct auto_object *self, IMAPIProp *props, const VARIANT *where, struct mem_arena *arena,
                         SRestriction **out);

/* The flags of SaveChanges for Update(makePermanent, refreshObject). */
HRESULT object_update_args(const VARIANT *permanent, const VARIANT *refresh, bool *save, bool *reload);

#endif
