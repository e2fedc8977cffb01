/*
 * auto_private.h: what the files of server/com share and nobody else needs.
 */
#ifndef AUTO_PRIVATE_H
#define AUTO_PRIVATE_H

#include "auto.h"

/* Answered by every automation object with the object itself; never crosses an apartment. */
extern const IID IID_AutoObject;

extern const ISupportErrorInfoVtbl auto_support_vtbl;
extern const IProvideClassInfo2Vtbl auto_class_info_vtbl;
extern const IConnectionPointContainerVtbl auto_points_vtbl;

/* Guards the lists of homes and of objects. Held for a few instructions only. */
void auto_registry_lock(void);
void auto_registry_unlock(void);

/* Forgets the thread's last error. */
void auto_error_clear(struct auto_home *home);
/* Moves the thread's last error into a cleared exception record. */
void auto_error_move(struct auto_home *home, EXCEPINFO *exception);
/* Composes and notes the error for a call; reason NULL for the table's. */
void auto_error_set(struct auto_call *call, HRESULT hr, const WCHAR *reason);

/*
 * An enumerator over count items that stands before item next: of IConnectionPoint (points: the object that they belong
 * to; only pUnk is used) or of CONNECTDATA (NULL). The items are copied and held.
 */
HRESULT auto_point_enum_create(struct auto_object *points, const CONNECTDATA *items, ULONG count, ULONG next, void *out);
/* Drops every sink of an object that is being closed. */
void auto_points_close(struct auto_object *object);
/* Frees the connection point of an object that is being destroyed. */
void auto_points_free(struct auto_object *object);

/*
 * A COM object that holds an automation object and has an identity of its own (an enumerator, a connection point): when
 * the client is gone its remote references are cut as well. Part of the COM object's struct; added when that is made,
 * removed when it is freed.
 */
struct auto_side {
    struct auto_object *object; /* NULL when it is in no list */
    void *identity;             /* its IUnknown */
    struct auto_side *next;
};
void auto_side_add(struct auto_side *side, struct auto_object *object, void *identity);
void auto_side_remove(struct auto_side *side);

/* Type library access of auto_dispatch.c */
HRESULT auto_types_load(HMODULE module);
void auto_types_free(void);
void auto_errors_use(auto_error_lookup lookup);

#endif
