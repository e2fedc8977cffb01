/*
 * console.c: arguments and output of mapictl. Layer: mapictl.
 */
#include "charset.h"
#include "error_table.h"
#include "mapictl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *narrow(const WCHAR *text)
{
    size_t units = 0;
    if (!text)
        return NULL;
    while (text[units])
        units++;
    char *copy = charset_utf8_from_utf16(text, units, NULL);
    if (!copy)
        exit(EXIT_FAILED);
    return copy;
}

WCHAR *wide(const char *text)
{
    WCHAR *copy = text ? (WCHAR *)charset_utf16_from_utf8(text, strlen(text), NULL) : NULL;
    if (text && !copy)
        exit(EXIT_FAILED);
    return copy;
}

/* To a console as Unicode, whatever its code page; to a file or pipe as UTF-8. */
static void put(DWORD which, const char *text, size_t size)
{
    HANDLE handle = GetStdHandle(which);
    DWORD mode, written;
    if (GetConsoleMode(handle, &mode)) {
        size_t units;
        uint16_t *copy = charset_utf16_from_utf8(text, size, &units);
        if (copy)
            WriteConsoleW(handle, copy, (DWORD)units, &written, NULL);
        free(copy);
    } else {
        while (size > 0 && WriteFile(handle, text, (DWORD)size, &written, NULL) && written > 0) {
            text += written;
            size -= written;
        }
    }
}

static void put_format(DWORD which, const char *end, const char *format, va_list args)
{
    char line[4096];
    int length = vsnprintf(line, sizeof line, format, args);
    if (length < 0)
        return;
    put(which, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    put(which, end, strlen(end));
}

void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_format(STD_OUTPUT_HANDLE, "", format, args);
    va_end(args);
}

void complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_format(STD_ERROR_HANDLE, "\n", format, args);
    va_end(args);
}

void progress(const char *format, ...)
{
    HANDLE handle = GetStdHandle(STD_ERROR_HANDLE);
    DWORD mode;
    if (!GetConsoleMode(handle, &mode))
        return;
    va_list args;
    va_start(args, format);
    if (format)
        put_format(STD_ERROR_HANDLE, "   \r", format, args);
    else
        put(STD_ERROR_HANDLE, "                                        \r", 41);
    va_end(args);
}

int fail(HRESULT hr, const char *format, ...)
{
    char what[1024];
    const struct error_row *row = error_table_find(hr);
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (row)
        complain("mapictl: %s: %s [%s 0x%08X]%s%s", what, row->text, row->symbol, (unsigned)hr,
                 *row->hint ? ". " : "", row->hint);
    else
        complain("mapictl: %s: error 0x%08X", what, (unsigned)hr);
    return EXIT_FAILED;
}

int usage_error(const struct command *command, const char *format, ...)
{
    char what[512];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    complain("mapictl: %s: %s (usage: mapictl %s)", command->name, what, command->usage);
    return EXIT_USAGE;
}

unsigned argument_number(const char *text, unsigned most)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    return *text < '0' || *text > '9' || *end || number > most ? 0 : (unsigned)number;
}

bool arguments_read(const struct command *command, int argc, const char **argv, const struct option *options,
                    struct arguments *out, int *code)
{
    bool ended = false;
    *out = (struct arguments){0, argv};
    for (int i = 0; i < argc; i++) {
        const char *argument = argv[i];
        const struct option *option = options;
        if (ended || argument[0] != '-' || !argument[1]) {
            argv[out->count++] = argument;
            continue;
        }
        if (!strcmp(argument, "--")) {
            ended = true;
            continue;
        }
        if (!strcmp(argument, "--help") || !strcmp(argument, "-h")) {
            say("usage: mapictl %s\n\n%s\n%s", command->usage, command->summary, command->help);
            *code = EXIT_DONE;
            return false;
        }
        size_t length = strcspn(argument, "=");
        while (option->name && (strlen(option->name) != length || strncmp(option->name, argument, length)))
            option++;
        if (!option->name) {
            *code = usage_error(command, "unknown option %s", argument);
            return false;
        }
        if (option->flag && !argument[length]) {
            *option->flag = true;
        } else if (option->value && argument[length]) {
            *option->value = argument + length + 1;
        } else if (option->value && i + 1 < argc) {
            *option->value = argv[++i];
        } else {
            *code =
                usage_error(command, option->value ? "%s needs a value" : "%s takes no value", option->name);
            return false;
        }
    }
    return true;
}
