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
/* A session has logged on, or is about to log off: its sinks may have come before. */
void event_sinks_logged_on(struct auto_object *session);
void event_sinks_logging_off(struct auto_object *session);

#endif
