/*
 * test_fuzz.c: the fuzz targets of tests/fuzz on a few thousand inputs that are the same in every run: the seeds below and
 * the mails of the corpora, each mutated. A target that finds something aborts; the checkers stop the program.
 *
 * `test_fuzz --seeds DIR` writes the seeds to DIR/TARGET/NUMBER instead: `make fuzz` begins with them.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>
#include "../support/tnef_build.h"
#include "bytebuf.h"

#define LLVMFuzzerTestOneInput fuzz_mime
#include "../fuzz/fuzz_mime.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_body
#include "../fuzz/fuzz_body.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_lzfu
#include "../fuzz/fuzz_lzfu.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_msg
#include "../fuzz/fuzz_msg.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_where
#include "../fuzz/fuzz_where.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_tnef
#include "../fuzz/fuzz_tnef.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_recurrence
#include "../fuzz/fuzz_recurrence.c"
#undef LLVMFuzzerTestOneInput

enum { INPUTS = 1500, SIZE_MOST = 6000, SEEDS_MOST = 400 };

/* ---- seeds ---- */

struct seeds {
    struct bytebuf *seed;
    size_t count;
};

static void add_seed(struct seeds *seeds, const void *data, size_t size)
{
    if (seeds->count == SEEDS_MOST)
        return;
    if (seeds->seed == NULL)
        seeds->seed = calloc(SEEDS_MOST, sizeof *seeds->seed);
    assert_non_null(seeds->seed);
    bytebuf_add(&seeds->seed[seeds->count++], data, size);
}

static void add_texts(struct seeds *seeds, const char *const *texts)
{
    for (; *texts != NULL; texts++)
        add_seed(seeds, *texts, strlen(*texts));
}

static void free_seeds(struct seeds *seeds)
{
    for (size_t i = 0; i < seeds->count; i++)
        bytebuf_free(&seeds->seed[i]);
    free(seeds->seed);
}

static const char *const mails[] = {
    "From: =?utf-8?Q?J=C3=BCrgen?= <j@example.test>\r\nTo: a@b, group: c@d, \"e, f\" <e@f>;\r\nSubject: =?utf-8?B?aGVsbG8=?=\r\n"
    "Date: Mon, 2 Feb 2026 10:00:00 +0100 (CET)\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe=\r\n und mehr\r\n",
    "Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\npreamble\r\n--b1\r\nContent-Type: multipart/alternative;"
    " boundary=b2\r\n\r\n--b2\r\n\r\ntext\r\n--b2\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--b2--\r\n--b1\r\n"
    "Content-Type: application/octet-stream; name*0*=utf-8''a%20; name*1=b\r\nContent-Disposition: attachment;"
    " filename=\"x.bin\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAwQF\r\n--b1\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: inner\r\n\r\nbody\r\n--b1--\r\n",
    "Received: from x by y; Tue, 3 Mar 2020 01:02:03 -0500\nX: folded\n\tline\n\nbegin 644 file.txt\n#0V%T\n`\nend\n",
    "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgAA\r\n",
    NULL};

static const char *const bodies[] = {
    "1{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\pard hello \\b bold\\b0\\par \\u8364?\\'e4{\\*\\x y}}",
    "1{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 text{\\*\\htmltag72 </p>}\\htmlrtf }\\htmlrtf0}",
    "0<html><head><meta charset=utf-8><style>a{b}</style></head><body><p>a &amp; b&nbsp;<br><table><tr><td>x</td></tr></table>",
    "2plain text\r\n> quoted\r\n\thttp://example.test/?a=b&c=d\r\n", NULL};

static const char *const clauses[] = {
    "subject = 'hello' and not (unread = true or size > 1000)", "received >= '2026-02-01' and received < '2026-03-01'",
    "subject like 'a%_b' or from contains \"x\"", "[0x0037001F] is not null", "importance in (0, 1, 2)",
    "{00020329-0000-0000-C000-000000000046}:Keywords = 'red'", "hasattach = true order by received desc",
    "((((a = 1))))", "body matches 'zebra' and bitmask(flags, 4) <> 0", NULL};

static const char *const packed[] = {
    "\x2b\x00\x03\x00\x0a\x00" "rcpg125\x42\x32\x0a\xf3 hel\x09\x00 bw\x05\xb0ld}\x0a\x80\x0f\xa0",
    "\x1c\x00\x41\x00\x04\x20WXYZ\x0dn}\x01\x0e\xb0", "\xff\xff{\\rtf1 \\'e4 abcabcabcabcabcabcabc}", NULL};

/* One element of fuzz_msg.c's list: path, then content. */
static void put_element(struct bytebuf *out, const char *path, const void *content, size_t size)
{
    bytebuf_byte(out, (uint8_t)strlen(path));
    bytebuf_text(out, path);
    bytebuf_byte(out, (uint8_t)size);
    bytebuf_byte(out, (uint8_t)(size >> 8));
    bytebuf_add(out, content, size);
}

/* An entry of a properties stream: a string of 8 bytes, or a number. */
static void put_property(struct bytebuf *out, uint32_t tag, uint32_t value)
{
    bytebuf_le32(out, tag);
    bytebuf_le32(out, 6);
    bytebuf_le32(out, value);
    bytebuf_le32(out, 0);
}

static void add_message_files(struct seeds *seeds)
{
    struct bytebuf top = {0}, part = {0}, file = {0};
    for (int i = 0; i < 2; i++)
        bytebuf_le32(&top, 0); /* reserved */
    bytebuf_le32(&top, 1);
    bytebuf_le32(&top, 1);
    bytebuf_le32(&top, 1); /* recipients, attachments: next and count */
    bytebuf_le32(&top, 1);
    bytebuf_le32(&top, 0);
    bytebuf_le32(&top, 0);
    put_property(&top, PR_SUBJECT_W, 8);
    put_property(&top, PR_BODY_A, 5);
    put_property(&top, PR_IMPORTANCE, 2);
    put_property(&top, PROP_TAG(PT_MV_UNICODE, 0x8000), 8);
    bytebuf_le32(&part, 0);
    bytebuf_le32(&part, 0);
    put_property(&part, PR_DISPLAY_NAME_W, 8);
    put_property(&part, PR_ATTACH_METHOD, 5);
    put_property(&part, PR_ATTACH_DATA_OBJ, 1);
    put_element(&file, "__properties_version1.0", top.data, top.size);
    put_element(&file, "__substg1.0_0037001F", "a\0b\0c", 6);
    put_element(&file, "__substg1.0_1000001E", "body", 4);
    put_element(&file, "__substg1.0_8000101F", "\4\0\0\0", 4);
    put_element(&file, "__substg1.0_8000101F-00000000", "x\0\0", 4);
    put_element(&file, "__recip_version1.0_#00000000/__properties_version1.0", part.data, part.size);
    put_element(&file, "__recip_version1.0_#00000000/__substg1.0_3001001F", "n\0m", 4);
    put_element(&file, "__attach_version1.0_#00000000/__properties_version1.0", part.data, part.size);
    put_element(&file, "__attach_version1.0_#00000000/__substg1.0_3701000D/__properties_version1.0", top.data, 24);
    put_element(&file, "__nameid_version1.0/__substg1.0_00020102", "\x29\3\2\0\0\0\0\0\xc0\0\0\0\0\0\0F", 16);
    put_element(&file, "__nameid_version1.0/__substg1.0_00030102", "\0\0\0\0\7\0\0\0", 8);
    put_element(&file, "__nameid_version1.0/__substg1.0_00040102", "\2\0\0\0k\0", 6);
    add_seed(seeds, file.data, file.size);
    add_seed(seeds, file.data, 3 + 23 + top.size); /* the properties stream alone */
    bytebuf_free(&top);
    bytebuf_free(&part);
    bytebuf_free(&file);
}

/* The smaller mails of a folder and those below it, in the order of their names. */
static void add_files(struct seeds *seeds, const char *folder, int depth)
{
    struct dirent **names;
    int count = depth > 6 ? 0 : scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[600];
        static char data[SIZE_MOST];
        struct stat info;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        if (names[i]->d_name[0] != '.' && stat(path, &info) == 0) {
            FILE *file = S_ISREG(info.st_mode) && info.st_size < SIZE_MOST ? fopen(path, "rb") : NULL;
            if (S_ISDIR(info.st_mode))
                add_files(seeds, path, depth + 1);
            if (file != NULL) {
                add_seed(seeds, data, fread(data, 1, sizeof data, file));
                fclose(file);
            }
        }
        free(names[i]);
    }
    if (count >= 0 && depth <= 6)
        free(names);
}

static void mime_seeds(struct seeds *seeds)
{
    add_texts(seeds, mails);
    add_files(seeds, "build/deps/corpora/python", 0);
    add_files(seeds, "build/deps/corpora/notmuch", 0);
}

static void body_seeds(struct seeds *seeds)
{
    add_texts(seeds, bodies);
}

static void lzfu_seeds(struct seeds *seeds)
{
    static const char *const sizes[] = {"\x2b\x00", "\x1c\x00", "\xff\xff"};
    add_texts(seeds, bodies);
    for (size_t i = 0; packed[i] != NULL; i++) {
        struct bytebuf seed = {0}, value = {0};
        assert_int_equal(lzfu_compress(packed[i] + 2, strlen(packed[i] + 2) + 1, &value), S_OK);
        bytebuf_add(&seed, sizes[i], 2);
        bytebuf_add(&seed, value.data + LZFU_HEADER_SIZE, value.size - LZFU_HEADER_SIZE);
        add_seed(seeds, seed.data, seed.size);
        add_seed(seeds, value.data, value.size);
        bytebuf_free(&seed);
        bytebuf_free(&value);
    }
}

static void where_seeds(struct seeds *seeds)
{
    add_texts(seeds, clauses);
}

static void tnef_seeds(struct seeds *seeds)
{
    struct bytebuf stream = {0};
    tnef_sample(&stream, "no RTF", 6);
    add_seed(seeds, stream.data, stream.size);
    bytebuf_free(&stream);
    tnef_begin(&stream);
    add_seed(seeds, stream.data, stream.size);
    bytebuf_free(&stream);
}

/* One series as it was made, one with exceptions of all kinds. */
static void recurrence_seeds(struct seeds *seeds)
{
    static uint16_t subject[] = {'S', 0xE4, 0x4E2D, 0}, location[] = {'3', '4', 0};
    struct recurrence pattern;
    struct recurrence_exception exception = {.overrides = 0x3FF, .subject = subject, .location = location};

    for (int changed = 0; changed < 2; changed++) {
        struct bytebuf seed = {0};
        recurrence_init(&pattern, recurrence_day(2007, 3, 5), 600, 630);
        recurrence_end_after(&pattern, 8);
        for (int32_t i = 0; changed && i < 3; i++) {
            exception.original = (int64_t)(pattern.start_day + 7 * i) * 1440 + 600;
            exception.start = exception.original + 1440 * i;
            exception.end = exception.start + 45;
            assert_int_equal(recurrence_change(&pattern, &exception), RECURRENCE_CHANGED);
        }
        recurrence_write(&pattern, &seed);
        add_seed(seeds, seed.data, seed.size);
        bytebuf_free(&seed);
        recurrence_free(&pattern);
    }
}

static const struct target {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
    void (*seeds)(struct seeds *seeds);
    const char *const tokens[8]; /* put into inputs */
} targets[] = {
    {"mime", fuzz_mime, mime_seeds, {"\r\n", "--b1", "=?utf-8?B?", "?=", "Content-Type: ", "\r\n\r\n", "\0\xff", "boundary="}},
    {"body", fuzz_body, body_seeds, {"{\\*\\htmltag", "\\'", "\\u-1?", "{", "}", "<!--", "&#x", "\\bin9"}},
    {"lzfu", fuzz_lzfu, lzfu_seeds, {"\xff\xff", "\x0f\xff", "LZFu", "MELA", "\x01", "\x80", "{\\rtf1", "\xff\xf0"}},
    {"msg", fuzz_msg, add_message_files, {"__substg1.0_", "-00000000", "001F", "101F", "000D", "\xff\xff\xff\x7f", "/", "1102"}},
    {"where", fuzz_where, where_seeds, {" and ", " not ", "(", ")", "'", "like", " = ", "2026-02-30"}},
    {"tnef", fuzz_tnef, tnef_seeds, {"\x78\x9f\x3e\x22", "\1\x03\x90\6", "\2\5\x90\6", "\2\2\x90\6", "\xff\xff\xff\x7f", "\x1e\x10\1\x80", "\2\1\1\x37", "\r\1\1\x37"}},
    {"recurrence", fuzz_recurrence, recurrence_seeds, {"\x04\x30", "\x0c\x20", "\x0d\x20", "\xff\xff\xff\xff", "\x03", "\x06\x30", "\x10", "\x11\x02"}},
};

/* ---- mutation ---- */

static uint32_t state_of_random;

static uint32_t random_below(uint32_t bound)
{
    state_of_random ^= state_of_random << 13;
    state_of_random ^= state_of_random >> 17;
    state_of_random ^= state_of_random << 5;
    return state_of_random % bound;
}

static void insert(struct bytebuf *input, size_t at, const void *data, size_t size)
{
    struct bytebuf made = {0};
    bytebuf_add(&made, input->data, at);
    bytebuf_add(&made, data, size);
    bytebuf_add(&made, input->data + at, input->size - at);
    bytebuf_free(input);
    *input = made;
}

static void mutate(struct bytebuf *input, const struct seeds *seeds, const struct target *target)
{
    static const uint8_t odd[] = {0, 1, 0x7f, 0x80, 0xff, '\n', '\\', '"'};
    const struct bytebuf *other = &seeds->seed[random_below((uint32_t)seeds->count)];
    size_t at = random_below((uint32_t)input->size + 1), length = random_below(1 + (uint32_t)(input->size - at));
    switch (random_below(7)) {
    case 0:
        if (at < input->size)
            input->data[at] ^= (uint8_t)(1u << random_below(8));
        break;
    case 1:
        if (at < input->size)
            input->data[at] = odd[random_below(sizeof odd)];
        break;
    case 2: /* a part goes */
        memmove(input->data + at, input->data + at + length, input->size - at - length);
        input->size -= length;
        break;
    case 3: /* a part twice */
        if (length > 0 && length < 600) {
            struct bytebuf copy = {0};
            bytebuf_add(&copy, input->data + at, length);
            insert(input, at, copy.data, copy.size);
            bytebuf_free(&copy);
        }
        break;
    case 4: /* the end is another's */
        input->size = at;
        length = random_below((uint32_t)other->size + 1);
        bytebuf_add(input, other->data + length, other->size - length);
        break;
    case 5:
        input->size = at; /* cut */
        break;
    default: {
        const char *token = target->tokens[random_below(8)];
        insert(input, at, token, strlen(token));
    }
    }
    if (input->size > SIZE_MOST)
        input->size = SIZE_MOST;
}

static void run_target(const struct target *target)
{
    struct seeds seeds = {NULL, 0};
    target->seeds(&seeds);
    assert_true(seeds.count > 0);
    state_of_random = 20260101;
    for (size_t i = 0; i < seeds.count; i++)
        target->run(seeds.seed[i].data, seeds.seed[i].size);
    for (int i = 0; i < INPUTS; i++) {
        const struct bytebuf *seed = &seeds.seed[random_below((uint32_t)seeds.count)];
        struct bytebuf input = {0};
        bytebuf_add(&input, seed->data, seed->size);
        for (uint32_t k = 1 + random_below(6); k > 0; k--)
            mutate(&input, &seeds, target);
        /* Exactly its size, so that a read beyond it is noticed. */
        uint8_t *exact = malloc(input.size > 0 ? input.size : 1);
        assert_non_null(exact);
        if (input.size > 0)
            memcpy(exact, input.data, input.size);
        target->run(exact, input.size);
        free(exact);
        bytebuf_free(&input);
    }
    free_seeds(&seeds);
}

static void any_input_is_safe(void **state)
{
    run_target(*state);
}

static int write_seeds(const char *folder)
{
    mkdir(folder, 0777);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct seeds seeds = {NULL, 0};
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, targets[i].name);
        mkdir(path, 0777);
        targets[i].seeds(&seeds);
        for (size_t k = 0; k < seeds.count; k++) {
            snprintf(path, sizeof path, "%s/%s/%zu", folder, targets[i].name, k);
            FILE *file = fopen(path, "wb");
            if (file == NULL || fwrite(seeds.seed[k].data, 1, seeds.seed[k].size, file) != seeds.seed[k].size)
                return 1;
            fclose(file);
        }
        free_seeds(&seeds);
    }
    return 0;
}

int main(int count, char **arguments)
{
    if (count == 3 && strcmp(arguments[1], "--seeds") == 0)
        return write_seeds(arguments[2]);
    struct CMUnitTest tests[sizeof targets / sizeof *targets];
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        tests[i] = (struct CMUnitTest){targets[i].name, any_input_is_safe, NULL, NULL, (void *)&targets[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
