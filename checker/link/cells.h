/* SPDX-License-Identifier: GPL-2.0-only */
/* cells.h - sets of functions, each included in others: the solver of funcptr.c. */
#ifndef RACYBITS_CELLS_H
#define RACYBITS_CELLS_H

#include <uthash.h>

#include "link.h"

/*
 * A cell can hold functions: a slot (one cell for all objects of the record), a global variable
 * (also all elements of an array), a parameter, a local variable, the result of a function or that of any
 * function which a name may mean (symtab_variants()).
 */
enum cell_kind {
	CELL_SLOT,
	CELL_GLOBAL,
	CELL_PARAM,
	CELL_LOCAL,
	CELL_RESULT,
	CELL_RESULT_OF_ANY,
};

struct cell_key {
	uint32_t kind;
	uint32_t a, b; /* record and field; name; function and index; function; name */
};

struct cell {
	struct cell_key key;
	uint32_t *items; /* functions; sorted by key in the end */
	size_t n, cap;
	uint32_t *queue; /* those of them that the cells it flows into do not have yet */
	size_t nqueue, queue_cap;
	bool listed; /* in funcptr.work */
	UT_hash_handle hh;
};

/* All that is in one cell is also in the other. */
struct flow_edge {
	struct cell *from, *to;
};

/* All zero: empty.  cells_free() frees it. */
struct cells {
	struct cell *all;
	struct flow_edge *edges; /* sorted by `from` while they are followed */
	size_t n, cap;
	struct cell **work; /* those with a queue */
	size_t nwork, work_cap;
};

/* The cell with this key, made if `add` is set; else NULL if there is none. */
struct cell *cell_get(struct cells *c, const struct cell_key *key, bool add);
/* Puts a function into a cell, to be taken on from there. */
void cell_put(struct cells *c, struct cell *to, uint32_t f);
/* Makes all that is, or will be, in `from` be in `to`. */
void cell_include(struct cells *c, struct cell *from, struct cell *to);
/* Takes all functions along all edges. */
void cells_propagate(struct cells *c);
void cells_free(struct cells *c);

#endif
