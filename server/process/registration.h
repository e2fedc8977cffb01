/*
 * registration.h: /RegServer, /UnregServer, /RegFile.
 *
 * Layer: server/process. The rows are in registry/keys.def.
 */
#ifndef REGISTRATION_H
#define REGISTRATION_H

#include <windows.h>
#include <stdbool.h>

/* {10F1B166-5036-43CE-AD7E-04E39B5F1A2C} */
extern const GUID APPID_MapiHost;

/* Registers this executable, for the machine or for the user alone, in both registry views. E_ACCESSDENIED when the
 * machine's registry cannot be written. auto_start must have been called. */
HRESULT registration_add(bool per_user);
/* Takes exactly that back; keys that are not there are no error. */
HRESULT registration_remove(bool per_user);
/* Writes a .reg file that does what registration_add does, for an executable at the path exe (NULL: this one). */
HRESULT registration_write(bool per_user, const WCHAR *file, const WCHAR *exe);

#endif
