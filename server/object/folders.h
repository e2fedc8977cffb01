/*
 * folders.h: the Folders collection.
 *
 * Layer: server/object.
 */
#ifndef FOLDERS_H
#define FOLDERS_H

#include "folder.h"

HRESULT folders_create(struct folder *parent, IMhFolders **out);

#endif
