/*
 * libetpan-config.h: the configuration of libetpan's message parser as MapiHost builds it.
 *
 * Only the folders data-types, imf and mime are built: no sockets, no locks, no mapped files, and no iconv
 * (server/mime gives libetpan its character sets through extended_charconv). Used for both Windows
 * builds and for the native one of the unit tests.
 */
#ifndef LIBETPAN_CONFIG_H
#define LIBETPAN_CONFIG_H

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/types.h>

#ifndef PATH_MAX
#define PATH_MAX 512
#endif
#define MAIL_DIR_SEPARATOR   '/'
#define MAIL_DIR_SEPARATOR_S "/"
#define MMAP_UNAVAILABLE
#define LIBETPAN_EXPORT
#define LIBETPAN_REENTRANT 1

#endif
