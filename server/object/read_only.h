/*
 * read_only.h: the server's read-only mode.
 *
 * Layer: server/object.
 */
#ifndef READ_ONLY_H
#define READ_ONLY_H

/* From now on every member that changes data answers MAPI_E_NO_ACCESS, explained. */
void read_only_enforce(void);

#endif
