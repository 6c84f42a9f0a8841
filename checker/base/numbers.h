/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * numbers.h - small numbers for byte strings: equal strings have the same number, different ones
 * never do, so that what is long is compared by its number.
 */
#ifndef RACYBITS_NUMBERS_H
#define RACYBITS_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

struct number;

/* All zero: empty.  numbers_free() frees it. */
struct numbers {
	struct number *first;
};

/*
 * The number of `n` bytes, which are copied if they are new: 1 for the first string, then one
 * more for each.  Padding bytes count, so structs must have none.
 */
uint32_t numbers_get(struct numbers *numbers, const void *bytes, size_t n);
/* Frees the strings; the numbers start at 1 again. */
void numbers_free(struct numbers *numbers);

#endif
