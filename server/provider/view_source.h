/*
 * view_source.h: the contents and hierarchy tables of a folder.
 *
 * Layer: provider, store part.
 */
#ifndef PROVIDER_VIEW_SOURCE_H
#define PROVIDER_VIEW_SOURCE_H

#include "storage.h"
#include "table.h"

/* A table over a view of a folder of parent's store. search: the folder is a search folder. flags: MAPI_UNICODE. */
HRESULT view_table_open(struct object *parent, enum mbx_view_kind kind, mbx_id folder, bool search, ULONG flags,
                        IMAPITable **out);

#endif
