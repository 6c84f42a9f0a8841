/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json_writes.h - the writes of the JSON report: each store of the source once, with the ways it is
 * reached, whose locksets and call chains are numbers in tables at the end of the report.
 */
#ifndef RACYBITS_JSON_WRITES_H
#define RACYBITS_JSON_WRITES_H

#include "chain_tree.h"
#include "emit.h"
#include "write_table.h"

struct json_tables {
	struct write_table locksets;
	struct chain_tree chains;
	uint32_t *numbers; /* of the name of each interned string + 1, or 0; made when it is needed */
	str *names;	   /* in the order of their numbers */
	size_t n, cap;
};

/* The numbers that say of a write in the report which one it is. */
struct write_place {
	uint32_t store; /* index in "writes" of the unit */
	uint32_t way;	/* index in "ways" of that one */
	uint32_t lockset, chain;
};

/* The writes of one unit. */
struct numbered_writes {
	struct write_place *places; /* by index of unit_verdict.writes */
	uint32_t *sorted;	    /* these indexes by store, way, lockset and chain */
};

void json_tables_init(struct json_tables *t);
void json_tables_free(struct json_tables *t);
/* Writes the locks held at a write: a member of an object, or an element (key NULL). */
void emit_lockset(struct emitter *e, const char *key, const struct write *w);
/* Writes the members "locksets", "chains" and "names" of the report. */
void emit_tables(struct emitter *e, struct json_tables *t);

/* Numbers the writes of the unit, and adds their locksets and chains to the tables. */
void unit_writes_number(struct numbered_writes *n, struct json_tables *t,
			const struct unit_verdict *u);
void unit_writes_free(struct numbered_writes *n);
/* Writes the member "writes" of a unit. */
void emit_writes(struct emitter *e, const struct numbered_writes *n, const struct program *p,
		 const struct unit_verdict *u);
/* Writes the member "writes" of a field: its stores, by number. */
void emit_field_writes(struct emitter *e, const struct numbered_writes *n,
		       const struct unit_field *uf);

#endif
