/*
 * test_mapictl.c: mapictl.exe as a program: its commands in the order in which somebody would use them, on a data folder
 * of its own, and what it says of wrong arguments and malformed input. Environment: MAPIHOST_TEST_BIN, MAPIHOST_TEST_TEMP.
 */
#include "harness.h"
#include "tnef_build.h"
#include <stdbool.h>
#include <stdlib.h>

static WCHAR program[MAX_PATH], temp[MAX_PATH];
static char text[65536]; /* what the last run printed */

/* ---- running ---- */

/* Starts mapictl --data DATA with a command line in which @\\ stands for the test's folder; *out: what it prints to. */
static HANDLE start(const char *arguments, HANDLE *out)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    STARTUPINFOW start = {.cb = sizeof(start), .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    WCHAR line[4096], path[MAX_PATH];
    wsprintfW(line, L"\"%s\" --data \"%s\\data\" ", program, temp);
    for (WCHAR *end = line + lstrlenW(line); *arguments; arguments++) {
        if (*arguments == '@' && arguments[1] == '\\') {
            lstrcpyW(end, temp);
            end += lstrlenW(end);
        } else {
            *end++ = (BYTE)*arguments;
        }
        *end = 0;
    }
    /* To a file: a pipe would stay open in whatever the system starts along with the program. */
    wsprintfW(path, L"%s\\out.txt", temp);
    *out = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherit, CREATE_ALWAYS, 0,
                       NULL);
    assert_ptr_not_equal(*out, INVALID_HANDLE_VALUE);
    start.hStdOutput = start.hStdError = *out;
    assert_true(CreateProcessW(NULL, line, NULL, NULL, TRUE, DETACHED_PROCESS, NULL, NULL, &start, &process));
    CloseHandle(process.hThread);
    return process.hProcess;
}

/* Waits for it, and takes what it has printed to `text`. Returns the exit code. */
static DWORD finish(HANDLE process, HANDLE out)
{
    DWORD code = 99, got = 0;
    assert_int_equal(WaitForSingleObject(process, 60000), WAIT_OBJECT_0);
    SetFilePointer(out, 0, NULL, FILE_BEGIN);
    assert_true(ReadFile(out, text, sizeof(text) - 1, &got, NULL));
    text[got] = 0;
    CloseHandle(out);
    assert_true(GetExitCodeProcess(process, &code));
    CloseHandle(process);
    return code;
}

static DWORD run(const char *arguments)
{
    HANDLE out, process = start(arguments, &out);
    return finish(process, out);
}

#define ANY_CODE 1000

struct step {
    const char *arguments;
    DWORD code;          /* 0 done, 1 failed, 2 wrong arguments; ANY_CODE */
    const char *says[3]; /* each is in the output */
    const char *not;     /* this is not */
};

static void run_steps(const struct step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct step *step = &steps[i];
        DWORD code = run(step->arguments);
        bool right = (code == step->code || step->code == ANY_CODE) && !(step->not && strstr(text, step->not));
        for (size_t k = 0; k < ARRAYSIZE(step->says); k++)
            right = right && (!step->says[k] || strstr(text, step->says[k]));
        if (!right)
            print_error("mapictl %s: exit code %lu, expected %lu; it said:\n%s\n", step->arguments, (unsigned long)code,
                        (unsigned long)step->code, text);
        assert_true(right);
    }
}

/* ---- files ---- */

static void make_folder_at(const WCHAR *name)
{
    WCHAR path[MAX_PATH];
    wsprintfW(path, L"%s\\%s", temp, name);
    assert_true(CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS);
}

static void write_bytes(const WCHAR *name, const void *bytes, size_t size)
{
    WCHAR path[MAX_PATH];
    DWORD put = 0;
    wsprintfW(path, L"%s\\%s", temp, name);
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, bytes, (DWORD)size, &put, NULL) && put == size);
    CloseHandle(file);
}

static void write_text(const WCHAR *name, const char *content)
{
    write_bytes(name, content, strlen(content));
}

static char *read_text(const WCHAR *name, DWORD *size)
{
    WCHAR path[MAX_PATH];
    wsprintfW(path, L"%s\\%s", temp, name);
    HANDLE file = CreateFileW(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    DWORD length = GetFileSize(file, NULL);
    char *content = calloc(length + 1, 1);
    assert_non_null(content);
    assert_true(ReadFile(file, content, length, size, NULL));
    CloseHandle(file);
    return content;
}

/* Files of a folder below the test's that match; the first name goes to `first`. */
static int count_files(const WCHAR *pattern, WCHAR *first)
{
    WCHAR path[MAX_PATH];
    WIN32_FIND_DATAW found;
    int count = 0;
    wsprintfW(path, L"%s\\%s", temp, pattern);
    HANDLE find = FindFirstFileW(path, &found);
    if (find == INVALID_HANDLE_VALUE)
        return 0;
    do {
        if (!count++ && first)
            lstrcpyW(first, found.cFileName);
    } while (FindNextFileW(find, &found));
    FindClose(find);
    return count;
}

#define MAIL(subject, body) \
    "From: Anna <anna@example.test>\r\nTo: demo@example.test\r\nSubject: " subject \
    "\r\nDate: Mon, 2 Feb 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n" \
    "Content-Type: text/plain; charset=utf-8\r\n\r\n" body "\r\n"

static int setup(void **state)
{
    WCHAR bin[MAX_PATH];
    (void)state;
    assert_true(GetEnvironmentVariableW(L"MAPIHOST_TEST_BIN", bin, MAX_PATH - 20) > 0);
    assert_true(GetEnvironmentVariableW(L"MAPIHOST_TEST_TEMP", temp, MAX_PATH - 60) > 0);
    wsprintfW(program, L"%s\\mapictl.exe", bin);
    return 0;
}

/* ---- the cases ---- */

static void it_tells_of_wrong_arguments(void **state)
{
    static const struct step steps[] = {
        {"", 2, {"usage: mapictl", "create-mailbox"}, NULL},
        {"--help", 0, {"Exit codes"}, NULL},
        {"--version", 0, {"mapictl 1"}, NULL},
        {"--no-such", 2, {"unknown option --no-such"}, NULL},
        {"frobnicate", 2, {"unknown command frobnicate"}, NULL},
        {"create-mailbox", 2, {"one name is needed"}, NULL},
        {"create-mailbox x --count 12abc", 2, {"--count takes a number"}, NULL},
        {"create-mailbox x --count 99999999999999999999", 2, {"--count takes a number"}, NULL},
        {"create-mailbox x --count 3 --display y", 2, {"--count makes names"}, NULL},
        {"create-mailbox --count", 2, {"--count needs a value"}, NULL},
        {"create-mailbox \"a b\"", 1, {"a name has 1 to 64 characters"}, NULL},
        {"delete-profile nobody", 1, {"delete-profile: nobody"}, NULL},
        {"import --profile nobody x.eml", 1, {"logon to the profile \"nobody\""}, NULL},
        {"export --format pst @\\out", 2, {"--format takes eml, msg or mbox"}, NULL},
        {"list", 2, {"say what to list"}, NULL},
        {"set a --hide --show", 2, {"exclude each other"}, NULL},
        {"import --help", 0, {"usage: mapictl import", "--folder PATH"}, NULL},
    };
    (void)state;
    run_steps(steps, ARRAYSIZE(steps));
}

static void it_makes_mailboxes_and_profiles(void **state)
{
    static const struct step steps[] = {
        {"create-mailbox demo --display \"Demo User\" --default", 0, {"mailbox demo <demo@example.test> created", "the default one"}, NULL},
        {"create-mailbox demo", 1, {"MAPI_E_COLLISION"}, NULL},
        {"create-profile demo --mailbox demo", 1, {"create-profile: demo:", "MAPI_E_COLLISION"}, NULL},
        {"create-mailbox other --address demo@example.test", 1, {"MAPI_E_COLLISION"}, NULL},
        {"create-mailbox anna --address anna.arnold@example.test --admin", 0, {"profile anna created"}, NULL},
        {"create-mailbox bare --no-profile", 0, {"mailbox bare"}, "profile"},
        {"create-mailbox user --count 25 --address-domain many.test", 0, {"25 mailboxes created: user1 to user25"}, NULL},
        /* It would make user21, which the 25 have. */
        {"create-mailbox user2 --count 1", 1, {"MAPI_E_COLLISION"}, NULL},
        {"list mailboxes", 0, {"user25@many.test", "Demo User", "(administrator)"}, NULL},
        {"create-profile second --mailbox bare", 0, {"profile second created"}, NULL},
        {"create-profile second --mailbox bare", 1, {"second"}, NULL},
        {"create-profile lost --mailbox nobody.at.all", 1, {"lost"}, NULL},
        {"list profiles", 0, {"demo  (default)", "anna", "second"}, "lost"},
        {"list folders", 0, {"Inbox  0 messages, 0 unread", "Sent Items"}, NULL},
        {"delete-profile second", 0, {"profile second deleted"}, NULL},
        {"list profiles", 0, {"demo"}, "second"},
        /* Whether the server is registered is not this test's affair. */
        {"doctor", ANY_CODE, {"mapilocal.dll", "Data folder", "demo  (default)"}, NULL},
    };
    (void)state;
    run_steps(steps, ARRAYSIZE(steps));
}

static void it_keeps_the_directory(void **state)
{
    static const struct step steps[] = {
        {"create-contact outside --address someone@elsewhere.test --display \"Some One\"", 0, {"contact outside created"}, NULL},
        {"create-list staff demo anna outside --display \"All Staff\"", 0, {"list staff created", "outside is now in staff"}, NULL},
        {"create-list half demo nobody", 1, {"demo is now in half", "nobody into half"}, NULL},
        {"members half staff", 0, {"staff is now in half"}, NULL},
        {"members half half", 1, {"MAPI_E_NOT_FOUND"}, NULL},
        {"members demo anna", 1, {"MAPI_E_NOT_FOUND"}, NULL},
        {"list members half", 0, {"All Staff", "2 entries"}, NULL},
        {"members half staff --remove", 0, {"no longer in half"}, NULL},
        {"list members staff", 0, {"someone@elsewhere.test", "3 entries"}, NULL},
        {"set anna --title Director --company Example --manager demo --add-address a@example.test", 0, {"anna changed"}, NULL},
        {"set anna --add-address demo@example.test", 1, {"MAPI_E_COLLISION"}, NULL},
        {"set anna --title \"\" --manager \"\"", 0, {"anna changed"}, NULL},
        {"set outside --hide", 0, {"outside changed"}, NULL},
        {"list directory", 0, {"(hidden)", "list     staff", "contact  outside"}, NULL},
        {"delete-entry half", 0, {"half deleted"}, NULL},
        {"delete-entry half", 1, {"MAPI_E_NOT_FOUND"}, NULL},
        {"delete-entry demo", 1, {"MAPI_E_NOT_FOUND"}, NULL},
        {"grant anna demo", 0, {"demo may open the mailbox anna"}, "to read it"},
        {"grant anna demo --read-only", 0, {"to read it"}, NULL},
        {"grant anna demo --remove", 0, {"may no longer"}, NULL},
        {"grant staff demo", 1, {"MAPI_E_NOT_FOUND"}, NULL},
        {"grant anna demo --remove --read-only", 2, {"exclude each other"}, NULL},
    };
    (void)state;
    run_steps(steps, ARRAYSIZE(steps));
}

static void it_imports_mails(void **state)
{
    static const struct step steps[] = {
        {"import @\\one.eml", 0, {"1 mails imported, 0 with problems, 0 failed"}, NULL},
        {"import --folder Inbox/Old/Years @\\mails.mbox", 0, {"3 mails imported"}, NULL},
        {"import --folder Inbox\\Maildir @\\maildir", 0, {"3 mails imported"}, NULL},
        {"import --read --folder Tree @\\tree", 0, {"2 mails imported"}, NULL},
        {"list folders", 0, {"Inbox  1 messages, 1 unread", "Years  3 messages, 3 unread", "Maildir  3 messages, 2 unread"}, NULL},
        {"list folders", 0, {"Tree  2 messages, 0 unread"}, NULL},
        {"list messages --folder inbox/old/YEARS", 0, {"first of three", "third of three", "Anna"}, NULL},
        {"list messages --folder Inbox/Old/Years --limit 1", 0, {"of three"}, "second of three"},
        {"list messages --folder No/Such", 1, {"MAPI_E_NOT_FOUND"}, NULL},
    };
    (void)state;
    write_text(L"one.eml", MAIL("hello", "From the start\r\n"));
    write_text(L"mails.mbox", "From a@b Mon Feb  2 10:00:00 2026\n" MAIL("first of three", ">From here on")
                              "\nFrom a@b Mon Feb  2 10:00:00 2026\n" MAIL("second of three", "x")
                              "\nFrom a@b Mon Feb  2 10:00:00 2026\n" MAIL("third of three", "last"));
    make_folder_at(L"maildir");
    make_folder_at(L"maildir\\cur");
    make_folder_at(L"maildir\\new");
    make_folder_at(L"maildir\\tmp");
    write_text(L"maildir\\cur\\1.host;2,S", MAIL("seen", "x"));
    write_text(L"maildir\\cur\\2.host;2,", MAIL("unseen", "x"));
    write_text(L"maildir\\new\\3.host", MAIL("new", "x"));
    write_text(L"maildir\\tmp\\4.host", MAIL("not yet", "x"));
    make_folder_at(L"tree");
    make_folder_at(L"tree\\branch");
    write_text(L"tree\\leaf.eml", MAIL("leaf", "x"));
    write_text(L"tree\\branch\\leaf.EML", MAIL("another leaf", "x"));
    write_text(L"tree\\notes.txt", "not a mail");
    run_steps(steps, ARRAYSIZE(steps));
}

static void it_exports_what_it_imported(void **state)
{
    static const struct step steps[] = {
        {"export --folder Inbox/Old/Years @\\eml", 0, {"3 messages exported, 0 failed"}, NULL},
        {"export --folder Inbox/Old/Years --format msg @\\msg", 0, {"3 messages exported, 0 failed"}, NULL},
        {"export --folder Inbox/Old/Years --format mbox @\\all.mbox", 0, {"3 messages exported, 0 failed"}, NULL},
        {"export --folder Nowhere @\\nothing", 1, {"MAPI_E_NOT_FOUND"}, NULL},
        {"export @\\no\\such\\folder", 1, {"mapictl: export"}, NULL},
        {"import --folder Back/Eml @\\eml", 0, {"3 mails imported, 0 with problems, 0 failed"}, NULL},
        {"import --folder Back/Msg @\\msg", 0, {"3 mails imported, 0 with problems, 0 failed"}, NULL},
        {"import --folder Back/Mbox @\\all.mbox", 0, {"3 mails imported, 0 with problems, 0 failed"}, NULL},
        {"list messages --folder Back/Msg", 0, {"first of three", "second of three", "third of three"}, NULL},
        {"list messages --folder Back/Mbox", 0, {"first of three", "second of three", "third of three"}, NULL},
        {"export --folder Back/Mbox @\\again", 0, {"3 messages exported"}, NULL},
        {"export --folder Back/Msg @\\frommsg", 0, {"3 messages exported"}, NULL},
    };
    WCHAR name[MAX_PATH], path[MAX_PATH];
    DWORD size;
    (void)state;
    run_steps(steps, ARRAYSIZE(steps));
    assert_int_equal(count_files(L"eml\\*.eml", NULL), 3);
    assert_int_equal(count_files(L"msg\\*.msg", NULL), 3);
    assert_int_equal(count_files(L"again\\* first of three.eml", name), 1);
    wsprintfW(path, L"again\\%s", name);
    char *mail = read_text(path, &size);
    assert_non_null(strstr(mail, "Subject: first of three\r\n"));
    assert_non_null(strstr(mail, "\r\n=46rom here on")); /* through two mboxes, and safe for more */
    free(mail);
    assert_int_equal(count_files(L"frommsg\\* first of three.eml", name), 1);
    wsprintfW(path, L"frommsg\\%s", name);
    mail = read_text(path, &size);
    assert_non_null(strstr(mail, "From: "));
    assert_non_null(strstr(mail, "anna@example.test"));
    assert_non_null(strstr(mail, "To: "));
    free(mail);
}

static void malformed_input_is_told_and_harmless(void **state)
{
    static const struct step steps[] = {
        {"import --folder Bad @\\missing.eml", 1, {"missing.eml", "0 mails imported, 0 with problems, 1 failed"}, NULL},
        {"import --folder Bad @\\garbage.msg", 1, {"garbage.msg", "1 failed"}, NULL},
        {"import --folder Bad @\\cut.msg", 1, {"cut.msg", "1 failed"}, NULL},
        {"import --folder Bad @\\empty.msg", 0, {"empty.msg: the mail has no headers", "1 with problems"}, NULL},
        {"import --folder Bad @\\empty.mbox", 0, {"0 mails imported, 0 with problems, 0 failed"}, NULL},
        {"import --folder Bad @\\broken.eml", 0, {"broken.eml: ", "1 mails imported, 1 with problems, 0 failed"}, NULL},
        {"import --folder Bad --quiet @\\broken.eml", 0, {"1 mails imported, 1 with problems"}, "broken.eml: "},
        {"import --folder Bad @\\garbage.eml", 0, {"1 mails imported"}, NULL},
        /* What is good among the bad is imported. */
        {"import --folder Bad @\\garbage.msg @\\one.eml @\\missing.eml", 1, {"1 mails imported, 0 with problems, 2 failed"}, NULL},
        {"check", 0, {"mailboxes checked: sound"}, NULL},
    };
    static BYTE noise[20000];
    WCHAR name[MAX_PATH], path[MAX_PATH];
    DWORD size;
    (void)state;
    for (size_t i = 0, x = 1; i < sizeof(noise); i++) {
        x = x * 1103515245u + 12345u;
        noise[i] = (BYTE)(x >> 16);
    }
    write_bytes(L"garbage.eml", noise, sizeof(noise));
    memcpy(noise, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    write_bytes(L"garbage.msg", noise, sizeof(noise));
    write_text(L"empty.msg", "");
    write_text(L"empty.mbox", "");
    assert_int_equal(count_files(L"msg\\*.msg", name), 3);
    wsprintfW(path, L"msg\\%s", name);
    char *whole = read_text(path, &size);
    write_bytes(L"cut.msg", whole, size < 700 ? size : 700);
    free(whole);
    write_text(L"broken.eml", "Subject: =?utf-8?B?!!!?= half\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                              "Content-Type: text/plain; charset=no-such\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                              "aGVsbG8=&&&\r\n");
    run_steps(steps, ARRAYSIZE(steps));
}

static void copy_file(const WCHAR *from, const WCHAR *to, DWORD most)
{
    DWORD size;
    char *whole = read_text(from, &size);
    write_bytes(to, whole, size < most ? size : most);
    free(whole);
}

/* Takes an element out of a message file's root. */
static void cut_out(const WCHAR *name, const WCHAR *element)
{
    WCHAR path[MAX_PATH];
    IStorage *storage = NULL;
    wsprintfW(path, L"%s\\%s", temp, name);
    assert_hr(StgOpenStorage(path, NULL, STGM_READWRITE | STGM_SHARE_EXCLUSIVE, NULL, 0, &storage), S_OK);
    assert_hr(storage->lpVtbl->DestroyElement(storage, element), S_OK);
    storage->lpVtbl->Release(storage);
}

static void what_a_message_file_lacks_is_told(void **state)
{
    static const struct step make[] = {
        {"import --folder Parts @\\parts.eml", 0, {"1 mails imported, 0 with problems"}, NULL},
        {"export --folder Parts --format msg @\\parts", 0, {"1 messages exported"}, NULL},
    };
    static const struct step steps[] = {
        {"import --folder Cut @\\recipient.msg", 0, {"3 recipients are announced, 2 are there", "1 with problems, 0 failed"}, NULL},
        {"import --folder Cut @\\attachment.msg", 0, {"2 attachments are announced, 1 are there", "1 with problems, 0 failed"}, NULL},
        {"import --folder Cut @\\subject.msg", 0, {"the value of property 0x0037001F is missing", "1 with problems"}, NULL},
        {"import --folder Cut @\\whole.msg", 0, {"1 mails imported, 0 with problems, 0 failed"}, NULL},
        {"import --folder Cut @\\half.msg", ANY_CODE, {"half.msg: "}, "1 mails imported, 0 with problems"},
        {"import --folder Tnef @\\winmail.dat", 0, {"1 mails imported, 0 with problems, 0 failed"}, NULL},
        {"import --folder Tnef @\\cut.tnef", 0, {"cut.tnef: winmail.dat is cut short", "1 with problems, 0 failed"}, NULL},
        {"list messages --folder Tnef", 0, {"Paul"}, NULL},
    };
    struct bytebuf stream = {0};
    WCHAR name[MAX_PATH], path[MAX_PATH];
    DWORD size;
    (void)state;
    write_text(L"parts.eml",
               "From: a@example.test\r\nTo: b@example.test, c@example.test\r\nCc: d@example.test\r\nSubject: parts\r\n"
               "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\ntext\r\n"
               "--m\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\none\r\n"
               "--m\r\nContent-Disposition: attachment; filename=b.txt\r\n\r\ntwo\r\n--m--\r\n");
    run_steps(make, ARRAYSIZE(make));
    assert_int_equal(count_files(L"parts\\*.msg", name), 1);
    wsprintfW(path, L"parts\\%s", name);
    static const WCHAR *const copies[] = {L"recipient.msg", L"attachment.msg", L"subject.msg", L"whole.msg"};
    for (size_t i = 0; i < ARRAYSIZE(copies); i++)
        copy_file(path, copies[i], ~0u);
    cut_out(L"recipient.msg", L"__recip_version1.0_#00000001");
    cut_out(L"attachment.msg", L"__attach_version1.0_#00000001");
    cut_out(L"subject.msg", L"__substg1.0_0037001F");
    free(read_text(path, &size));
    copy_file(path, L"half.msg", size * 3 / 4);
    tnef_begin(&stream);
    tnef_attribute(&stream, 1, 0x00078008, "IPM.Note", 9);
    tnef_attribute(&stream, 1, 0x00008000, "\4\0\40\0\5\0\16\0Paul\0SMTP:p@x.test", 8 + 5 + 14);
    write_bytes(L"winmail.dat", stream.data, stream.size);
    write_bytes(L"cut.tnef", stream.data, stream.size - 4);
    bytebuf_free(&stream);
    run_steps(steps, ARRAYSIZE(steps));
}

/* How many mails of an mbox the last run said it had imported: it tells what was wrong with each, after saving it. */
static int reported(void)
{
    int most = 0;
    for (const char *at = text; (at = strstr(at, "(mail ")) != NULL; at++)
        most = atoi(at + 6) > most ? atoi(at + 6) : most;
    return most;
}

/* What an import that is killed has reported as imported is there; the mailbox is sound and takes the import again. */
static void an_import_can_be_killed(void **state)
{
    enum { MAILS = 300, ROUNDS = 3 };
    static char mbox[MAILS * 300];
    char wanted[64];
    size_t used = 0;
    (void)state;
    for (int i = 1; i <= MAILS; i++)
        used += (size_t)sprintf(mbox + used,
                                "From a@b Mon Feb  2 10:00:00 2026\nFrom: a@example.test\nSubject: number %d\n"
                                "Content-Type: text/plain; charset=no-such\n\nmail %d\n\n",
                                i, i);
    write_bytes(L"many.mbox", mbox, used);
    for (int round = 1; round <= ROUNDS; round++) {
        char folder[16], command[128];
        sprintf(folder, "Killed%d", round);
        sprintf(command, "import --folder %s @\\many.mbox", folder);
        HANDLE out, process = start(command, &out);
        /* Somewhere in the midst. */
        for (DWORD begin = GetTickCount(), seen = 0; seen < (DWORD)round * 3000 && GetTickCount() - begin < 30000;) {
            seen = GetFileSize(out, NULL);
            if (WaitForSingleObject(process, 1) == WAIT_OBJECT_0)
                break;
        }
        TerminateProcess(process, 9);
        finish(process, out);
        int told = reported();
        assert_int_equal(run("check"), 0);
        assert_non_null(strstr(text, "sound"));
        assert_int_equal(run("list folders"), 0);
        sprintf(wanted, "%s  ", folder);
        const char *line = strstr(text, wanted);
        int there = line ? atoi(line + strlen(wanted)) : 0;
        if (there < told)
            print_error("%d were reported as imported, %d are there\n", told, there);
        assert_true(there >= told && there <= MAILS);
        /* Each whole: the last one that was reported has its subject. */
        if (told) {
            sprintf(command, "list messages --folder %s --limit 1000", folder);
            assert_int_equal(run(command), 0);
            sprintf(wanted, "number %d\r\n", told);
            if (!strstr(text, wanted))
                sprintf(wanted, "number %d\n", told);
            assert_non_null(strstr(text, wanted));
        }
    }
    assert_int_equal(run("import --folder Killed1 @\\many.mbox"), 0);
    assert_non_null(strstr(text, "300 mails imported, 300 with problems, 0 failed"));
    assert_int_equal(run("check"), 0);
}

/* The largest database below a folder. */
static void find_largest(const WCHAR *folder, DWORD *most, WCHAR *largest)
{
    WCHAR path[MAX_PATH];
    WIN32_FIND_DATAW found;
    wsprintfW(path, L"%s\\*", folder);
    HANDLE find = FindFirstFileW(path, &found);
    assert_ptr_not_equal(find, INVALID_HANDLE_VALUE);
    do {
        size_t length = wcslen(found.cFileName);
        wsprintfW(path, L"%s\\%s", folder, found.cFileName);
        if (found.cFileName[0] != '.' && found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
            find_largest(path, most, largest);
        } else if (found.nFileSizeLow > *most && length > 3 && !wcscmp(found.cFileName + length - 3, L".db")) {
            *most = found.nFileSizeLow;
            lstrcpyW(largest, path);
        }
    } while (FindNextFileW(find, &found));
    FindClose(find);
}

static void check_finds_damage(void **state)
{
    WCHAR path[MAX_PATH], largest[MAX_PATH] = L"";
    DWORD most = 0;
    int damaged = 0;
    (void)state;
    /* A mailbox file whose middle is overwritten: the largest, demo's. */
    wsprintfW(path, L"%s\\data\\mailboxes", temp);
    find_largest(path, &most, largest);
    HANDLE file = CreateFileW(largest, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    for (DWORD at = most / 4; at + 64 < most; at += 4096, damaged++) {
        DWORD put;
        SetFilePointer(file, (LONG)at, NULL, FILE_BEGIN);
        assert_true(WriteFile(file, "not what was here", 17, &put, NULL));
    }
    CloseHandle(file);
    assert_true(damaged > 0);
    assert_int_equal(run("check"), 1);
    assert_non_null(strstr(text, "demo: "));
    assert_non_null(strstr(text, "damage was found"));
    /* The others are not touched by it. */
    static const struct step after[] = {
        {"list folders --profile anna", 0, {"Inbox"}, NULL},
        {"delete-mailbox demo", 0, {"mailbox demo deleted", "profile demo deleted"}, NULL},
        {"check", 0, {"sound"}, NULL},
        {"delete-mailbox anna --keep-profile", 0, {"mailbox anna deleted"}, "profile anna deleted"},
        {"list folders --profile anna", 1, {"mapictl: "}, NULL},
        {"list mailboxes", 0, {"26 mailboxes"}, "Demo User"},
    };
    run_steps(after, ARRAYSIZE(after));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_tells_of_wrong_arguments),
        cmocka_unit_test(it_makes_mailboxes_and_profiles),
        cmocka_unit_test(it_keeps_the_directory),
        cmocka_unit_test(it_imports_mails),
        cmocka_unit_test(it_exports_what_it_imported),
        cmocka_unit_test(malformed_input_is_told_and_harmless),
        cmocka_unit_test(what_a_message_file_lacks_is_told),
        cmocka_unit_test(an_import_can_be_killed),
        cmocka_unit_test(check_finds_damage),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, NULL);
}
