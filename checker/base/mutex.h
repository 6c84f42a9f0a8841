/* SPDX-License-Identifier: GPL-2.0-only */
/* mutex.h - a mutex that is held shortly. */
#ifndef RACYBITS_MUTEX_H
#define RACYBITS_MUTEX_H

#include <pthread.h>

/*
 * To sleep and to be woken takes longer than what is done with such a mutex held: who waits for it looks again for a
 * while before it sleeps (pthread.h of glibc).
 */
#define MUTEX_INIT ((pthread_mutex_t)PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP)

#endif
