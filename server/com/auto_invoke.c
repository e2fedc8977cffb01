/*
 * auto_invoke.c: IDispatch::Invoke of every automation object.
 *
 * Layer: server/com. Dispatch goes by the type library's ITypeInfo. On top of what ITypeInfo::Invoke does, as VB expects it:
 *   - object.Fields(tag) where Fields takes no argument is object.Fields.Item(tag): the default member is called;
 *   - object.Fields(tag) = value puts the default member of the item, and lets the collection make an item that is not there;
 *   - an object that stands for its value (Field) passed as an argument is replaced by that value;
 *   - Set object.Property = value is taken as a plain put.
 * A failure of a member leaves as DISP_E_EXCEPTION with the HRESULT, description and source in EXCEPINFO.
 */
#include "auto_private.h"
#include "variant.h"

#include <stdlib.h>
#include <string.h>

/* What a client asks Invoke for. */
struct request {
    struct auto_object *object;
    DISPID id;
    WORD flags;
    DISPPARAMS *params;   /* never NULL */
    VARIANT *result;      /* may be NULL */
    EXCEPINFO *exception; /* may be NULL; cleared */
    UINT *bad_arg;        /* never NULL */
};

static DISPPARAMS no_params;

static void exception_clear(EXCEPINFO *exception)
{
    SysFreeString(exception->bstrDescription);
    SysFreeString(exception->bstrSource);
    SysFreeString(exception->bstrHelpFile);
    ZeroMemory(exception, sizeof *exception);
}

/* Answers the error that the member has left with its thread. */
static HRESULT report_error(struct auto_home *home, EXCEPINFO *exception)
{
    HRESULT hr = DISP_E_EXCEPTION;

    if (exception)
        auto_error_move(home, exception);
    else
        hr = home->error;
    SetErrorInfo(0, NULL);
    return hr;
}

/* ---- arguments ---------------------------------------------------------------------------------------------- */

/* What the type library says of a member's arguments. */
struct signature {
    int takes;  /* how many arguments, a put's value included; -1 when there is no such member */
    int needed; /* how many must be there */
    bool plain; /* a property without arguments: arguments are for the default member of what it answers */
};

/* Found by walking: Wine's GetFuncIndexOfMemId takes no account of dual interfaces. */
static void read_signature(ITypeInfo *info, DISPID id, WORD flags, struct signature *signature)
{
    TYPEATTR *attributes = NULL;

    *signature = (struct signature){.takes = -1};
    if (FAILED(ITypeInfo_GetTypeAttr(info, &attributes)))
        return;
    for (UINT i = 0; signature->takes < 0 && i < attributes->cFuncs; i++) {
        FUNCDESC *function = NULL;

        if (FAILED(ITypeInfo_GetFuncDesc(info, i, &function)))
            continue;
        if (function->memid == id && function->invkind & flags) {
            const ELEMDESC *parameters = function->lprgelemdescParam;

            signature->takes = function->cParams;
            if (signature->takes && parameters[signature->takes - 1].paramdesc.wParamFlags & PARAMFLAG_FRETVAL)
                signature->takes--;
            while (signature->needed < signature->takes &&
                   !(parameters[signature->needed].paramdesc.wParamFlags & PARAMFLAG_FOPT))
                signature->needed++;
            signature->plain = function->invkind == INVOKE_PROPERTYGET && !signature->takes;
        }
        ITypeInfo_ReleaseFuncDesc(info, function);
    }
    ITypeInfo_ReleaseTypeAttr(info, attributes);
}

/* The arguments of a call in which objects were replaced by their values. */
struct taken {
    VARIANT *args;   /* as many as the call has, to be passed instead; NULL when there was nothing to replace */
    VARIANT *values; /* as many: what replaced an object, to be cleared */
};

/* Objects among the arguments that stand for their value (Field) are replaced by it, as VB does where a value is wanted. */
static HRESULT take_values(const DISPPARAMS *params, struct taken *taken, EXCEPINFO *exception)
{
    HRESULT hr = S_OK;

    taken->args = taken->values = NULL;
    for (UINT i = 0; SUCCEEDED(hr) && i < params->cArgs; i++) {
        const VARIANT *argument = variant_deref(&params->rgvarg[i]);
        struct auto_object *object = NULL;

        if (V_VT(argument) != VT_DISPATCH || !V_DISPATCH(argument) ||
            FAILED(auto_from_unknown((IUnknown *)V_DISPATCH(argument), NULL, &object)))
            continue;
        if (object->class->is_value && !taken->args) {
            taken->args = calloc(2 * (size_t)params->cArgs, sizeof *taken->args);
            if (taken->args) {
                taken->values = taken->args + params->cArgs;
                memcpy(taken->args, params->rgvarg, params->cArgs * sizeof *taken->args);
            } else
                hr = E_OUTOFMEMORY;
        }
        if (SUCCEEDED(hr) && object->class->is_value) {
            hr = IDispatch_Invoke((IDispatch *)object, DISPID_VALUE, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET,
                                  &no_params, &taken->values[i], exception, NULL);
            taken->args[i] = taken->values[i];
        }
        auto_release(object);
    }
    return hr;
}

static void free_values(struct taken *taken, UINT count)
{
    for (UINT i = 0; taken->args && i < count; i++)
        VariantClear(&taken->values[i]);
    free(taken->args);
}

/* ---- members that stand for the default member of what they answer ------------------------------------------------ */

/* Gets the requested member with the arguments `inner` and calls the default member of the object that it answers. */
static HRESULT call_default(const struct request *request, DISPPARAMS *inner, WORD flags, DISPPARAMS *outer,
                            EXCEPINFO *exception)
{
    VARIANT value;
    HRESULT hr;

    VariantInit(&value);
    hr = auto_invoke(request->object, request->id, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, inner, &value, exception,
                     request->bad_arg);
    if (SUCCEEDED(hr) && V_VT(&value) == VT_DISPATCH && V_DISPATCH(&value))
        hr = IDispatch_Invoke(V_DISPATCH(&value), DISPID_VALUE, &IID_NULL, LOCALE_NEUTRAL, flags, outer, request->result,
                              exception, request->bad_arg);
    else if (SUCCEEDED(hr))
        hr = DISP_E_MEMBERNOTFOUND;
    VariantClear(&value);
    return hr;
}

/* The collection that collection(index) = value means, with a reference: the object, or what its member answers; or NULL. */
static struct auto_object *requested_collection(const struct request *request)
{
    struct auto_object *collection = NULL;
    VARIANT value;

    VariantInit(&value);
    if (request->object->class->add_item) {
        collection = request->object;
        auto_addref(collection);
    } else if (SUCCEEDED(auto_invoke(request->object, request->id, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, &no_params,
                                     &value, NULL, request->bad_arg)) &&
               V_VT(&value) == VT_DISPATCH && V_DISPATCH(&value)) {
        auto_from_unknown((IUnknown *)V_DISPATCH(&value), NULL, &collection);
    }
    VariantClear(&value);
    return collection;
}

/* collection(index) = value */
static HRESULT put_item(const struct request *request)
{
    DISPPARAMS *params = request->params;
    DISPPARAMS index = {params->rgvarg + 1, NULL, params->cArgs - 1, 0};
    DISPPARAMS value = {params->rgvarg, params->rgdispidNamedArgs, 1, 1};
    struct auto_object *collection = NULL;
    EXCEPINFO failure = {0};
    HRESULT hr = call_default(request, &index, DISPATCH_PROPERTYPUT, &value, &failure), added = S_FALSE;

    if (hr == DISP_E_EXCEPTION && params->cArgs == 2)
        collection = requested_collection(request);
    if (collection && collection->class->add_item)
        added = collection->class->add_item(collection, failure.scode, variant_deref(&params->rgvarg[1]),
                                            variant_deref(&params->rgvarg[0]));
    auto_release(collection);
    if (request->exception && added == S_FALSE)
        *request->exception = failure;
    else
        exception_clear(&failure);
    if (FAILED(added))
        hr = request->object->home->error != S_OK ? report_error(request->object->home, request->exception) : added;
    else if (added == S_OK)
        hr = S_OK;
    return hr;
}

/* ---- the call ----------------------------------------------------------------------------------------------- */

/* Whether every named argument is one of the member's, which are numbered by their place. Wine's oleaut32 forgets the others. */
static bool knows_names(const DISPPARAMS *params, const struct signature *signature)
{
    for (UINT i = 0; i < params->cNamedArgs; i++)
        if (params->rgdispidNamedArgs[i] != DISPID_PROPERTYPUT &&
            (params->rgdispidNamedArgs[i] < 0 || params->rgdispidNamedArgs[i] >= signature->takes))
            return false;
    return true;
}

/* Calls the member itself; an error that it has set stays with the thread. */
static HRESULT call_member(ITypeInfo *info, const struct request *request, const struct signature *signature)
{
    int given = (int)request->params->cArgs;
    EXCEPINFO unused = {0};
    HRESULT hr;

    /* oleaut32 of Windows refuses too many arguments, Wine's forgets them. */
    if (signature->takes >= 0 && given > signature->takes)
        hr = DISP_E_BADPARAMCOUNT;
    /* Wine's refuses too few, but keeps the references of those that are there. */
    else if (signature->takes >= 0 && !request->params->cNamedArgs && given < signature->needed)
        hr = DISP_E_PARAMNOTOPTIONAL;
    else if (signature->takes >= 0 && !knows_names(request->params, signature))
        hr = DISP_E_PARAMNOTFOUND;
    else
        hr = ITypeInfo_Invoke(info, request->object, request->id, request->flags, request->params, request->result, &unused,
                              request->bad_arg);
    if ((hr == E_NOINTERFACE || hr == E_INVALIDARG) && request->object->home->error == S_OK)
        hr = DISP_E_TYPEMISMATCH; /* an object or value of another kind */
    /* Set x.Sender = y asks for PROPERTYPUTREF; the library has plain puts. */
    if (hr == DISP_E_MEMBERNOTFOUND && request->flags == DISPATCH_PROPERTYPUTREF)
        hr = ITypeInfo_Invoke(info, request->object, request->id, DISPATCH_PROPERTYPUT, request->params, request->result,
                              &unused, request->bad_arg);
    exception_clear(&unused);
    return hr;
}

static HRESULT invoke_member(ITypeInfo *info, const struct request *request)
{
    struct auto_home *home = request->object->home;
    struct signature signature = {.takes = -1};
    HRESULT hr;

    if (!home->call)
        auto_error_clear(home);
    if (request->params->cArgs)
        read_signature(info, request->id, request->flags, &signature);
    if (signature.plain)
        return call_default(request, &no_params, request->flags, request->params, request->exception);
    hr = call_member(info, request, &signature);
    if (FAILED(hr) && home->error != S_OK)
        return report_error(home, request->exception);
    if (FAILED(hr) && request->flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF) && request->params->cArgs > 1 &&
        request->params->cNamedArgs == 1)
        return put_item(request);
    return hr;
}

HRESULT STDMETHODCALLTYPE auto_invoke(void *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                      DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception, UINT *bad_arg)
{
    struct auto_object *object = iface;
    DISPPARAMS given = params ? *params : no_params;
    UINT unused;
    struct request request = {object, id, flags, &given, result, exception, bad_arg ? bad_arg : &unused};
    ITypeInfo *info = NULL;
    struct taken taken;
    HRESULT hr;

    (void)lcid;
    if (exception)
        ZeroMemory(exception, sizeof *exception);
    if (!IsEqualIID(iid, &IID_NULL))
        return DISP_E_UNKNOWNINTERFACE;
    if (object->home->thread_id != GetCurrentThreadId())
        return RPC_E_WRONG_THREAD;
    if (id == DISPID_NEWENUM) /* Wine's JScript asks for a method only */
        request.flags |= DISPATCH_PROPERTYGET;
    if (id && id == object->class->value_id)
        request.id = DISPID_VALUE;
    auto_addref(object);
    hr = take_values(&given, &taken, exception);
    if (taken.args)
        given.rgvarg = taken.args;
    if (SUCCEEDED(hr))
        hr = auto_type_info(object->class->iid, &info);
    if (SUCCEEDED(hr)) {
        hr = invoke_member(info, &request);
        ITypeInfo_Release(info);
    }
    free_values(&taken, given.cArgs);
    auto_release(object);
    return hr;
}
