/*
 * msg_memory.c: a compound file in memory, for the tests of message files.
 */
#include "msg_memory.h"

#include <stdlib.h>
#include <string.h>

struct msg_memory {
    char name[40];
    bool is_dir;
    struct bytebuf content;
    struct msg_memory *first, *next; /* children; siblings */
};

struct msg_memory *msg_memory_new(void)
{
    struct msg_memory *root = calloc(1, sizeof *root);
    if (root)
        root->is_dir = true;
    return root;
}

void msg_memory_free(struct msg_memory *root)
{
    while (root && root->first) {
        struct msg_memory *child = root->first;
        root->first = child->next;
        msg_memory_free(child);
    }
    if (root)
        bytebuf_free(&root->content);
    free(root);
}

static struct msg_memory *find(struct msg_memory *dir, const char *name, size_t size)
{
    struct msg_memory *child = dir->first;
    while (child && (strlen(child->name) != size || memcmp(child->name, name, size)))
        child = child->next;
    return child;
}

struct msg_memory *msg_memory_find(struct msg_memory *root, const char *path)
{
    while (root && *path) {
        size_t length = strcspn(path, "/");
        root = find(root, path, length);
        path += length + (path[length] == '/');
    }
    return root;
}

struct bytebuf *msg_memory_content(struct msg_memory *element)
{
    return &element->content;
}

static struct msg_memory *child(struct msg_memory *dir, const char *name, bool is_dir)
{
    struct msg_memory *made = find(dir, name, strlen(name));
    if (!made) {
        struct msg_memory **end = &dir->first;
        made = calloc(1, sizeof *made);
        strncpy(made->name, name, sizeof made->name - 1);
        while (*end)
            end = &(*end)->next;
        *end = made;
    }
    made->is_dir = is_dir;
    return made;
}

static HRESULT memory_read(struct msg_dir *dir, const char *name, struct bytebuf *out)
{
    struct msg_memory *stream = find(dir->handle, name, strlen(name));
    if (!stream || stream->is_dir)
        return MAPI_E_NOT_FOUND;
    bytebuf_add(out, stream->content.data, stream->content.size);
    return S_OK;
}

static HRESULT memory_write(struct msg_dir *dir, const char *name, const void *data, size_t size)
{
    struct msg_memory *stream = child(dir->handle, name, false);
    if (strlen(name) > 31)
        return MAPI_E_INVALID_PARAMETER;
    bytebuf_free(&stream->content);
    bytebuf_add(&stream->content, data, size);
    return S_OK;
}

static HRESULT memory_open(struct msg_dir *dir, const char *name, bool create, struct msg_dir *out)
{
    struct msg_memory *found = find(dir->handle, name, strlen(name));
    if (!create && (!found || !found->is_dir))
        return MAPI_E_NOT_FOUND;
    *out = msg_memory_dir(create ? child(dir->handle, name, true) : found);
    return S_OK;
}

static void memory_close(struct msg_dir *dir)
{
    dir->handle = NULL;
}

static HRESULT memory_list(struct msg_dir *dir, HRESULT (*each)(void *context, const char *name, bool is_dir),
                           void *context)
{
    HRESULT hr = S_OK;
    for (struct msg_memory *c = ((struct msg_memory *)dir->handle)->first; c && SUCCEEDED(hr); c = c->next)
        hr = each(context, c->name, c->is_dir);
    return hr;
}

static HRESULT memory_clear(struct msg_dir *dir)
{
    struct msg_memory *root = dir->handle;
    while (root->first) {
        struct msg_memory *gone = root->first;
        root->first = gone->next;
        msg_memory_free(gone);
    }
    return S_OK;
}

static HRESULT memory_read_object(struct msg_dir *dir, const char *name, struct bytebuf *out)
{
    struct msg_memory *object = find(dir->handle, name, strlen(name));
    if (!object || !object->is_dir)
        return MAPI_E_NOT_FOUND;
    bytebuf_add(out, object->content.data, object->content.size);
    return S_OK;
}

static HRESULT memory_write_object(struct msg_dir *dir, const char *name, const void *data, size_t size)
{
    struct msg_memory *object = child(dir->handle, name, true);
    bytebuf_free(&object->content);
    bytebuf_add(&object->content, data, size);
    return S_OK;
}

struct msg_dir msg_memory_dir(struct msg_memory *memory)
{
    static const struct msg_dir_ops ops = {memory_read,        memory_write,       memory_open,
                                           memory_close,       memory_list,        memory_clear,
                                           memory_read_object, memory_write_object};
    return (struct msg_dir){&ops, memory};
}
