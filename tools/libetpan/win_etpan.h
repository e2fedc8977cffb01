/*
 * win_etpan.h: what libetpan's parser needs on Windows.
 *
 * libetpan's own header of this name brings sockets and redefines functions that MinGW-w64 has; this one takes its
 * place in our build. Mapped files are declared and always refused: the parser is only used on memory.
 */
#ifndef WIN_ETPAN_H
#define WIN_ETPAN_H

#include <errno.h>
#include <winsock2.h>
#include <io.h>
#include <process.h>
#include <stdlib.h>
#include <time.h>

#define PROT_READ   1
#define PROT_WRITE  2
#define MAP_SHARED  1
#define MAP_PRIVATE 2
#define MAP_FAILED  ((void *)-1)
#define MS_SYNC     4

static inline void *mmap(void *address, size_t length, int protection, int flags, int file, size_t offset)
{
    (void)address, (void)length, (void)protection, (void)flags, (void)file, (void)offset;
    errno = ENOSYS;
    return MAP_FAILED;
}

static inline int munmap(void *address, size_t length)
{
    (void)address, (void)length;
    return -1;
}

static inline int msync(void *address, size_t length, int flags)
{
    (void)address, (void)length, (void)flags;
    return -1;
}

#define random() rand()

static inline struct tm *gmtime_r(const time_t *when, struct tm *result)
{
    return gmtime_s(result, when) == 0 ? result : NULL;
}

static inline struct tm *localtime_r(const time_t *when, struct tm *result)
{
    return localtime_s(result, when) == 0 ? result : NULL;
}

#endif
