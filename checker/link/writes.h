/* SPDX-License-Identifier: GPL-2.0-only */
/* writes.h - collects the writes to each storage unit, in every context. */
#ifndef RACYBITS_WRITES_H
#define RACYBITS_WRITES_H

#include "context.h"
#include "lock_relation.h"

/* A context in which a write was reached. */
struct origin {
	uint32_t reached; /* index into explorer.writes */
	uint32_t before;  /* another one of the write, or NONE */
};

/* The writes to one unit. */
struct collected {
	const struct record *record;
	uint32_t unit; /* index into record.units */
	struct write *writes;
	uint32_t *fields; /* of each write: index into record.fields, NONE: whole */
	size_t n, cap, nfields, fields_cap;
	uint32_t *origin; /* of each write at runtime: the last one, an index into `origins`, or NONE */
	struct origin *origins;
	size_t norigin, origin_cap, norigins, origins_cap;
	uint32_t *slots; /* hash table: indexes into writes + 1, 0: free */
	size_t nslots;	 /* a power of two, or 0 */
};

/*
 * Makes l->collection: the writes of each unit, those that no rule tells apart once.  After
 * contexts_explore() and before oneshot_settle().
 */
void writes_collect(struct link *l);
/*
 * Adds to the unit what explorer.writes[reached] writes of it, reached in that context instead, by a further
 * way that starts in the file.
 */
void writes_collect_way(struct link *l, struct collected *c, uint32_t reached, uint32_t context,
			str start);
/* Is there a write to the whole record that was not collected: LIMIT_EMBEDDED? */
bool collected_missed(const struct link *l, const struct record *r);
/* The numbers of paths from objects to what lies around them, by which `rel` of locks and facts tells them. */
struct path_numbers *collected_paths(const struct link *l);
/* The writes to unit `unit` of the record, made if they are not there. */
struct collected *collected_get(struct link *l, const struct record *r, uint32_t unit);
/*
 * Notes which bitfields no runtime write may change, before collected_drop(); and asks: is the member
 * one of these, so that an object that is in use keeps its value?
 */
void collected_note_changes(struct link *l);
bool collected_stays(const struct link *l, str record, str field);
/* All units by file and line of their first field, then record; an array of *n from l->arena. */
struct collected **collected_sorted(const struct link *l, size_t *n);
/* Frees the arrays of a unit: it has no writes then. */
void collected_drop(struct collected *c);
/* Frees what was collected and is not from l->arena. */
void collected_free(struct link *l);

#endif
