/*
 * store_manage.h: Exchange's management interfaces of a store.
 *
 * Layer: provider, store part.
 */
#ifndef PROVIDER_STORE_MANAGE_H
#define PROVIDER_STORE_MANAGE_H

#include "mapi_exchange.h"

extern const IExchangeManageStore5Vtbl manage_store_vtbl;
extern const IExchangeManageStoreExVtbl manage_store_ex_vtbl;

#endif
