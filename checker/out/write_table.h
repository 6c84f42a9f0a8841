/* SPDX-License-Identifier: GPL-2.0-only */
/* write_table.h - numbers what writes have in common: the store, the locks held ... */
#ifndef RACYBITS_WRITE_TABLE_H
#define RACYBITS_WRITE_TABLE_H

#include "base/util.h"

/* Which writes are alike.  Both are asked for the same writes in every run, in the same order. */
struct write_likeness {
	uint64_t (*hash)(const struct write *w);
	bool (*alike)(const struct write *a, const struct write *b);
};

/* The rows are the first write of each kind; their number is that of the kind.  Starts with `like` set. */
struct write_table {
	const struct write_likeness *like;
	const struct write **rows; /* the writes live as long as the table */
	size_t n, cap;
	uint32_t *buckets; /* a row + 1, or 0; open addressing */
	size_t nbuckets;   /* a power of two, or 0 */
};

extern const struct write_likeness same_locks;	   /* the same locks are held, in the same modes */
extern const struct write_likeness same_store;	   /* location, function and value stored */
extern const struct write_likeness same_way_locks; /* the same way and locks */
extern const struct write_likeness same_way;	   /* the same store, phase and context */

/* The number of the write's kind; a new one is given the next number. */
uint32_t write_table_add(struct write_table *t, const struct write *w);
/* Forgets all rows. */
void write_table_free(struct write_table *t);

#endif
