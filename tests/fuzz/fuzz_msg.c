/*
 * fuzz_msg.c: libFuzzer target: message files. The input is a list of streams: a byte with the length of the
 * path, the path (folders separated by '/'), two bytes with the length of the content, the content. What can
 * be read is written and read again.
 */
#include <stdlib.h>
#include <string.h>

#include "../unit/msg_memory.h"

#define STREAMS_MOST 200

static void put_stream(struct msg_dir root, char *path, const uint8_t *data, size_t size)
{
    struct msg_dir dir = root, inner;
    char *name = path, *slash;
    for (int depth = 0; depth < 40 && (slash = strchr(name, '/')) != NULL; depth++) {
        *slash = 0;
        if (strlen(name) > 31 || dir.ops->open(&dir, name, true, &inner) != S_OK)
            return;
        dir = inner;
        name = slash + 1;
    }
    if (*name && strlen(name) <= 31)
        dir.ops->write(&dir, name, data, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct msg_memory *file = msg_memory_new();
    struct msg_dir root = msg_memory_dir(file);
    struct msg_names names = {NULL, 0, 0};
    struct msg_flags flags = {NULL, 0};
    struct mbx_message *message = NULL;
    for (int count = 0; size > 3 && count < STREAMS_MOST; count++) {
        char path[256];
        size_t path_size = data[0];
        if (path_size + 3 > size)
            break;
        memcpy(path, data + 1, path_size);
        path[path_size] = 0;
        size_t content = data[1 + path_size] | (size_t)data[2 + path_size] << 8;
        data += path_size + 3;
        size -= path_size + 3;
        content = content < size ? content : size;
        put_stream(root, path, data, content);
        data += content;
        size -= content;
    }
    if (msg_read(&root, &message, &names, &flags) == S_OK) {
        struct mbx_message *again = NULL;
        if (msg_write(&root, message, &names, &flags) != S_OK)
            abort();
        msg_names_free(&names);
        msg_flags_free(&flags);
        if (msg_read(&root, &again, &names, &flags) != S_OK ||
            again->recipient_count != message->recipient_count ||
            again->attachment_count != message->attachment_count)
            abort();
        mbx_message_free(again);
    }
    mbx_message_free(message);
    msg_names_free(&names);
    msg_flags_free(&flags);
    msg_memory_free(file);
    return 0;
}
