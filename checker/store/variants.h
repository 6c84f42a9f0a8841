/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * variants.h - keys of which several translation units have different definitions: external functions
 * of different modules, weak ones and those that override them, and what a header defines otherwise
 * where other macros are set.
 */
#ifndef RACYBITS_STORE_VARIANTS_H
#define RACYBITS_STORE_VARIANTS_H

#include "base/util.h"
#include "db.h"

struct variants;

/* A chunk in the program: index into its records, functions or slots. */
struct loaded_chunk {
	bool is_loaded;
	uint32_t kind; /* enum chunk_kind */
	uint32_t index;
};

/*
 * Finds the keys that several records or functions of the program have; `chunks` has a row for each of
 * the `n` ids of chunks and must outlive the result, which variants_settle() frees.  Functions that
 * another one overrides (a weak one, if there is one that is not) lose their key: see variants_drop().
 */
struct variants *variants_find(struct program *p, struct arena *arena,
			       const struct loaded_chunk *chunks, size_t n);
/* Has a key several definitions?  If not, variants_look() finds nothing. */
bool variants_exist(const struct variants *v);
/* Looks at the chunks of one tu, a list of ids, to see which definition its functions mean. */
void variants_look(struct variants *v, struct bytes list);
/*
 * Gives each definition a key of its own ("key#N", of an external function "key@file#N"; the first
 * record keeps its key), and makes functions and slot stores refer to the one they mean.  A call whose
 * callee differs between the tus of its function, or is defined in none of them, keeps the old key; a
 * function that is named so as a value becomes a global variable of this name.  Returns the slot stores
 * that are to be added to the program, *n of them, which the caller frees: the definitions that such a
 * variable holds, and those that a slot of a shared header holds.  Counts in p->stats.  Frees `v`.
 */
struct slot_store *variants_settle(struct variants *v, size_t *n);
/* Drops the functions without a key. */
void variants_drop(struct program *p);

#endif
