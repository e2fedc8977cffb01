/*
 * test_registration.c: /RegServer writes what .reg files for deployment hold, and /UnregServer takes exactly that back, for the
 * machine and for one user, in both views of the registry. Ends with the server registered as it was found.
 */
#include <windows.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define PATH_CHARS 1024
#define DATA_BYTES 4096
#define INSTALLED  "C:\\Program Files\\MapiHost\\mapihost.exe" /* the path in the committed .reg files */

static const char *server_bin; /* the registered server's folder, as a Windows path */

/* ---- a snapshot: every key and value below some keys, a line each ------------------------------------------------- */

struct snapshot {
    char **lines;
    size_t count, room;
};

static void add_line(struct snapshot *snapshot, const char *text)
{
    if (snapshot->count == snapshot->room) {
        snapshot->room = snapshot->room ? snapshot->room * 2 : 4096;
        snapshot->lines = realloc(snapshot->lines, snapshot->room * sizeof *snapshot->lines);
        assert_non_null(snapshot->lines);
    }
    snapshot->lines[snapshot->count++] = _strdup(text);
}

static void add_value(struct snapshot *snapshot, const char *path, const char *name, DWORD type, const BYTE *data,
                      DWORD size)
{
    size_t room = strlen(path) + strlen(name) + 2 * (size_t)size + 32, used;
    char *line = malloc(room);

    assert_non_null(line);
    used = (size_t)snprintf(line, room, "%s\\%s=%lu:", path, name, type);
    for (DWORD i = 0; i < size; i++)
        used += (size_t)snprintf(line + used, room - used, data[i] >= 32 && data[i] < 127 ? "%c" : "%%%02x", data[i]);
    add_line(snapshot, line);
    free(line);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * A key and what lies below it; `view` is KEY_WOW64_64KEY or KEY_WOW64_32KEY. Below Software\Classes are tens of thousands of
 * keys: from the second level on only those are opened that `known` does not have (NULL: none is).
 */
static void add_key(struct snapshot *snapshot, HKEY root, const char *path, REGSAM view, int level,
                    const struct snapshot *known)
{
    static BYTE data[1 << 16];
    char name[DATA_BYTES], below[PATH_CHARS];
    DWORD length, size, type;
    HKEY key;

    add_line(snapshot, path);
    if (level >= 2 && (!known || bsearch(&path, known->lines, known->count, sizeof *known->lines, by_text)))
        return;
    if (RegOpenKeyExA(root, path, 0, KEY_READ | view, &key))
        return;
    for (DWORD i = 0; length = sizeof name, size = sizeof data,
               !RegEnumValueA(key, i, name, &length, NULL, &type, data, &size); i++)
        add_value(snapshot, path, name, type, data, size);
    for (DWORD i = 0; length = sizeof name, !RegEnumKeyExA(key, i, name, &length, NULL, NULL, NULL, NULL); i++) {
        snprintf(below, sizeof below, "%s\\%s", path, name);
        add_key(snapshot, root, below, view, level + 1, known);
    }
    RegCloseKey(key);
}

/* Of all that registering might touch. With `known`, also what lies in keys that it does not have. */
static struct snapshot take_snapshot(HKEY root, const struct snapshot *known)
{
    static const char *const keys[] = {"Software\\Classes", "Software\\MapiHost",
                                       "System\\CurrentControlSet\\Services\\EventLog"};
    struct snapshot snapshot = {NULL, 0, 0};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        add_key(&snapshot, root, keys[i], KEY_WOW64_64KEY, 0, known);
        add_line(&snapshot, "-- 32-bit view --");
        add_key(&snapshot, root, keys[i], KEY_WOW64_32KEY, 0, known);
    }
    qsort(snapshot.lines, snapshot.count, sizeof *snapshot.lines, by_text);
    return snapshot;
}

static void free_snapshot(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->count; i++)
        free(snapshot->lines[i]);
    free(snapshot->lines);
}

/* Prints up to ten lines that only one of the two has; returns how many there are. */
static size_t differences(const struct snapshot *a, const struct snapshot *b)
{
    size_t i = 0, k = 0, found = 0;

    while (i < a->count || k < b->count) {
        int order = i == a->count ? 1 : k == b->count ? -1 : strcmp(a->lines[i], b->lines[k]);

        if (order && found++ < 10)
            print_message("%s %.200s\n", order < 0 ? "-" : "+", order < 0 ? a->lines[i] : b->lines[k]);
        i += order <= 0;
        k += order >= 0;
    }
    return found;
}

/* ---- running the server's options ------------------------------------------------------------------------------------ */

static DWORD run_line(char *line)
{
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    DWORD code = 255;

    assert_true(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process));
    assert_int_equal(WaitForSingleObject(process.hProcess, 60000), WAIT_OBJECT_0);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code;
}

static DWORD run_server(const char *options)
{
    char line[2 * PATH_CHARS];

    snprintf(line, sizeof line, "\"%s\\mapihost.exe\" %s", server_bin, options);
    return run_line(line);
}

/* A file as text: UTF-16 is narrowed (what we write is ASCII). Ended by a NUL. */
static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    size_t size, kept = 0;

    assert_non_null(text);
    if (!file)
        fail_msg("%s cannot be read", path);
    size = fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    for (size_t i = 0; i < size; i++)
        if (text[i] && text[i] != '\r' && (unsigned char)text[i] < 0x80)
            text[kept++] = text[i];
    text[kept] = 0;
    return text;
}

/* ---- cases --------------------------------------------------------------------------------------------------------------- */

static void the_machines_registration_is_undone_and_a_file_does_the_same(void **state)
{
    char options[2 * PATH_CHARS], file[PATH_CHARS], line[2 * PATH_CHARS];
    struct snapshot before, registered, after, by_file;

    (void)state;
    assert_int_equal(run_server("/UnregServer"), 0);
    before = take_snapshot(HKEY_LOCAL_MACHINE, NULL);
    assert_int_equal(run_server("/RegServer"), 0);
    registered = take_snapshot(HKEY_LOCAL_MACHINE, &before);
    assert_true(registered.count > before.count + 100);
    assert_int_equal(run_server("/UnregServer"), 0);
    after = take_snapshot(HKEY_LOCAL_MACHINE, NULL);
    assert_int_equal(differences(&before, &after), 0);
    snprintf(file, sizeof file, "%s\\machine.reg", getenv("MAPIHOST_TEST_TEMP"));
    snprintf(options, sizeof options, "/RegFile \"%s\"", file);
    assert_int_equal(run_server(options), 0);
    snprintf(line, sizeof line, "reg.exe import \"%s\"", file);
    assert_int_equal(run_line(line), 0);
    by_file = take_snapshot(HKEY_LOCAL_MACHINE, &before);
    assert_int_equal(differences(&registered, &by_file), 0);
    free_snapshot(&before);
    free_snapshot(&registered);
    free_snapshot(&after);
    free_snapshot(&by_file);
    assert_int_equal(run_server("/RegServer"), 0);
}

static void a_users_registration_is_undone_exactly(void **state)
{
    struct snapshot before, registered, after;
    HKEY classes;

    (void)state;
    /* Windows gives every user this key; Wine makes it when it is needed. */
    assert_int_equal(RegCreateKeyA(HKEY_CURRENT_USER, "Software\\Classes\\WOW6432Node", &classes), 0);
    RegCloseKey(classes);
    assert_int_equal(run_server("/UnregServer /PerUser"), 0);
    before = take_snapshot(HKEY_CURRENT_USER, NULL);
    assert_int_equal(run_server("/RegServer /PerUser"), 0);
    registered = take_snapshot(HKEY_CURRENT_USER, &before);
    assert_true(registered.count > before.count + 100);
    assert_int_equal(run_server("/UnregServer /PerUser"), 0);
    after = take_snapshot(HKEY_CURRENT_USER, NULL);
    assert_int_equal(differences(&before, &after), 0);
    free_snapshot(&before);
    free_snapshot(&registered);
    free_snapshot(&after);
}

/* The files in registry/ are what the server writes; `make reg` makes them anew. */
static void the_committed_files_are_current(void **state)
{
    static const struct {
        const char *name, *option;
    } files[] = {{"mapihost.reg", ""}, {"mapihost-user.reg", " /PerUser"}};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char options[2 * PATH_CHARS], made[PATH_CHARS], kept[PATH_CHARS], *a, *b;

        snprintf(made, sizeof made, "%s\\%s", getenv("MAPIHOST_TEST_TEMP"), files[i].name);
        snprintf(kept, sizeof kept, "%s\\..\\..\\registry\\%s", server_bin, files[i].name);
        snprintf(options, sizeof options, "/RegFile \"%s\" \"" INSTALLED "\"%s", made, files[i].option);
        assert_int_equal(run_server(options), 0);
        a = read_text(made);
        b = read_text(kept);
        if (strcmp(a, b))
            fail_msg("registry/%s is not what /RegFile writes: run make reg", files[i].name);
        free(a);
        free(b);
    }
}

int main(void)
{
    static char folder[PATH_CHARS];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_machines_registration_is_undone_and_a_file_does_the_same),
        cmocka_unit_test(a_users_registration_is_undone_exactly),
        cmocka_unit_test(the_committed_files_are_current),
    };

    snprintf(folder, sizeof folder, "%s\\..\\%s", getenv("MAPIHOST_TEST_BIN"), getenv("MAPIHOST_TEST_SERVER"));
    GetFullPathNameA(folder, sizeof folder, folder, NULL);
    server_bin = folder;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
