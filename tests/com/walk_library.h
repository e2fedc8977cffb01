/*
 * walk_library.h: every member of every object of the registered type library, for tests that are generated from it.
 *
 * Layer: tests. Each coclass needs a row in walk_library.c that says how one of its objects is had; one without a row fails the
 * walk, so that no object is forgotten.
 */
#ifndef TEST_WALK_LIBRARY_H
#define TEST_WALK_LIBRARY_H

#include "dispatch.h"
#include <stdbool.h>

#define WALK_PARAMS 16

struct walk {
    ITypeLib *library;
    void *context;
    unsigned calls, wrong;
};

/* One member as the library describes it. */
struct walk_member {
    const WCHAR *coclass, *name;
    const FUNCDESC *function;
    const WCHAR *params[WALK_PARAMS]; /* names in the order of the call; L"value" for what a property is set to */
    UINT count, required;             /* parameters; how many of them must be given */
};

typedef void (*walk_test)(struct walk *walk, IDispatch *session, IDispatch *object, const struct walk_member *member);

/* A session that is logged on to the test mailbox. */
IDispatch *walk_session(void);
/*
 * Calls test for every member of every coclass, on an object of a session of its own, which `prepare` (NULL: nothing) puts
 * into the state to test. With `fresh` each member gets a new object.
 */
void walk_library(struct walk *walk, walk_test test, bool (*prepare)(IDispatch *session, IDispatch *object), bool fresh);
/* Opens and releases the library. */
void walk_begin(struct walk *walk, void *context);
void walk_end(struct walk *walk);

/* Calls the member with these arguments (the last one first, as IDispatch has them); the result is dropped. The error of the
 * member itself, S_OK when it succeeded; its texts in disp_error. */
HRESULT walk_invoke(IDispatch *object, const FUNCDESC *function, VARIANT *reversed, UINT count);
/* Reports a member that did not answer as it should. */
void walk_complain(struct walk *walk, const struct walk_member *member, const char *what, HRESULT hr);
/* A missing argument; what a required parameter takes when only others are of interest. */
void walk_missing(VARIANT *value);

#endif
