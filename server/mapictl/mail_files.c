/*
 * mail_files.c: finds the mails in files and folders. Layer: mapictl.
 */
#include "mail_files.h"
#include "tnef.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define PATH_UNITS 32768

static bool has_extension(const WCHAR *path, const WCHAR *extension)
{
    size_t length = wcslen(path), wanted = wcslen(extension);
    return length > wanted && !_wcsicmp(path + length - wanted, extension);
}

static bool known_name(const WCHAR *path)
{
    return has_extension(path, L".eml") || has_extension(path, L".msg") || has_extension(path, L".mbox") ||
           has_extension(path, L".mbx") || has_extension(path, L".tnef") || !_wcsicmp(path, L"winmail.dat");
}

static int64_t ticks_of(FILETIME time)
{
    return (int64_t)(((uint64_t)time.dwHighDateTime << 32) | time.dwLowDateTime);
}

static char *read_file(const WCHAR *path, size_t *size, int64_t *changed, DWORD *error)
{
    HANDLE file =
        CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    LARGE_INTEGER length = {.QuadPart = 0};
    FILETIME time = {0, 0};
    char *text = NULL;
    *size = 0;
    *error = ERROR_SUCCESS;
    if (file == INVALID_HANDLE_VALUE || !GetFileSizeEx(file, &length)) {
        *error = GetLastError();
    } else if (length.QuadPart > 0x7fff0000 || !(text = malloc((size_t)length.QuadPart + 1))) {
        *error = ERROR_NOT_ENOUGH_MEMORY;
    } else {
        DWORD part = 1;
        while (*size < (size_t)length.QuadPart && part > 0 && *error == ERROR_SUCCESS) {
            if (!ReadFile(file, text + *size, (DWORD)((size_t)length.QuadPart - *size), &part, NULL))
                *error = GetLastError();
            else
                *size += part;
        }
        text[*size] = 0;
    }
    if (file != INVALID_HANDLE_VALUE) {
        GetFileTime(file, NULL, NULL, &time);
        CloseHandle(file);
    }
    *changed = ticks_of(time);
    if (*error != ERROR_SUCCESS) {
        free(text);
        text = NULL;
    }
    return text;
}

/* Takes one '>' off lines that begin with ">From " (mboxrd). Returns the new size. */
static size_t unquote(char *text, size_t size)
{
    size_t kept = 0;
    bool line_start = true;
    for (size_t i = 0; i < size; i++) {
        if (line_start && text[i] == '>') {
            size_t k = i;
            while (k < size && text[k] == '>')
                k++;
            if (size - k >= 5 && !memcmp(text + k, "From ", 5)) {
                line_start = false;
                continue;
            }
        }
        line_start = text[i] == '\n';
        text[kept++] = text[i];
    }
    return kept;
}

/* Where the next mail of an mbox begins: at a "From " line after an empty one. */
static size_t mbox_next(const char *text, size_t size, size_t pos)
{
    while (pos < size) {
        const char *line = memchr(text + pos, '\n', size - pos);
        if (!line)
            return size;
        pos = (size_t)(line - text) + 1;
        bool after_empty = pos >= 2 && (text[pos - 2] == '\n' ||
                                        (pos >= 3 && text[pos - 2] == '\r' && text[pos - 3] == '\n'));
        if (after_empty && size - pos >= 5 && !memcmp(text + pos, "From ", 5))
            return pos;
    }
    return size;
}

/* The date of a "From address Thu Nov 22 13:43:09 2026" line, taken as UTC; 0 when there is none. */
static int64_t postmark(const char *line, size_t size)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *end = memchr(line, '\n', size);
    size_t length = end ? (size_t)(end - line) : size;
    SYSTEMTIME date = {0};
    FILETIME time;
    char text[256], month[4];
    unsigned day, hour, minute, second, year;

    if (length >= sizeof text)
        return 0;
    memcpy(text, line, length);
    text[length] = 0;
    for (const char *word = strchr(text, ' '); word; word = strchr(word + 1, ' ')) {
        const char *found;
        if (sscanf(word, " %*3s %3s %2u %2u:%2u:%2u %4u", month, &day, &hour, &minute, &second, &year) != 6 ||
            strlen(month) != 3 || !(found = strstr(months, month)) || (found - months) % 3)
            continue;
        date.wYear = (WORD)year, date.wMonth = (WORD)((found - months) / 3 + 1), date.wDay = (WORD)day;
        date.wHour = (WORD)hour, date.wMinute = (WORD)minute, date.wSecond = (WORD)second;
        return SystemTimeToFileTime(&date, &time) ? ticks_of(time) : 0;
    }
    return 0;
}

static bool visit_mbox(struct found_mail *mail, char *text, size_t size, const struct mail_visitor *visitor)
{
    int64_t file_changed = mail->arrived;
    bool go_on = true;
    for (size_t start = 0; start < size && go_on;) {
        size_t end = mbox_next(text, size, start);
        int64_t marked = postmark(text + start, end - start);
        mail->arrived = marked ? marked : file_changed;
        mail->number++;
        mail->text = text + start;
        mail->size = unquote(text + start, end - start);
        go_on = visitor->mail(visitor->context, mail);
        start = end;
    }
    return go_on;
}

/* A Maildir name's flags: ":2,S" on Unix; Windows forbids the colon, so programs take others. */
static void maildir_flags(struct found_mail *mail)
{
    const WCHAR *comma = wcsrchr(mail->path, ',');
    if (!comma || comma - mail->path < 2 || comma[-1] != '2')
        return;
    mail->seen = wcschr(comma, 'S') != NULL;
    mail->draft = wcschr(comma, 'D') != NULL;
}

static bool visit_file(const WCHAR *path, bool in_maildir, const struct mail_visitor *visitor)
{
    struct found_mail mail = {.kind = MAIL_RFC822, .path = path};
    static const uint8_t compound[8] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};
    DWORD error;
    char *text = read_file(path, &mail.size, &mail.arrived, &error);
    bool go_on = true;
    if (!text) {
        visitor->unreadable(visitor->context, path, error);
        return true;
    }
    mail.text = text;
    if (in_maildir)
        maildir_flags(&mail);
    bool is_compound = mail.size >= sizeof compound && !memcmp(text, compound, sizeof compound);
    bool is_mbox =
        has_extension(path, L".mbox") || has_extension(path, L".mbx") ||
        (!in_maildir && !has_extension(path, L".eml") && mail.size >= 5 && !memcmp(text, "From ", 5));
    /* Programs other than Outlook give plain mails the extension .msg too; they are text. */
    bool is_binary = memchr(text, 0, mail.size < 512 ? mail.size : 512) != NULL;
    if (tnef_is(text, mail.size)) {
        mail.kind = MAIL_TNEF;
        go_on = visitor->mail(visitor->context, &mail);
    } else if (is_compound || (is_binary && has_extension(path, L".msg"))) {
        mail.kind = MAIL_MSG;
        mail.text = NULL;
        go_on = visitor->mail(visitor->context, &mail);
    } else if (is_mbox) {
        go_on = visit_mbox(&mail, text, mail.size, visitor);
    } else {
        go_on = visitor->mail(visitor->context, &mail);
    }
    free(text);
    return go_on;
}

static bool is_folder(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

static int by_name(const void *a, const void *b)
{
    return wcscmp(*(WCHAR *const *)a, *(WCHAR *const *)b);
}

struct name_list {
    WCHAR **names;
    size_t count;
};

/* The names in a folder, sorted, so that an import has the same order everywhere. */
static DWORD list_folder(const WCHAR *folder, struct name_list *list)
{
    WCHAR *pattern = malloc((wcslen(folder) + 3) * sizeof *pattern);
    WIN32_FIND_DATAW found;
    *list = (struct name_list){NULL, 0};
    if (!pattern)
        return ERROR_NOT_ENOUGH_MEMORY;
    wcscpy(pattern, folder);
    wcscat(pattern, L"\\*");
    HANDLE search = FindFirstFileW(pattern, &found);
    free(pattern);
    if (search == INVALID_HANDLE_VALUE)
        return GetLastError();
    do {
        if (found.cFileName[0] == '.')
            continue;
        if (list->count % 64 == 0) {
            WCHAR **names = realloc(list->names, (list->count + 64) * sizeof *names);
            if (!names)
                break;
            list->names = names;
        }
        if (!(list->names[list->count] = _wcsdup(found.cFileName)))
            break;
        list->count++;
    } while (FindNextFileW(search, &found));
    FindClose(search);
    if (list->count > 1)
        qsort(list->names, list->count, sizeof *list->names, by_name);
    return ERROR_SUCCESS;
}

static bool visit_folder(WCHAR *path, bool in_maildir, const struct mail_visitor *visitor)
{
    struct name_list list;
    size_t length = wcslen(path);
    DWORD error = list_folder(path, &list);
    bool go_on = true, is_maildir = false;
    if (error != ERROR_SUCCESS)
        visitor->unreadable(visitor->context, path, error);
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < list.count; i++) {
            const WCHAR *name = list.names[i];
            if (length + wcslen(name) + 2 > PATH_UNITS)
                continue;
            path[length] = '\\';
            wcscpy(path + length + 1, name);
            bool folder = is_folder(path), maildir_part = !wcscmp(name, L"cur") || !wcscmp(name, L"new");
            if (pass == 0)
                is_maildir |= folder && !wcscmp(name, L"cur");
            else if (go_on && folder && !(is_maildir && !wcscmp(name, L"tmp")))
                go_on = visit_folder(path, is_maildir && maildir_part, visitor);
            else if (go_on && !folder && (in_maildir || known_name(name)))
                go_on = visit_file(path, in_maildir, visitor);
            path[length] = 0;
        }
    }
    for (size_t i = 0; i < list.count; i++)
        free(list.names[i]);
    free(list.names);
    return go_on;
}

bool mail_files_visit(const WCHAR *path, const struct mail_visitor *visitor)
{
    if (!is_folder(path))
        return visit_file(path, false, visitor);
    WCHAR *space = malloc(PATH_UNITS * sizeof *space);
    bool go_on = false;
    if (space && wcslen(path) + 2 < PATH_UNITS) {
        size_t length = wcslen(path);
        wcscpy(space, path);
        while (length > 1 && (space[length - 1] == '\\' || space[length - 1] == '/'))
            space[--length] = 0;
        go_on = visit_folder(space, false, visitor);
    }
    free(space);
    return go_on;
}
