/*
 * test_read_ahead.c: what a loop over a folder costs in MAPI objects, seen by the MAPI that the server uses (wrapmapi.dll).
 * What a table shows of a message is read without opening it; a loop that opens messages holds as many objects in its
 * last round as in its third; and a client that never lets go of a message keeps a bounded number of them open.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include "own_data.h"
#include <cmocka.h>

#define SENT 4    /* messages that were delivered */
#define SAVED 40  /* messages that were only saved: without sender and times of sending */
#define MAILS (SENT + SAVED)
#define MOST_OPEN 36 /* messages that a client which releases nothing may hold open in MAPI */

static int make_data(void **state)
{
    (void)state;
    return own_data_begin(4) ? 0 : -1;
}

/* ---- the record --------------------------------------------------------------------------------------------------- */

struct tally {
    const struct wrap_control *control;
    LONG seen;             /* records that are counted */
    LONG messages, open;   /* IMessage got since the last tally_start; objects of all kinds that are open */
    LONG open_messages;
};

static void tally_read(struct tally *tally)
{
    assert_in_range(tally->control->count, 0, WRAP_RECORDS);
    for (; tally->seen < tally->control->count; tally->seen++) {
        const struct wrap_record *record = &tally->control->records[tally->seen];
        bool is_message = !strcmp(record->what, "Message");

        tally->open += record->released ? -1 : 1;
        tally->open_messages += is_message ? record->released ? -1 : 1 : 0;
        tally->messages += is_message && !record->released;
    }
}

static void tally_start(struct tally *tally)
{
    tally_read(tally);
    tally->messages = 0;
}

/* ---- the folder --------------------------------------------------------------------------------------------------- */

static void send_one(IDispatch *session, int number)
{
    IDispatch *message = disp_path(session, L"Outbox.Messages.Add"), *recipient;
    WCHAR subject[32];

    assert_non_null(message);
    _snwprintf(subject, ARRAYSIZE(subject), L"sent %d", number);
    assert_int_equal(disp_put(message, L"Subject", "s", subject), S_OK);
    assert_int_equal(disp_put(message, L"Text", "s", L"a body"), S_OK);
    recipient = disp_path(message, L"Recipients.Add");
    assert_non_null(recipient);
    assert_int_equal(disp_put(recipient, L"Name", "s", L"m1"), S_OK);
    assert_int_equal(disp_run(recipient, L"Resolve", "b", 0), S_OK);
    assert_int_equal(disp_run(message, L"Send", ""), S_OK);
    IDispatch_Release(recipient);
    IDispatch_Release(message);
}

static void save_one(IDispatch *mailbox, int number)
{
    IDispatch *message = disp_path(mailbox, L"Inbox.Messages.Add");
    WCHAR subject[32];

    assert_non_null(message);
    _snwprintf(subject, ARRAYSIZE(subject), L"saved %d", number);
    assert_int_equal(disp_put(message, L"Subject", "s", subject), S_OK);
    assert_int_equal(disp_put(message, L"Text", "s", L"a body"), S_OK);
    assert_int_equal(disp_run(message, L"Update", ""), S_OK);
    IDispatch_Release(message);
}

static int make_mails(void **state)
{
    IDispatch *session, *mailbox, *messages;
    LONG count = 0;

    if (make_data(state))
        return -1;
    session = owner_session();
    if (!session)
        return -1;
    for (int i = 0; i < SENT; i++)
        send_one(session, i);
    mailbox = open_mailbox(session, 1);
    for (int i = 0; mailbox && i < SAVED; i++)
        save_one(mailbox, i);
    messages = mailbox ? disp_path(mailbox, L"Inbox.Messages") : NULL; /* delivery within the server is over with Send */
    if (messages) {
        count = disp_long(messages, L"Count", 0);
        IDispatch_Release(messages);
    }
    if (mailbox)
        IDispatch_Release(mailbox);
    owner_end(session);
    return count == MAILS ? 0 : -1;
}

/* ---- loops: the same folder in the ways in which clients walk it ------------------------------------------------------ */

typedef void (*visit)(IDispatch *item, void *context);

static int by_get_next(IDispatch *collection, visit each, void *context)
{
    IDispatch *item = disp_object(collection, L"GetFirst", "");
    int count = 0;

    for (; item; count++) {
        IDispatch *next;

        each(item, context);
        IDispatch_Release(item);
        next = disp_object(collection, L"GetNext", "");
        item = next;
    }
    assert_int_equal(disp_error()->hr, S_OK);
    return count;
}

static int by_get_previous(IDispatch *collection, visit each, void *context)
{
    IDispatch *item = disp_object(collection, L"GetLast", "");
    int count = 0;

    for (; item; count++) {
        each(item, context);
        IDispatch_Release(item);
        item = disp_object(collection, L"GetPrevious", "");
    }
    assert_int_equal(disp_error()->hr, S_OK);
    return count;
}

static int by_for_each(IDispatch *collection, visit each, void *context)
{
    DISPPARAMS none = {0};
    IEnumVARIANT *walk = NULL;
    VARIANT value;
    int count = 0;

    VariantInit(&value);
    assert_int_equal(IDispatch_Invoke(collection, DISPID_NEWENUM, &IID_NULL, 0, DISPATCH_PROPERTYGET | DISPATCH_METHOD,
                                      &none, &value, NULL, NULL), S_OK);
    assert_int_equal(IUnknown_QueryInterface(V_UNKNOWN(&value), &IID_IEnumVARIANT, (void **)&walk), S_OK);
    VariantClear(&value);
    while (IEnumVARIANT_Next(walk, 1, &value, NULL) == S_OK) {
        each(V_DISPATCH(&value), context);
        VariantClear(&value);
        count++;
    }
    IEnumVARIANT_Release(walk);
    return count;
}

static int by_index(IDispatch *collection, visit each, void *context)
{
    LONG count = disp_long(collection, L"Count", 0);

    for (LONG i = 1; i <= count; i++) {
        IDispatch *item = disp_object(collection, L"Item", "i", i);

        assert_non_null(item);
        each(item, context);
        IDispatch_Release(item);
    }
    return (int)count;
}

static const struct {
    const char *name;
    int (*walk)(IDispatch *collection, visit each, void *context);
} loops[] = {
    {"GetFirst, GetNext", by_get_next},
    {"GetLast, GetPrevious", by_get_previous},
    {"For Each", by_for_each},
    {"Item(index)", by_index},
};

/* ---- what the table shows --------------------------------------------------------------------------------------------- */

/* Every fourth member is read of a message, beginning with another one of the next message: of four in a row each is read. */
struct turn {
    size_t first;
};

/* Answered, or refused with CDO's MAPI_E_NOT_FOUND: a message that was never sent has no TimeSent. */
static void read_listed(IDispatch *message, void *context)
{
    static const WCHAR *const listed[] = {
        L"Subject",   L"SenderName",   L"TimeSent",   L"TimeReceived",      L"TimeCreated", L"TimeLastModified",
        L"Size",      L"Unread",       L"Sent",       L"Submitted",         L"Importance",  L"Sensitivity",
        L"ID",        L"FolderID",     L"StoreID",    L"Type",              L"To",          L"CC",
        L"Class",     L"Session",      L"Parent",     L"ConversationTopic", L"ConversationIndex",
    };
    struct turn *turn = context;
    IDispatch *sender;
    VARIANT value;
    WCHAR name[64];
    HRESULT hr;

    for (size_t i = turn->first++ % 4; i < ARRAYSIZE(listed); i += 4) {
        hr = disp_get(message, listed[i], &value, "");
        if (FAILED(hr) && hr != (HRESULT)0x8004010F)
            fail_msg("%ls: %ls", listed[i], disp_error()->description);
        VariantClear(&value);
    }
    sender = disp_object(message, L"Sender", "");
    if (sender) {
        assert_true(disp_text(sender, L"Name", name, ARRAYSIZE(name))[0]);
        IDispatch_Release(sender);
    }
}

static void a_listed_message_is_read_without_opening_it(void **state)
{
    struct wrap_control *control = wrap_begin();
    struct tally tally = {control, 0, 0, 0, 0};
    IDispatch *session, *mailbox;

    (void)state;
    assert_non_null(control);
    control->recording = 1;
    session = owner_session();
    mailbox = open_mailbox(session, 1);
    assert_non_null(mailbox);
    for (size_t i = 0; i < ARRAYSIZE(loops); i++) {
        IDispatch *messages = disp_path(mailbox, L"Inbox.Messages");
        struct turn turn = {i};

        tally_start(&tally);
        assert_int_equal(loops[i].walk(messages, read_listed, &turn), MAILS);
        tally_read(&tally);
        if (tally.messages)
            fail_msg("%s opened %ld messages", loops[i].name, (long)tally.messages);
        IDispatch_Release(messages);
    }
    IDispatch_Release(mailbox);
    owner_end(session);
    wrap_end();
}

/* A sorted, a restricted and a filtered list as well; and the whole of it as rows. */
static void a_restricted_list_opens_nothing_either(void **state)
{
    struct wrap_control *control = wrap_begin();
    struct tally tally = {control, 0, 0, 0, 0};
    IDispatch *session, *mailbox, *messages, *filter;
    struct turn turn = {0};

    (void)state;
    assert_non_null(control);
    control->recording = 1;
    session = owner_session();
    mailbox = open_mailbox(session, 1);
    messages = disp_path(mailbox, L"Inbox.Messages");
    assert_non_null(messages);
    tally_start(&tally);
    assert_int_equal(disp_run(messages, L"Sort", "ii", 2, 0x0037001F), S_OK);
    filter = disp_object(messages, L"Filter", "");
    assert_int_equal(disp_put(filter, L"Subject", "s", L"sent"), S_OK);
    assert_int_equal(by_get_next(messages, read_listed, &turn), SENT);
    tally_read(&tally);
    assert_int_equal(tally.messages, 0);
    IDispatch_Release(filter);
    IDispatch_Release(messages);
    IDispatch_Release(mailbox);
    owner_end(session);
    wrap_end();
}

/* ---- what opens a message ---------------------------------------------------------------------------------------------- */

struct rounds {
    struct tally *tally;
    int round;
    LONG third; /* open objects in the third round */
};

static void open_deeply(IDispatch *message, void *context)
{
    static const WCHAR *const paths[] = {L"Recipients", L"Attachments", L"Fields", L"Sender", L"Fields.Item(1)",
                                         L"Parent", L"Session.Inbox", L"Recipients.Item(1)"};
    struct rounds *rounds = context;
    WCHAR text[64];

    assert_true(disp_text(message, L"Text", text, ARRAYSIZE(text))[0]);
    for (size_t i = 0; i < ARRAYSIZE(paths); i++) {
        IDispatch *found = disp_path(message, paths[i]);

        if (found) {
            disp_long(found, L"Count", 0);
            IDispatch_Release(found);
        }
    }
    tally_read(rounds->tally);
    if (++rounds->round == 3)
        rounds->third = rounds->tally->open;
    if (rounds->round > 3 && rounds->tally->open > rounds->third)
        fail_msg("round %d holds %ld objects, round 3 held %ld", rounds->round, (long)rounds->tally->open,
                 (long)rounds->third);
}

static void a_loop_holds_the_same_number_of_objects_in_every_round(void **state)
{
    struct wrap_control *control = wrap_begin();
    struct tally tally = {control, 0, 0, 0, 0};
    IDispatch *session, *mailbox;

    (void)state;
    assert_non_null(control);
    control->recording = 1;
    session = owner_session();
    mailbox = open_mailbox(session, 1);
    assert_non_null(mailbox);
    for (size_t i = 0; i < ARRAYSIZE(loops); i += 2) { /* GetFirst and GetNext, For Each */
        IDispatch *messages = disp_path(mailbox, L"Inbox.Messages");
        struct rounds rounds = {&tally, 0, 0};
        LONG before;

        tally_start(&tally);
        before = tally.open;
        assert_int_equal(loops[i].walk(messages, open_deeply, &rounds), MAILS);
        tally_read(&tally);
        assert_true(tally.messages >= MAILS); /* they were opened */
        assert_int_equal(tally.open_messages, 0);
        IDispatch_Release(messages);
        tally_read(&tally);
        assert_true(tally.open <= before + 2); /* the folder, and the table of stores, are kept for the next use */
    }
    IDispatch_Release(mailbox);
    owner_end(session);
    tally_read(&tally);
    assert_int_equal(tally.open, 0);
    wrap_end();
}

struct kept {
    IDispatch *items[MAILS];
    int count;
};

static void keep_read(IDispatch *message, void *context)
{
    struct kept *kept = context;
    WCHAR text[64];

    assert_true(disp_text(message, L"Text", text, ARRAYSIZE(text))[0]);
    IDispatch_AddRef(message);
    kept->items[kept->count++] = message;
}

/* A garbage collector that does not run: every message is still held, and can be used, but few are open in MAPI. */
static void a_client_that_keeps_every_message_holds_few_open(void **state)
{
    struct wrap_control *control = wrap_begin();
    struct tally tally = {control, 0, 0, 0, 0};
    IDispatch *session, *mailbox, *messages;
    struct kept kept = {{NULL}, 0};

    (void)state;
    assert_non_null(control);
    control->recording = 1;
    session = owner_session();
    mailbox = open_mailbox(session, 1);
    messages = disp_path(mailbox, L"Inbox.Messages");
    assert_non_null(messages);
    assert_int_equal(by_get_next(messages, keep_read, &kept), MAILS);
    tally_read(&tally);
    assert_in_range(tally.open_messages, 1, MOST_OPEN);
    for (int i = 0; i < kept.count; i++) {
        WCHAR text[64];

        disp_text(kept.items[i], L"Text", text, ARRAYSIZE(text));
        if (wcsncmp(text, L"a body", 6))
            fail_msg("message %d: \"%ls\" %ls", i, text, disp_error()->description);
    }
    tally_read(&tally);
    assert_in_range(tally.open_messages, 1, MOST_OPEN);
    release_all(kept.items, MAILS);
    tally_read(&tally);
    assert_int_equal(tally.open_messages, 0);
    IDispatch_Release(messages);
    IDispatch_Release(mailbox);
    owner_end(session);
    wrap_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_message_is_read_without_opening_it),
        cmocka_unit_test(a_restricted_list_opens_nothing_either),
        cmocka_unit_test(a_loop_holds_the_same_number_of_objects_in_every_round),
        cmocka_unit_test(a_client_that_keeps_every_message_holds_few_open),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, make_mails, NULL);
    CoUninitialize();
    return failed;
}
