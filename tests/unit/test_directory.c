/*
 * test_directory.c: the directory database: entries and how they are found, members, rights, profiles and their sections,
 * personal address books, its version, transactions.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "directory.h"
#include "storage_fixture.h"

struct place {
    char folder[64];
    struct directory *dir;
};

static int setup(void **state)
{
    static struct place place;
    strcpy(place.folder, "/tmp/mapihost-directory-XXXXXX");
    if (!mkdtemp(place.folder) || FAILED(directory_open(place.folder, &place.dir)))
        return 1;
    *state = &place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;
    char command[100];
    directory_close(place->dir);
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    return system(command) != 0;
}

static int64_t add(struct directory *dir, enum dir_kind kind, const WCHAR *alias, const WCHAR *smtp)
{
    int64_t id = 0;
    assert_mapi(S_OK, directory_entry_add(dir, kind, alias, NULL, smtp, &id));
    assert_true(id > 0);
    return id;
}

static void entries_are_found_by_each_of_their_names(void **state)
{
    struct place *place = *state;
    struct dir_entry *entry = NULL;
    int64_t anna = add(place->dir, DIR_MAILBOX, L"anna", L"anna@example.test");
    int64_t list = add(place->dir, DIR_LIST, L"staff", NULL), other;
    assert_mapi(S_OK, directory_entry_add_address(place->dir, anna, L"a.arnold@example.test"));
    static const WCHAR *const names[] = {L"anna", L"ANNA", L"anna@example.test", L"SMTP:Anna@Example.Test",
                                         L"a.arnold@example.test", DIRECTORY_RECIPIENTS L"anna"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_mapi(S_OK, directory_entry_find(place->dir, names[i], &entry));
        assert_int_equal(entry->id, anna);
        assert_int_equal(entry->kind, DIR_MAILBOX);
        assert_wide_equal(L"anna", entry->display_name); /* the alias, where none is given */
        assert_int_equal(entry->address_count, 2);
        assert_wide_equal(L"anna@example.test", entry->addresses[0]);
        dir_entry_free(entry);
    }
    assert_mapi(S_OK, directory_entry_get(place->dir, list, &entry));
    assert_null(entry->path);
    GUID guid = entry->guid;
    dir_entry_free(entry);
    assert_mapi(S_OK, directory_entry_by_guid(place->dir, &guid, &entry));
    assert_int_equal(entry->id, list);
    dir_entry_free(entry);
    assert_mapi(MAPI_E_NOT_FOUND, directory_entry_find(place->dir, L"nobody", &entry));
    assert_null(entry);
    assert_mapi(MAPI_E_COLLISION, directory_entry_add(place->dir, DIR_MAILBOX, L"Anna", NULL, L"x@example.test", &other));
    assert_mapi(MAPI_E_COLLISION,
                directory_entry_add(place->dir, DIR_CONTACT, L"other", NULL, L"A.Arnold@example.test", &other));
    assert_mapi(MAPI_E_INVALID_PARAMETER, directory_entry_add(place->dir, DIR_MAILBOX, L"none", NULL, NULL, &other));
}

static void what_is_removed_takes_its_ties_along(void **state)
{
    struct place *place = *state;
    int64_t anna = add(place->dir, DIR_MAILBOX, L"anna", L"anna@example.test");
    int64_t bo = add(place->dir, DIR_CONTACT, L"bo", L"bo@elsewhere.test"), list = add(place->dir, DIR_LIST, L"staff", NULL);
    int64_t *ids = NULL;
    ULONG count;
    unsigned rights;
    assert_mapi(S_OK, directory_member_add(place->dir, list, anna));
    assert_mapi(S_OK, directory_member_add(place->dir, list, bo));
    assert_mapi(S_OK, directory_entry_set_manager(place->dir, bo, anna));
    assert_mapi(S_OK, directory_right_set(place->dir, anna, bo, DIR_RIGHT_OPEN | DIR_RIGHT_SEND));
    assert_mapi(S_OK, directory_right_get(place->dir, anna, bo, &rights));
    assert_int_equal(rights, DIR_RIGHT_OPEN | DIR_RIGHT_SEND);
    assert_mapi(S_OK, directory_members(place->dir, list, &ids, &count));
    assert_int_equal(count, 2);
    free(ids);
    assert_mapi(S_OK, directory_reports(place->dir, anna, &ids, &count));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], bo);
    free(ids);
    assert_mapi(S_OK, directory_entry_remove(place->dir, bo));
    assert_mapi(S_OK, directory_members(place->dir, list, &ids, &count));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], anna);
    free(ids);
    assert_mapi(S_OK, directory_reports(place->dir, anna, &ids, &count));
    assert_int_equal(count, 0);
    free(ids);
    assert_mapi(S_OK, directory_right_get(place->dir, anna, bo, &rights));
    assert_int_equal(rights, 0);
    assert_mapi(S_OK, directory_member_of(place->dir, anna, &ids, &count));
    assert_int_equal(count, 1);
    free(ids);
}

static void changes_raise_the_version_and_can_be_undone(void **state)
{
    struct place *place = *state;
    struct dir_entry *entry = NULL;
    int64_t before, after, id;
    assert_mapi(S_OK, directory_version(place->dir, &before));
    add(place->dir, DIR_MAILBOX, L"anna", L"anna@example.test");
    assert_mapi(S_OK, directory_version(place->dir, &after));
    assert_true(after > before);
    assert_mapi(S_OK, directory_begin(place->dir));
    id = add(place->dir, DIR_CONTACT, L"gone", L"gone@example.test");
    assert_mapi(MAPI_E_CALL_FAILED, directory_end(place->dir, MAPI_E_CALL_FAILED));
    assert_mapi(MAPI_E_NOT_FOUND, directory_entry_get(place->dir, id, &entry));
}

static HRESULT count_profile(void *context, const struct dir_profile *profile)
{
    (void)profile;
    ++*(int *)context;
    return S_OK;
}

static void profiles_are_named_once(void **state)
{
    struct place *place = *state;
    struct dir_profile *profile = NULL;
    int64_t first, second;
    int count = 0;
    assert_mapi(MAPI_E_NOT_FOUND, directory_profile_default(place->dir, &profile));
    assert_mapi(S_OK, directory_profile_create(place->dir, L"First", &first));
    assert_mapi(MAPI_E_COLLISION, directory_profile_create(place->dir, L"FIRST", &second));
    assert_mapi(S_OK, directory_profile_set_default(place->dir, first));
    assert_mapi(S_OK, directory_profile_copy(place->dir, first, L"Second"));
    assert_mapi(MAPI_E_COLLISION, directory_profile_copy(place->dir, first, L"second"));
    assert_mapi(S_OK, directory_profile_find(place->dir, L"second", &profile));
    assert_false(profile->is_default);
    second = profile->id;
    dir_profile_free(profile);
    assert_mapi(MAPI_E_COLLISION, directory_profile_rename(place->dir, second, L"first"));
    assert_mapi(S_OK, directory_profile_rename(place->dir, second, L"Third"));
    assert_mapi(S_OK, directory_profile_hide(place->dir, first));
    assert_mapi(MAPI_E_NOT_FOUND, directory_profile_find(place->dir, L"First", &profile));
    assert_mapi(S_OK, directory_profile_each(place->dir, count_profile, &count));
    assert_int_equal(count, 1);
    assert_mapi(S_OK, directory_profile_create(place->dir, L"First", &first)); /* the name is free again */
}

static void sections_keep_their_order_and_their_properties(void **state)
{
    struct place *place = *state;
    MAPIUID service, providers[3], *found;
    struct dir_section *sections = NULL, section;
    struct propbag *props = NULL;
    int64_t profile;
    ULONG count;
    assert_mapi(S_OK, directory_profile_create(place->dir, L"profile", &profile));
    directory_new_uid(&service);
    assert_mapi(S_OK, directory_section_create(place->dir, profile, &service, DIR_SECTION_SERVICE, NULL));
    assert_mapi(MAPI_E_COLLISION, directory_section_create(place->dir, profile, &service, DIR_SECTION_PLAIN, NULL));
    for (int i = 0; i < 3; i++) {
        directory_new_uid(&providers[i]);
        assert_mapi(S_OK, directory_section_create(place->dir, profile, &providers[i], DIR_SECTION_PROVIDER, &service));
    }
    assert_mapi(S_OK, directory_section_move(place->dir, profile, &providers[2], 0));
    assert_mapi(S_OK, directory_sections(place->dir, profile, DIR_SECTION_PROVIDER, &service, &sections, &count));
    assert_int_equal(count, 3);
    for (ULONG i = 0; i < 3; i++) {
        found = &providers[(i + 2) % 3];
        assert_memory_equal(&sections[i].uid, found, sizeof(MAPIUID));
    }
    free(sections);
    assert_mapi(S_OK, directory_section_load(place->dir, profile, &service, &props));
    assert_mapi(S_OK, propbag_set_string(props, PR_DISPLAY_NAME_W, L"a service"));
    assert_mapi(S_OK, directory_section_save(place->dir, profile, &service, props));
    propbag_free(props);
    assert_mapi(S_OK, directory_section_load(place->dir, profile, &service, &props));
    assert_wide_equal(L"a service", propbag_string(props, PR_DISPLAY_NAME_W));
    propbag_free(props);
    assert_mapi(S_OK, directory_section_delete(place->dir, profile, &service)); /* with its providers */
    assert_mapi(MAPI_E_NOT_FOUND, directory_section_find(place->dir, profile, &providers[0], &section));
    assert_mapi(MAPI_E_NOT_FOUND, directory_section_delete(place->dir, profile, &service));
}

struct personal_walk {
    ULONG count;
    int64_t last;
};

static HRESULT count_personal(void *context, int64_t id, struct propbag **props)
{
    struct personal_walk *walk = context;
    assert_true(id > walk->last); /* in the order in which they were added */
    assert_non_null(propbag_string(*props, PR_DISPLAY_NAME_W));
    walk->last = id;
    walk->count++;
    return S_OK;
}

static void personal_entries_are_their_owners(void **state)
{
    struct place *place = *state;
    int64_t anna = add(place->dir, DIR_MAILBOX, L"anna", L"anna@example.test");
    int64_t bob = add(place->dir, DIR_MAILBOX, L"bob", L"bob@example.test"), first = 0, second = 0, before, after, all;
    int64_t member = 0, list = 0;
    struct personal_walk walk = {0, 0};
    struct propbag *props = NULL;
    assert_mapi(S_OK, directory_version(place->dir, &all));
    assert_mapi(S_OK, directory_personal_version(place->dir, anna, &before));
    assert_mapi(S_OK, propbag_create(&props));
    assert_mapi(S_OK, propbag_set_string(props, PR_DISPLAY_NAME_W, L"First"));
    assert_mapi(S_OK, propbag_set_string(props, PR_EMAIL_ADDRESS_W, L""));
    propbag_mark_clean(props); /* a new entry has all of them all the same */
    assert_mapi(S_OK, directory_personal_add(place->dir, anna, 0, props, &first));
    assert_mapi(S_OK, directory_personal_add(place->dir, anna, 0, props, &second));
    assert_true(second > first);
    assert_mapi(S_OK, propbag_set_string(props, PR_DISPLAY_NAME_W, L"Second"));
    assert_mapi(S_OK, propbag_delete(props, PROP_ID(PR_EMAIL_ADDRESS_W)));
    assert_mapi(S_OK, directory_personal_save(place->dir, anna, second, props, false));
    propbag_free(props);
    assert_mapi(S_OK, directory_personal_load(place->dir, anna, second, NULL, &props));
    assert_wide_equal(L"Second", propbag_string(props, PR_DISPLAY_NAME_W));
    assert_int_equal(propbag_count(props), 1);
    assert_false(propbag_is_dirty(props));
    /* Replaced: what was there besides is gone. */
    assert_mapi(S_OK, directory_personal_save(place->dir, anna, first, props, true));
    propbag_free(props);
    assert_mapi(S_OK, directory_personal_load(place->dir, anna, first, NULL, &props));
    assert_int_equal(propbag_count(props), 1);
    assert_mapi(S_OK, directory_personal_version(place->dir, anna, &after));
    assert_int_equal(after, before + 4);
    /* Another's. */
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_save(place->dir, bob, first, props, false));
    propbag_free(props);
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_load(place->dir, bob, first, NULL, &props));
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_remove(place->dir, bob, 0, first));
    assert_mapi(S_OK, directory_personal_version(place->dir, bob, &before));
    assert_int_equal(before, 0);
    assert_mapi(S_OK, directory_personal_each(place->dir, bob, 0, count_personal, &walk));
    assert_int_equal(walk.count, 0);
    assert_mapi(S_OK, directory_personal_each(place->dir, anna, 0, count_personal, &walk));
    assert_int_equal(walk.count, 2);
    assert_mapi(S_OK, directory_personal_remove(place->dir, anna, 0, first));
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_remove(place->dir, anna, 0, first));
    /* Members of a list are not the book's, and go with the list. */
    assert_mapi(S_OK, propbag_create(&props));
    assert_mapi(S_OK, propbag_set_string(props, PR_DISPLAY_NAME_W, L"Member"));
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_add(place->dir, anna, first, props, &member));
    assert_mapi(S_OK, directory_personal_add(place->dir, anna, second, props, &member));
    propbag_free(props);
    walk = (struct personal_walk){0, 0};
    assert_mapi(S_OK, directory_personal_each(place->dir, anna, 0, count_personal, &walk));
    assert_int_equal(walk.last, second);
    assert_mapi(S_OK, directory_personal_each(place->dir, anna, second, count_personal, &walk));
    assert_int_equal(walk.last, member);
    assert_mapi(S_OK, directory_personal_load(place->dir, anna, member, &list, &props));
    propbag_free(props);
    assert_int_equal(list, second);
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_remove(place->dir, anna, 0, member));
    assert_mapi(S_OK, directory_personal_remove(place->dir, anna, 0, second));
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_load(place->dir, anna, member, &list, &props));
    assert_mapi(S_OK, propbag_create(&props));
    assert_mapi(S_OK, propbag_set_string(props, PR_DISPLAY_NAME_W, L"Last"));
    assert_mapi(S_OK, directory_personal_add(place->dir, anna, 0, props, &second));
    propbag_free(props);
    /* The directory itself has not changed; who leaves it takes the entries along. */
    assert_mapi(S_OK, directory_version(place->dir, &after));
    assert_int_equal(after, all);
    assert_mapi(S_OK, directory_entry_remove(place->dir, anna));
    assert_mapi(MAPI_E_NOT_FOUND, directory_personal_load(place->dir, anna, second, NULL, &props));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(entries_are_found_by_each_of_their_names), TEST(what_is_removed_takes_its_ties_along),
        TEST(changes_raise_the_version_and_can_be_undone), TEST(profiles_are_named_once),
        TEST(sections_keep_their_order_and_their_properties), TEST(personal_entries_are_their_owners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
