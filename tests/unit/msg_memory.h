/*
 * msg_memory.h: a compound file in memory, for the tests of message files.
 */
#ifndef MSG_MEMORY_H
#define MSG_MEMORY_H

#include "msg_file.h"

struct msg_memory;

/* An empty root, or NULL without memory. Freed with all below it by msg_memory_free. */
struct msg_memory *msg_memory_new(void);
void msg_memory_free(struct msg_memory *root);
/* A folder that msg_file.h takes; closing it frees nothing. */
struct msg_dir msg_memory_dir(struct msg_memory *memory);
/* The element at a path ("a/b"), or NULL; its content if it is a stream. */
struct msg_memory *msg_memory_find(struct msg_memory *root, const char *path);
struct bytebuf *msg_memory_content(struct msg_memory *element);

#endif
