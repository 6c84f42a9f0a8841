/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_around.h - the strategy "lock": a store gets calls around it that take and drop the lock. */
#ifndef RACYBITS_FIX_LOCK_AROUND_H
#define RACYBITS_FIX_LOCK_AROUND_H

#include "edits.h"
#include "lock_calls.h"
#include "lock_choice.h"
#include "statement_text.h"

/* The work on one store. */
struct taking {
	struct fix_series *s;
	struct patch *patch;
	struct arena *a;
	const struct lock_choice *choice;

	struct lock_site *site;
	const char *text;      /* of its file */
	struct edits *edits;   /* of that text */
	uint32_t block, event; /* of the store, in site->f */
	const struct path *object;
	struct statement_text store;
	size_t spelled[2];     /* range of the text that names the object */
	struct lock_calls own; /* of site->f, on the lock of that object */
	enum taken_way way;    /* what was done */
	const char *refusal;   /* why nothing can be done */
};

/* The lines of the store, one tab further to the right; from t->a. */
const char *indented_lines(const struct taking *t);
/*
 * Takes the lock around the store: as site->f takes it elsewhere, else as all others do.  Returns false and
 * sets t->refusal if it cannot be shown that this is possible in every context of the store.
 */
bool lock_around(struct taking *t);

#endif
