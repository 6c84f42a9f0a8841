/* SPDX-License-Identifier: GPL-2.0-only */
/* keymap.h - a map from 64-bit keys to lists of numbers; also a set of keys. */
#ifndef RACYBITS_KEYMAP_H
#define RACYBITS_KEYMAP_H

#include "base/util.h"

struct keymap_entry;

/* All zero: empty.  keymap_free() frees it, and leaves it empty. */
struct keymap {
	struct keymap_entry *entries;
	size_t n, size;	    /* keys; entries, a power of two or 0 */
	unsigned int shift; /* of a hash, for an index into entries */
};

/* Two interned strings as one key. */
static inline uint64_t keymap_pair(str a, str b)
{
	return (uint64_t)a << 32 | b;
}

/* Adds the key, with an empty list, if it is not there. */
void keymap_mark(struct keymap *m, uint64_t key);
/* Adds `item` to the list of the key, unless the list has it. */
void keymap_add(struct keymap *m, uint64_t key, uint32_t item);
/* The same for lists whose numbers are added in rising order, however long they become. */
void keymap_append(struct keymap *m, uint64_t key, uint32_t item);
bool keymap_has(const struct keymap *m, uint64_t key);
/* The list of the key, `n` long, in the order of its additions; valid until the next one.
 * NULL if the key is not there. */
const uint32_t *keymap_list(const struct keymap *m, uint64_t key, size_t *n);
/* The first number of the key's list, or NONE. */
uint32_t keymap_first(const struct keymap *m, uint64_t key);
void keymap_free(struct keymap *m);

#endif
