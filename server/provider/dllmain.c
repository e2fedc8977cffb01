/*
 * dllmain.c: loading and unloading of mapilocal.dll. Layer: provider.
 */
#include "init.h"

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    switch (reason) {
    case DLL_PROCESS_ATTACH:
        init_process_attach(instance); /* thread notifications stay on: thread state is freed by them */
        break;
    case DLL_THREAD_DETACH:
        init_thread_detach();
        break;
    case DLL_PROCESS_DETACH:
        if (reserved == NULL) /* FreeLibrary, not the end of the process */
            init_process_detach();
        break;
    }
    return TRUE;
}
