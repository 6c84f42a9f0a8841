/* SPDX-License-Identifier: GPL-2.0-only */
/* names.h - the keys of functions and records that a function refers to. */
#ifndef RACYBITS_STORE_NAMES_H
#define RACYBITS_STORE_NAMES_H

#include "base/util.h"

/* Is told each key; what it returns takes its place.  It may return the key itself. */
typedef str name_fn(void *ctx, str key);

struct name_visitor {
	name_fn *function; /* a function that is called directly, or named as a value */
	name_fn *record;   /* a record that an access path denotes or leads through */
	void *ctx;
	struct arena *arena; /* owns the paths that change */
	/* A function named as a value gets another root than ROOT_FUNC if this is not NULL and
	 * returns true. */
	bool (*is_pointer)(void *ctx, str key);
};

/* Visits all names in a function, in order of appearance; *f is changed where they are. */
void names_visit(struct function *f, const struct name_visitor *v);

#endif
