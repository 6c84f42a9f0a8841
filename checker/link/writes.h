/* SPDX-License-Identifier: GPL-2.0-only */
/* writes.h - the writes that reach each storage unit. */
#ifndef RACYBITS_WRITES_H
#define RACYBITS_WRITES_H

#include "context.h"

struct collected { /* writes of one record's unit */
	const struct record *record;
	uint32_t unit; /* index into record.units */
	struct write *writes;
	uint32_t *fields; /* of each write: index into record.fields, NONE: whole */
	size_t n, cap, nfields, fields_cap;
	uint32_t *slots; /* hash table: indexes into writes + 1, 0: free */
	size_t nslots;	 /* a power of two, or 0 */
};

/*
 * Makes l->collection: the writes of each unit, those that no rule tells apart once.  After
 * contexts_explore() and before oneshot_settle().
 */
void writes_collect(struct link *l);
/* The writes of a unit, made when absent. */
struct collected *collected_get(struct link *l, const struct record *r, uint32_t unit);
/* All of them by file, then line; an array from l->arena. */
struct collected **collected_sorted(const struct link *l, size_t *n);
/* Frees the arrays of one that is no longer needed; it has no writes then. */
void collected_drop(struct collected *c);
/* Frees what was collected, but not what was allocated from l->arena. */
void collected_free(struct link *l);

#endif
