/* SPDX-License-Identifier: GPL-2.0-only */
/* extract.h - brings the stored facts of translation units up to date (room of main). */
#ifndef RACYBITS_EXTRACT_H
#define RACYBITS_EXTRACT_H

#include "front/front.h"
#include "store/store.h"

struct extraction {
	struct store *store;
	struct front_options front;
	uint64_t key;	      /* extract_key() */
	unsigned int workers; /* processes */
	bool plain;	      /* without precompiled headers: slower, with the same facts */
};

/* Stands for what facts depend on beside the code: the front end, and the header it brings (a path;
 * dies if it cannot be read).  See store_fresh(). */
uint64_t extract_key(const char *annotations);

/*
 * Parses the units that are not in the store as they are now, and returns how many that were.
 * Those that fail are in the store with the reason.
 */
size_t extract_stale(const struct extraction *x, const struct tu_list *tus);

#endif
