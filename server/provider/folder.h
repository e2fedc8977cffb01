/*
 * folder.h: folders, as their files share them.
 *
 * Layer: provider, store part. A folder's properties are read anew at each question and written at once.
 */
#ifndef PROVIDER_FOLDER_H
#define PROVIDER_FOLDER_H

#include "store.h"

struct folder {
    struct prop_object prop;
    mbx_id id;
    ULONG type; /* FOLDER_ROOT, FOLDER_GENERIC, FOLDER_SEARCH */
};

extern const struct prop_object_ops folder_prop_ops; /* folder_props.c */
extern const IMAPIFolderVtbl folder_vtbl;            /* folder.c */

bool folder_is_ours(const void *object);
/* Whether an object pointer that a caller gave as destination is a folder of this provider: it, else NULL. */
struct folder *folder_from_param(void *object);

/* IMAPIFolder's bulk methods: folder_bulk.c. */
HRESULT STDMETHODCALLTYPE folder_CopyMessages(IMAPIFolder *self, LPENTRYLIST list, LPCIID iid, LPVOID target,
                                              ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags);
HRESULT STDMETHODCALLTYPE folder_DeleteMessages(IMAPIFolder *self, LPENTRYLIST list, ULONG_PTR ui,
                                                LPMAPIPROGRESS progress, ULONG flags);
HRESULT STDMETHODCALLTYPE folder_SetReadFlags(IMAPIFolder *self, LPENTRYLIST list, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                              ULONG flags);
/* Folders as a whole: folder_tree.c. */
HRESULT STDMETHODCALLTYPE folder_CreateFolder(IMAPIFolder *self, ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid,
                                              ULONG flags, LPMAPIFOLDER *out);
HRESULT STDMETHODCALLTYPE folder_CopyFolder(IMAPIFolder *self, ULONG cb, LPENTRYID entryid, LPCIID iid, LPVOID target,
                                            LPTSTR new_name, ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags);
HRESULT STDMETHODCALLTYPE folder_DeleteFolder(IMAPIFolder *self, ULONG cb, LPENTRYID entryid, ULONG_PTR ui,
                                              LPMAPIPROGRESS progress, ULONG flags);
HRESULT STDMETHODCALLTYPE folder_EmptyFolder(IMAPIFolder *self, ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags);
HRESULT folder_copy_parts(struct prop_object *from, IMAPIProp *to, const SPropTagArray *tags, bool exclude, ULONG flags,
                          ULONG_PTR ui, IMAPIProgress *progress, SPropProblemArray **problems);
/* Searches and the saved sort order: folder_search.c. */
HRESULT STDMETHODCALLTYPE folder_SetSearchCriteria(IMAPIFolder *self, LPSRestriction restriction, LPENTRYLIST list,
                                                   ULONG flags);
HRESULT STDMETHODCALLTYPE folder_GetSearchCriteria(IMAPIFolder *self, ULONG flags, LPSRestriction *restriction,
                                                   LPENTRYLIST *list, ULONG *state);
HRESULT STDMETHODCALLTYPE folder_SaveContentsSort(IMAPIFolder *self, LPSSortOrderSet order, ULONG flags);
/* Sorts a contents table as the folder's saved order says, if there is one. */
HRESULT folder_apply_sort(struct folder *folder, IMAPITable *table);

/* Ids of all messages of a folder. free(*ids). */
HRESULT folder_message_ids(struct store *store, mbx_id folder, enum mbx_view_kind kind, mbx_id **ids, ULONG *count);
/* Copies one message of the folder into a folder of another provider, through its interfaces. */
HRESULT folder_copy_message_foreign(struct folder *folder, mbx_id id, IMAPIFolder *target, bool associated);
/* Tells a progress object that i of n steps are done. MAPI_E_USER_CANCEL: stop. progress NULL: S_OK. */
HRESULT progress_tell(IMAPIProgress *progress, ULONG i, ULONG n);

#endif
