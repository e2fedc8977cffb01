/*
 * messages.h: the Messages collection.
 *
 * Layer: server/object.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "folder.h"

/* Makes the collection of a folder's messages, or of its hidden ones. */
HRESULT messages_create(struct folder *parent, bool hidden, IMhMessages **out);

/* Tells the collection that a message of it was made, moved or deleted; the object may be of another class (nothing happens). */
void messages_disturbed(struct auto_object *collection);

#endif
