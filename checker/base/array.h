/* SPDX-License-Identifier: GPL-2.0-only */
/* array.h - arrays that grow. */
#ifndef RACYBITS_ARRAY_H
#define RACYBITS_ARRAY_H

#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/*
 * `struct x *v = NULL; size_t n = 0, cap = 0; *vec_add(v, n, cap) = x;` appends x.  The memory is
 * not zeroed; the caller frees v.
 */
#define vec_add(v, n, cap) ((v) = vec_grow((v), (n), &(cap), sizeof(*(v))), &(v)[(n)++])
/* Makes room for one more than `n` elements of `size` bytes; returns the array, which may move. */
void *vec_grow(void *v, size_t n, size_t *cap, size_t size);

#endif
