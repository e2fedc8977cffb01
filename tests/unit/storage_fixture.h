/*
 * storage_fixture.h: a fresh mailbox for each test, and short ways to fill it.
 *
 * Layer: tests (native). Include after cmocka.h.
 */
#ifndef STORAGE_FIXTURE_H
#define STORAGE_FIXTURE_H

#include "storage.h"

struct fixture {
    char folder[64]; /* a new folder of its own */
    char path[80];
    struct mailbox *mbx;
};

extern const GUID fixture_guid;

int fixture_setup(void **state);
int fixture_teardown(void **state);
void fixture_open(struct fixture *f);
void fixture_close(struct fixture *f);
#define FIXTURE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

/* Fail with the caller's line; the HRESULT is shown in hex. */
#define assert_mapi(expected, call) fixture_assert_mapi((expected), (call), #call, __FILE__, __LINE__)
#define assert_wide_equal(expected, text) fixture_assert_wide((expected), (text), __FILE__, __LINE__)
void fixture_assert_mapi(HRESULT expected, HRESULT hr, const char *call, const char *file, int line);
void fixture_assert_wide(const WCHAR *expected, const WCHAR *text, const char *file, int line);

/* A bag with this display name; propbag_free. */
struct propbag *fixture_props(const WCHAR *display_name);
mbx_id fixture_folder(struct fixture *f, mbx_id parent, const WCHAR *name);
/* A message of 1,000 bytes (as it says) with this subject and flags. */
mbx_id fixture_message(struct fixture *f, mbx_id folder, const WCHAR *subject, LONG flags);
void fixture_add_recipient(struct mbx_message *message, const WCHAR *name);
struct mbx_attachment *fixture_add_attachment(struct mbx_message *message, const WCHAR *name, ULONG data_size);
WCHAR *fixture_text(size_t units); /* malloc; text in which every place looks different */
/* The first number of a query made directly on the file. */
int64_t fixture_count(struct fixture *f, const char *sql);

#endif
