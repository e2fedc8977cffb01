/*
 * event_sinks.h: feeds the connection points of Session, InfoStore, Mailbox and Folder.
 *
 * Layer: server/object.
 */
#ifndef EVENT_SINKS_H
#define EVENT_SINKS_H

#include "auto.h"

/* Listens for objects as soon as they have sinks; once per process. */
void event_sinks_setup(void);
/* A session has logged on or a mailbox was opened, or the opposite is about to happen: sinks may have come before. */
void event_sinks_resume(struct auto_object *object);
void event_sinks_pause(struct auto_object *object);

#endif
