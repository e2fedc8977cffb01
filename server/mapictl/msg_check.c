/*
 * msg_check.c: does an Outlook message file hold what it says it holds (MS-OXMSG 2.1 to 2.4)? Layer: mapictl.
 *
 * Each object is a storage with a properties stream: a header with the numbers of recipients and attachments,
 * and sixteen bytes for each property. Values of variable length have streams of their own.
 */
#include "msg_check.h"
#include "mapi_exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define PROPERTIES_STREAM L"__properties_version1.0"
#define RECIP_PREFIX      L"__recip_version1.0_#"
#define ATTACH_PREFIX     L"__attach_version1.0_#"
#define EMBEDDED_DIR      L"__substg1.0_3701000D"
#define HEADER_TOP        32
#define HEADER_EMBEDDED   24
#define HEADER_PART       8
#define DEPTH_LIMIT       32
#define READ_MODE         (STGM_READ | STGM_SHARE_EXCLUSIVE)

struct check {
    struct mime_report *report;
    char place[64]; /* "" or "attachment 1: " */
};

static uint32_t le32(const BYTE *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Reads a stream to its end. MAPI_E_NOT_FOUND, or MAPI_E_CORRUPT_DATA for one that ends before its size;
 * *bytes, which may be NULL, gets a malloc block. */
static HRESULT read_stream(IStorage *storage, const WCHAR *name, BYTE **bytes, ULONG *size)
{
    IStream *stream = NULL;
    STATSTG info;
    BYTE *data = NULL;
    ULONG got = 0, part = 1;
    *size = 0;
    HRESULT hr = storage->lpVtbl->OpenStream(storage, name, NULL, READ_MODE, 0, &stream);
    if (FAILED(hr))
        return hr == STG_E_FILENOTFOUND ? MAPI_E_NOT_FOUND : MAPI_E_CORRUPT_DATA;
    hr = stream->lpVtbl->Stat(stream, &info, STATFLAG_NONAME);
    if (SUCCEEDED(hr) &&
        (info.cbSize.QuadPart > 1u << 30 || !(data = malloc((size_t)info.cbSize.QuadPart + 1))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    while (SUCCEEDED(hr) && part > 0 && got < info.cbSize.QuadPart) {
        hr = stream->lpVtbl->Read(stream, data + got, (ULONG)info.cbSize.QuadPart - got, &part);
        got += SUCCEEDED(hr) ? part : 0;
    }
    if (FAILED(hr) || got < info.cbSize.QuadPart)
        hr = MAPI_E_CORRUPT_DATA;
    stream->lpVtbl->Release(stream);
    *size = got;
    if (bytes && SUCCEEDED(hr))
        *bytes = data;
    else
        free(data);
    return hr;
}

static void check_value(struct check *check, IStorage *storage, ULONG tag, int index)
{
    WCHAR name[40];
    ULONG size;
    if (index < 0)
        swprintf(name, 40, L"__substg1.0_%08X", (unsigned)tag);
    else
        swprintf(name, 40, L"__substg1.0_%08X-%08X", (unsigned)tag, (unsigned)index);
    HRESULT hr = read_stream(storage, name, NULL, &size);
    if (hr == MAPI_E_NOT_FOUND)
        mime_report_add(check->report, "%sthe value of property 0x%08X is missing", check->place,
                        (unsigned)tag);
    else if (FAILED(hr))
        mime_report_add(check->report, "%sthe value of property 0x%08X cannot be read", check->place,
                        (unsigned)tag);
}

/* A property of several strings or binaries: a stream of lengths, and one stream for each value. */
static void check_values(struct check *check, IStorage *storage, ULONG tag)
{
    WCHAR name[40];
    BYTE *lengths = NULL;
    ULONG size, each = PROP_TYPE(tag) == PT_MV_BINARY ? 8 : 4;
    swprintf(name, 40, L"__substg1.0_%08X", (unsigned)tag);
    if (FAILED(read_stream(storage, name, &lengths, &size)))
        mime_report_add(check->report, "%sthe values of property 0x%08X are missing", check->place,
                        (unsigned)tag);
    for (ULONG i = 0; lengths && i < size / each && i < 65536 && check->report->count < MIME_PROBLEM_LIMIT;
         i++)
        if (le32(lengths + i * each) > 0)
            check_value(check, storage, tag, (int)i);
    free(lengths);
}

static void check_property(struct check *check, IStorage *storage, ULONG tag)
{
    switch (PROP_TYPE(tag)) {
    case PT_UNICODE:
    case PT_STRING8:
    case PT_BINARY:
    case PT_CLSID:
        check_value(check, storage, tag, -1);
        break;
    case PT_MV_UNICODE:
    case PT_MV_STRING8:
    case PT_MV_BINARY:
        check_values(check, storage, tag);
        break;
    default:
        if (PROP_TYPE(tag) & MV_FLAG)
            check_value(check, storage, tag, -1);
    }
}

/* Calls `each` for the storages whose names begin with a prefix; the number of them. */
static ULONG each_part(IStorage *storage, const WCHAR *prefix, void (*each)(void *context, const WCHAR *name),
                       void *context)
{
    IEnumSTATSTG *elements = NULL;
    STATSTG element;
    ULONG count = 0;
    if (FAILED(storage->lpVtbl->EnumElements(storage, 0, NULL, 0, &elements)))
        return 0;
    while (elements->lpVtbl->Next(elements, 1, &element, NULL) == S_OK) {
        if (element.type == STGTY_STORAGE && !wcsncmp(element.pwcsName, prefix, wcslen(prefix))) {
            count++;
            if (each)
                each(context, element.pwcsName);
        }
        CoTaskMemFree(element.pwcsName);
    }
    elements->lpVtbl->Release(elements);
    return count;
}

/* The properties stream; false if there is none that could be read. */
static bool check_object(struct check *check, IStorage *storage, ULONG header)
{
    BYTE *stream = NULL;
    ULONG size;
    HRESULT hr = read_stream(storage, PROPERTIES_STREAM, &stream, &size);
    if (FAILED(hr) || size < header) {
        mime_report_add(check->report, "%sthe list of properties is %s", check->place,
                        hr == MAPI_E_NOT_FOUND ? "missing" : "cut short");
        free(stream);
        return false;
    }
    if ((size - header) % 16)
        mime_report_add(check->report, "%sthe list of properties ends within one", check->place);
    for (ULONG at = header; at + 16 <= size && check->report->count < MIME_PROBLEM_LIMIT; at += 16)
        check_property(check, storage, le32(stream + at));
    if (header != HEADER_PART) {
        static const struct {
            const char *what;
            const WCHAR *prefix;
            ULONG at;
        } counts[] = {{"recipients", RECIP_PREFIX, 16}, {"attachments", ATTACH_PREFIX, 20}};
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            ULONG says = le32(stream + counts[i].at), has = each_part(storage, counts[i].prefix, NULL, NULL);
            if (has < says)
                mime_report_add(check->report, "%s%u %s are announced, %u are there", check->place,
                                (unsigned)says, counts[i].what, (unsigned)has);
        }
    }
    free(stream);
    return true;
}

struct walk {
    struct mime_report *report;
    IStorage *storage; /* of the message */
    const char *place;
    int depth;
    unsigned number;
};

static void check_message(struct mime_report *report, IStorage *storage, ULONG header, const char *place,
                          int depth);

static void check_part(struct walk *walk, const WCHAR *name, bool attachment)
{
    struct check check = {.report = walk->report};
    IStorage *part = NULL, *inner = NULL;
    snprintf(check.place, sizeof check.place, "%.36s%s %u: ", walk->place,
             attachment ? "attachment" : "recipient", ++walk->number);
    if (walk->report->count >= MIME_PROBLEM_LIMIT)
        return;
    if (FAILED(walk->storage->lpVtbl->OpenStorage(walk->storage, name, NULL, READ_MODE, NULL, 0, &part))) {
        mime_report_add(check.report, "%scannot be opened", check.place);
        return;
    }
    check_object(&check, part, HEADER_PART);
    if (attachment &&
        SUCCEEDED(part->lpVtbl->OpenStorage(part, EMBEDDED_DIR, NULL, READ_MODE, NULL, 0, &inner))) {
        IStream *probe = NULL;
        /* An OLE object has no such stream; it is a compound file of its own. */
        HRESULT hr = inner->lpVtbl->OpenStream(inner, PROPERTIES_STREAM, NULL, READ_MODE, 0, &probe);
        if (SUCCEEDED(hr)) {
            probe->lpVtbl->Release(probe);
            check_message(walk->report, inner, HEADER_EMBEDDED, check.place, walk->depth + 1);
        }
        inner->lpVtbl->Release(inner);
    }
    part->lpVtbl->Release(part);
}

static void check_recipient(void *context, const WCHAR *name)
{
    check_part(context, name, false);
}

static void check_attachment(void *context, const WCHAR *name)
{
    check_part(context, name, true);
}

static void check_message(struct mime_report *report, IStorage *storage, ULONG header, const char *place,
                          int depth)
{
    struct check check = {.report = report};
    snprintf(check.place, sizeof check.place, "%s", place);
    if (depth > DEPTH_LIMIT) {
        mime_report_add(report, "%smessages are nested too deep", place);
        return;
    }
    if (!check_object(&check, storage, header))
        return;
    struct walk recipients = {report, storage, place, depth, 0}, attachments = recipients;
    each_part(storage, RECIP_PREFIX, check_recipient, &recipients);
    each_part(storage, ATTACH_PREFIX, check_attachment, &attachments);
}

void msg_check(IStorage *storage, struct mime_report *report)
{
    check_message(report, storage, HEADER_TOP, "", 0);
}

static ULONG rows_of(IMAPITable *table)
{
    ULONG rows = 0;
    if (table) {
        table->lpVtbl->GetRowCount(table, 0, &rows);
        table->lpVtbl->Release(table);
    }
    return rows;
}

void msg_check_copy(IStorage *storage, IMessage *copy, struct mime_report *report)
{
    IMAPITable *recipients = NULL, *attachments = NULL;
    ULONG there = each_part(storage, RECIP_PREFIX, NULL, NULL), here;
    copy->lpVtbl->GetRecipientTable(copy, 0, &recipients);
    if ((here = rows_of(recipients)) < there)
        mime_report_add(report, "%u of %u recipients were taken", (unsigned)here, (unsigned)there);
    there = each_part(storage, ATTACH_PREFIX, NULL, NULL);
    copy->lpVtbl->GetAttachmentTable(copy, 0, &attachments);
    if ((here = rows_of(attachments)) < there)
        mime_report_add(report, "%u of %u attachments were taken", (unsigned)here, (unsigned)there);
}
