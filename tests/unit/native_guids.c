/*
 * native_guids.c: the interface ids that the portable core refers to; on Windows they come with the import libraries.
 *
 * Layer: tests (native).
 */
#include "mapi_abi.h"

const IID IID_IUnknown = {0x00000000, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
const IID IID_IMalloc = {0x00000002, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
