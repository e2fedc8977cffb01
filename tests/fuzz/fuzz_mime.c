/*
 * fuzz_mime.c: libFuzzer target: any text is read as mail, viewed, written, and what was written reads again.
 */
#include <stdlib.h>

#include "mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mime_mail *mail = NULL, *again = NULL;
    struct mime_view view;
    struct bytebuf out = {0};
    int64_t ticks;
    if (mime_parse((const char *)data, size, &mail) != S_OK)
        abort();
    if (mime_view(mail, &mail->report, &view) != S_OK)
        abort();
    mime_view_free(&view);
    mime_header_date(mail->root, "Date", &ticks);
    mime_received_date(mail->root, &ticks);
    for (size_t i = 0; i < mail->root->header_count; i++) {
        struct mime_address_list list;
        free(mime_header_text(mail->root, mail->root->headers[i].name));
        if (mime_header_addresses(mail->root, mail->root->headers[i].name, &list) != S_OK)
            abort();
        mime_addresses_free(&list);
    }
    if (mime_write(mail, &out) != S_OK || mime_parse((const char *)out.data, out.size, &again) != S_OK)
        abort();
    mime_free(again);
    mime_free(mail);
    bytebuf_free(&out);
    return 0;
}
