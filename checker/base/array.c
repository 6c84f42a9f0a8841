// SPDX-License-Identifier: GPL-2.0-only
/* array.c - arrays that grow. */
#include "alloc.h"
#include "array.h"

void *vec_grow(void *v, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return v;
	*cap = *cap ? *cap * 2 : 8;
	return xrealloc(v, *cap * size);
}
