/*
 * pthread.h: the one lock of libetpan's parser (in mmapstring.c) on Windows, as a lock that needs no set-up.
 *
 * libetpan's own Windows lock has to be initialised by the program before its first use; this one has not.
 */
#ifndef _WIN32
#include_next <pthread.h>
#elif !defined(LIBETPAN_PTHREAD_H)
#define LIBETPAN_PTHREAD_H

#include <winsock2.h>
#include <windows.h>

typedef SRWLOCK pthread_mutex_t;
#define PTHREAD_MUTEX_INITIALIZER     SRWLOCK_INIT
#define pthread_mutex_lock(mutex)     AcquireSRWLockExclusive(mutex)
#define pthread_mutex_unlock(mutex)   ReleaseSRWLockExclusive(mutex)

#endif
