/*
 * dispatch.h: late-bound calls by name, as a script makes them, for tests and benchmarks in C.
 *
 * disp_call(object, "Logon", DISPATCH_METHOD, &result, "sses", L"demo", …): the format has one letter per argument:
 *   s  const WCHAR *  (NULL: a missing argument)      i  LONG        b  int as VARIANT_BOOL
 *   d  double as VT_DATE                              r  double as VT_R8
 *   o  IDispatch *    (NULL: Nothing)                 v  const VARIANT *
 *   e  a missing argument (takes no value)            n  Null (takes no value)
 *   =  before the last letter's argument: DISPID_PROPERTYPUT (set by disp_put)
 * The last error's texts are kept per thread in disp_error().
 */
#ifndef TEST_DISPATCH_H
#define TEST_DISPATCH_H

#ifndef COBJMACROS
#define COBJMACROS
#endif
#include <windows.h>
#include <oleauto.h>

struct disp_error {
    HRESULT hr; /* of the member: the EXCEPINFO's scode where there was one */
    WCHAR source[128];
    WCHAR description[1024];
};

/* What knows a member's dispid without asking the object (member_ids.c); NULL: each call asks, as a script does. */
extern BOOL (*disp_member_id)(const WCHAR *name, DISPID *id);

/* The last failure on this thread; all empty after a success. */
const struct disp_error *disp_error(void);

/* Keeps the error of an Invoke that a test made itself, and frees the exception's strings. */
void disp_note_error(HRESULT hr, EXCEPINFO *exception);

/* Is the error of the last call one that a caller can act on: a DISP_E_ code of the call itself, or an HRESULT with source and
 * description as MapiHost gives them? E_NOTIMPL, E_FAIL, E_UNEXPECTED and a broken connection never are. */
BOOL disp_error_is_defined(HRESULT hr);

/* CoCreateInstance of a ProgID as an out-of-process server; NULL *out on failure. */
HRESULT disp_create(const WCHAR *progid, IDispatch **out);
/* result may be NULL; it is initialised here and cleared by the caller. */
HRESULT disp_call(IDispatch *object, const WCHAR *name, WORD flags, VARIANT *result, const char *format, ...);
/* Shorthands: property get with arguments, property put of one value, method. */
HRESULT disp_get(IDispatch *object, const WCHAR *name, VARIANT *result, const char *format, ...);
HRESULT disp_put(IDispatch *object, const WCHAR *name, const char *format, ...);
HRESULT disp_run(IDispatch *object, const WCHAR *name, const char *format, ...);
/* A member that answers an object; NULL when it answers Nothing or fails. */
IDispatch *disp_object(IDispatch *object, const WCHAR *name, const char *format, ...);
/* A member that answers something that converts to a number; fallback when it fails. */
LONG disp_long(IDispatch *object, const WCHAR *name, LONG fallback);
/* A member that answers text: copied into buffer (cut at count), empty when it fails. */
const WCHAR *disp_text(IDispatch *object, const WCHAR *name, WCHAR *buffer, size_t count);
/* Walks members that answer objects: L"Inbox.Messages", L"AddressLists.Item(1)", L"InfoStores.Item('Demo')"; a member may be a
 * method (L"Inbox.Messages.Add"). The caller releases; NULL when a step fails. */
IDispatch *disp_path(IDispatch *object, const WCHAR *path);

#endif
