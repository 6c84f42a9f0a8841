/* SPDX-License-Identifier: GPL-2.0-only */
/* alloc.h - memory; every function dies when there is none left. */
#ifndef RACYBITS_ALLOC_H
#define RACYBITS_ALLOC_H

#include <stddef.h>
#include "error.h"

/* As malloc(3), calloc(3), realloc(3), strdup(3) and asprintf(3); the caller frees the memory. */
void *xmalloc(size_t bytes);
void *xcalloc(size_t n, size_t bytes);
void *xrealloc(void *p, size_t bytes);
char *xstrdup(const char *s);
char *xasprintf(const char *fmt, ...) PRINTF(1, 2);

#endif
