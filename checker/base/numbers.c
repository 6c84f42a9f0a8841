// SPDX-License-Identifier: GPL-2.0-only
/* numbers.c - small numbers for byte strings. */
#define HASH_FUNCTION(key, bytes, hash) ((hash) = (unsigned int)hash_mix_bytes(key, bytes))
#include <uthash.h>

#include "numbers.h"
#include "util.h"

struct number {
	uint32_t number;
	UT_hash_handle hh;
	char bytes[];
};

uint32_t numbers_get(struct numbers *numbers, const void *bytes, size_t n)
{
	struct number *x;

	HASH_FIND(hh, numbers->first, bytes, n, x);
	if (!x) {
		x = xmalloc(sizeof(*x) + n);
		memcpy(x->bytes, bytes, n);
		x->number = HASH_COUNT(numbers->first) + 1;
		HASH_ADD_KEYPTR(hh, numbers->first, x->bytes, n, x);
	}
	return x->number;
}

void numbers_free(struct numbers *numbers)
{
	struct number *x, *tmp;

	tmp = numbers->first;
	HASH_CLEAR(hh, numbers->first);
	while ((x = tmp)) {
		tmp = x->hh.next;
		free(x);
	}
}
