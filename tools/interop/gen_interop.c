/*
 * gen_interop.c: writes a C# interop source file from the type library, with the help strings as documentation.
 *
 * Usage: gen_interop mapihost.tlb MapiHost.Interop.cs (a Windows program; `make interop` runs it)
 *
 * The file needs no reference to an interop assembly and works on .NET Framework, .NET Core 3.1 and newer. Members stand
 * in vtable order, which early binding depends on. A property with arguments becomes a method get_Name, the default
 * one of a collection an indexer. Collections are IEnumerable, which the runtime answers by way of _NewEnum: foreach works.
 */
#define COBJMACROS
#include <windows.h>
#include <oleauto.h>
#include <stdio.h>
#include <wchar.h>

static FILE *out;

static void write_text(const WCHAR *text)
{
    char buffer[4096];

    if (WideCharToMultiByte(CP_UTF8, 0, text ? text : L"", -1, buffer, sizeof buffer, NULL, NULL))
        fputs(buffer, out);
}

/* Text within an XML documentation comment. */
static void write_xml(const WCHAR *text)
{
    for (; text && *text; text++) {
        WCHAR one[2] = {*text, 0};

        if (*text == L'<')
            fputs("&lt;", out);
        else if (*text == L'&')
            fputs("&amp;", out);
        else
            write_text(one);
    }
}

static void write_summary(const char *indent, BSTR help)
{
    if (!help || !*help)
        return;
    fprintf(out, "%s/// <summary>", indent);
    write_xml(help);
    fputs("</summary>\n", out);
}

static void write_guid(REFGUID guid)
{
    WCHAR text[40];

    StringFromGUID2(guid, text, ARRAYSIZE(text));
    text[37] = 0;
    write_text(text + 1);
}

/* The C# type of a TYPEDESC: its name in name, a MarshalAs value in marshal (empty: none is needed). */
static void describe_type(ITypeInfo *info, const TYPEDESC *type, WCHAR *name, size_t count, const char **marshal)
{
    const WCHAR *plain = L"object";
    ITypeInfo *other = NULL;
    BSTR other_name = NULL;

    *marshal = "";
    switch (type->vt) {
    case VT_PTR:
        describe_type(info, type->lptdesc, name, count, marshal);
        return;
    case VT_USERDEFINED:
        if (SUCCEEDED(ITypeInfo_GetRefTypeInfo(info, type->hreftype, &other)) &&
            SUCCEEDED(ITypeInfo_GetDocumentation(other, MEMBERID_NIL, &other_name, NULL, NULL, NULL)))
            lstrcpynW(name, other_name, (int)count);
        SysFreeString(other_name);
        if (other)
            ITypeInfo_Release(other);
        return;
    case VT_BSTR: plain = L"string", *marshal = "BStr"; break;
    case VT_BOOL: plain = L"bool", *marshal = "VariantBool"; break;
    case VT_VARIANT: *marshal = "Struct"; break;
    case VT_DISPATCH: *marshal = "IDispatch"; break;
    case VT_UNKNOWN: *marshal = "IUnknown"; break;
    case VT_CY: plain = L"decimal", *marshal = "Currency"; break;
    case VT_DATE: plain = L"DateTime"; break;
    case VT_R8: plain = L"double"; break;
    case VT_R4: plain = L"float"; break;
    case VT_I2: plain = L"short"; break;
    case VT_I4:
    case VT_INT:
    case VT_HRESULT: plain = L"int"; break;
    case VT_I8: plain = L"long"; break;
    case VT_UI1: plain = L"byte"; break;
    case VT_UI4: plain = L"uint"; break;
    case VT_VOID: plain = L"void"; break;
    default: break;
    }
    lstrcpynW(name, plain, (int)count);
}

static const FUNCDESC *result_of(const FUNCDESC *function)
{
    UINT last = function->cParams;

    return last && (function->lprgelemdescParam[last - 1].paramdesc.wParamFlags & PARAMFLAG_FRETVAL) ? function : NULL;
}

/* "[return: MarshalAs(…)] " and the C# type of what the member answers. */
static void write_result(ITypeInfo *info, const FUNCDESC *function, const char *target)
{
    const char *marshal = "";
    WCHAR type[128] = L"void";

    if (result_of(function))
        describe_type(info, &function->lprgelemdescParam[function->cParams - 1].tdesc, type, ARRAYSIZE(type), &marshal);
    if (*target && *marshal)
        fprintf(out, "[return: MarshalAs(UnmanagedType.%s)] ", marshal);
    if (!*target)
        write_text(type);
}

static void write_parameters(ITypeInfo *info, const FUNCDESC *function, BSTR *names, UINT count)
{
    for (UINT i = 0; i < count; i++) {
        const ELEMDESC *parameter = &function->lprgelemdescParam[i];
        const char *marshal;
        WCHAR type[128];

        describe_type(info, &parameter->tdesc, type, ARRAYSIZE(type), &marshal);
        fprintf(out, "%s[In%s", i ? ", " : "", parameter->paramdesc.wParamFlags & PARAMFLAG_FOPT ? ", Optional" : "");
        if (*marshal)
            fprintf(out, ", MarshalAs(UnmanagedType.%s)", marshal);
        fputs("] ", out);
        write_text(type);
        fputs(" @", out);
        write_text(names[i]);
    }
}

struct member {
    FUNCDESC *function;
    BSTR names[32];
    UINT name_count;
    BSTR help;
};

static HRESULT load_member(ITypeInfo *info, UINT index, struct member *member)
{
    HRESULT hr;

    memset(member, 0, sizeof *member);
    hr = ITypeInfo_GetFuncDesc(info, index, &member->function);
    if (FAILED(hr))
        return hr;
    ITypeInfo_GetNames(info, member->function->memid, member->names, ARRAYSIZE(member->names), &member->name_count);
    /* A type library keeps one spelling of a name: Value may come as the "value" of a parameter. */
    if (member->name_count && member->names[0])
        CharUpperBuffW(member->names[0], 1);
    ITypeInfo_GetDocumentation(info, member->function->memid, NULL, &member->help, NULL, NULL);
    return S_OK;
}

static void free_member(ITypeInfo *info, struct member *member)
{
    for (UINT i = 0; i < member->name_count; i++)
        SysFreeString(member->names[i]);
    SysFreeString(member->help);
    if (member->function)
        ITypeInfo_ReleaseFuncDesc(info, member->function);
    memset(member, 0, sizeof *member);
}

static BOOL is_put(const FUNCDESC *function)
{
    return (function->invkind & (INVOKE_PROPERTYPUT | INVOKE_PROPERTYPUTREF)) != 0;
}

/* Can this accessor be one of a C# property: no arguments but the value? */
static BOOL is_plain(const FUNCDESC *function)
{
    return function->cParams == 1 && (is_put(function) || (function->invkind & INVOKE_PROPERTYGET));
}

static void write_accessor(ITypeInfo *info, const struct member *member)
{
    fprintf(out, " [DispId(%ld)] ", (long)member->function->memid);
    if (is_put(member->function)) {
        const char *marshal;
        WCHAR type[128];

        describe_type(info, &member->function->lprgelemdescParam[0].tdesc, type, ARRAYSIZE(type), &marshal);
        if (*marshal)
            fprintf(out, "[param: MarshalAs(UnmanagedType.%s)] ", marshal);
        fputs("set;", out);
    } else {
        write_result(info, member->function, "return");
        fputs("get;", out);
    }
}

/* A property with one or two accessors (the second may be NULL). */
static void write_property(ITypeInfo *info, const struct member *first, const struct member *second)
{
    const char *marshal;
    WCHAR type[128];

    write_summary("        ", first->help);
    describe_type(info, &first->function->lprgelemdescParam[0].tdesc, type, ARRAYSIZE(type), &marshal);
    fputs("        ", out);
    write_text(type);
    fputs(" @", out);
    write_text(first->names[0]);
    fputs(" {", out);
    write_accessor(info, first);
    if (second)
        write_accessor(info, second);
    fputs(" }\n\n", out);
}

static void write_enumerator(const struct member *member)
{
    write_summary("        ", member->help);
    fputs("        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();\n\n", out);
}

static void write_method(ITypeInfo *info, const struct member *member)
{
    const FUNCDESC *function = member->function;
    UINT count = function->cParams - (result_of(function) ? 1 : 0);
    BSTR *names = (BSTR *)member->names + 1;
    BOOL indexer = function->memid == DISPID_VALUE && (function->invkind & INVOKE_PROPERTYGET) && count;

    write_summary("        ", member->help);
    fputs("        ", out);
    if (indexer) {
        write_result(info, function, "");
        fputs(" this[", out);
        write_parameters(info, function, names, count);
        fprintf(out, "] { [DispId(0)] ");
        write_result(info, function, "return");
        fputs("get; }\n\n", out);
        return;
    }
    fprintf(out, "[DispId(%ld)] ", (long)function->memid);
    write_result(info, function, "return");
    write_result(info, function, "");
    fputs(is_put(function) ? " Set_" : (function->invkind & INVOKE_PROPERTYGET) ? " Get_" : " @", out);
    write_text(member->names[0]);
    fputs("(", out);
    write_parameters(info, function, names, count);
    fputs(");\n\n", out);
}

static void write_members(ITypeInfo *info, UINT count)
{
    for (UINT i = 0; i < count; i++) {
        struct member member, next = {0};

        if (FAILED(load_member(info, i, &member)))
            continue;
        if (i + 1 < count)
            load_member(info, i + 1, &next);
        if (member.function->memid == DISPID_NEWENUM) {
            write_enumerator(&member);
        } else if (is_plain(member.function)) {
            BOOL pair = next.function && next.function->memid == member.function->memid && is_plain(next.function) &&
                        !is_put(member.function) && is_put(next.function);

            write_property(info, &member, pair ? &next : NULL);
            i += pair;
        } else {
            write_method(info, &member);
        }
        free_member(info, &next);
        free_member(info, &member);
    }
}

static BOOL has_enumerator(ITypeInfo *info, UINT count)
{
    BOOL found = FALSE;

    for (UINT i = 0; i < count && !found; i++) {
        struct member member;

        if (SUCCEEDED(load_member(info, i, &member)))
            found = member.function->memid == DISPID_NEWENUM;
        free_member(info, &member);
    }
    return found;
}

static void write_interface(ITypeInfo *info, const TYPEATTR *attributes, BSTR name, BSTR help, BOOL dual)
{
    write_summary("    ", help);
    fputs("    [ComImport, Guid(\"", out);
    write_guid(&attributes->guid);
    fprintf(out, "\"), InterfaceType(ComInterfaceType.%s)]\n    public interface ",
            dual ? "InterfaceIsDual" : "InterfaceIsIDispatch");
    write_text(name);
    fputs(has_enumerator(info, attributes->cFuncs) ? " : IEnumerable\n    {\n" : "\n    {\n", out);
    write_members(info, attributes->cFuncs);
    fputs("    }\n\n", out);
}

static void write_enum(ITypeInfo *info, const TYPEATTR *attributes, BSTR name, BSTR help)
{
    write_summary("    ", help);
    fputs("    public enum ", out);
    write_text(name);
    fputs("\n    {\n", out);
    for (UINT i = 0; i < attributes->cVars; i++) {
        VARDESC *value;
        BSTR value_name = NULL, value_help = NULL;

        if (FAILED(ITypeInfo_GetVarDesc(info, i, &value)))
            continue;
        ITypeInfo_GetDocumentation(info, value->memid, &value_name, &value_help, NULL, NULL);
        write_summary("        ", value_help);
        fputs("        ", out);
        write_text(value_name);
        fprintf(out, " = unchecked((int)0x%08lX),\n", (unsigned long)V_I4(value->lpvarValue));
        SysFreeString(value_name);
        SysFreeString(value_help);
        ITypeInfo_ReleaseVarDesc(info, value);
    }
    fputs("    }\n\n", out);
}

static void write_coclass(const TYPEATTR *attributes, BSTR name, BSTR help)
{
    if (!(attributes->wTypeFlags & TYPEFLAG_FCANCREATE))
        return;
    write_summary("    ", help);
    fputs("    [ComImport, Guid(\"", out);
    write_guid(&attributes->guid);
    fputs("\")]\n    public class ", out);
    write_text(name);
    fputs("\n    {\n    }\n\n", out);
}

static void write_type(ITypeInfo *info)
{
    TYPEATTR *attributes;
    BSTR name = NULL, help = NULL;

    if (FAILED(ITypeInfo_GetTypeAttr(info, &attributes)))
        return;
    ITypeInfo_GetDocumentation(info, MEMBERID_NIL, &name, &help, NULL, NULL);
    if (attributes->typekind == TKIND_ENUM) {
        write_enum(info, attributes, name, help);
    } else if (attributes->typekind == TKIND_COCLASS) {
        write_coclass(attributes, name, help);
    } else if (attributes->typekind == TKIND_DISPATCH && (attributes->wTypeFlags & TYPEFLAG_FDUAL)) {
        ITypeInfo *vtable = NULL;
        TYPEATTR *vtable_attributes;
        HREFTYPE reference;

        if (SUCCEEDED(ITypeInfo_GetRefTypeOfImplType(info, -1, &reference)) &&
            SUCCEEDED(ITypeInfo_GetRefTypeInfo(info, reference, &vtable)) &&
            SUCCEEDED(ITypeInfo_GetTypeAttr(vtable, &vtable_attributes))) {
            write_interface(vtable, vtable_attributes, name, help, TRUE);
            ITypeInfo_ReleaseTypeAttr(vtable, vtable_attributes);
        }
        if (vtable)
            ITypeInfo_Release(vtable);
    } else if (attributes->typekind == TKIND_DISPATCH) {
        write_interface(info, attributes, name, help, FALSE);
    }
    SysFreeString(name);
    SysFreeString(help);
    ITypeInfo_ReleaseTypeAttr(info, attributes);
}

int wmain(int argc, WCHAR **argv)
{
    ITypeLib *library = NULL;
    HRESULT hr;

    if (argc != 3) {
        fputs("usage: gen_interop mapihost.tlb MapiHost.Interop.cs\n", stderr);
        return 2;
    }
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    hr = LoadTypeLibEx(argv[1], REGKIND_NONE, &library);
    out = SUCCEEDED(hr) ? _wfopen(argv[2], L"wb") : NULL;
    if (!out) {
        fwprintf(stderr, L"gen_interop: %ls: 0x%08lX\n", SUCCEEDED(hr) ? argv[2] : argv[1], (unsigned long)hr);
        return 1;
    }
    fputs("// MapiHost.Interop.cs: the type library MapiHost for C#. Generated from mapihost.tlb by gen_interop (make interop).\n"
          "//\n"
          "// Add this file to a project and write:  var session = (IMhSession)new Session();\n"
          "// Optional arguments may be left out. Errors arrive as COMException with the MAPI code in HResult.\n"
          "using System;\nusing System.Collections;\nusing System.Runtime.InteropServices;\n"
          "\n#pragma warning disable CS0618 // dual interfaces are what this server has\n\nnamespace MapiHost\n{\n",
          out);
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        ITypeInfo *info;

        if (SUCCEEDED(ITypeLib_GetTypeInfo(library, i, &info))) {
            write_type(info);
            ITypeInfo_Release(info);
        }
    }
    fputs("}\n", out);
    ITypeLib_Release(library);
    return fclose(out) ? 1 : 0;
}
