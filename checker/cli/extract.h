/* SPDX-License-Identifier: GPL-2.0-only */
/* extract.h - bring the stored facts of translation units (tus) up to date. */
#ifndef RACYBITS_CLI_EXTRACT_H
#define RACYBITS_CLI_EXTRACT_H

#include "base/process.h"
#include "front/front.h"
#include "store/store.h"

struct extraction {
	struct store *store;
	struct front_options front;
	uint64_t key;		     /* extract_key() */
	unsigned int workers;	     /* number of processes */
	bool plain;		     /* no precompiled headers: slower, with the same facts */
	const struct args *readable; /* paths: workers may read the files at and below them only,
				      * as far as the kernel can enforce that, and print
				      * nothing; NULL: no limit */
};

/*
 * A hash of what facts depend on beside the code that is parsed: the front end's sources and the
 * header at path `annotations`.  Dies if that cannot be read.  See store_fresh().
 */
uint64_t extract_key(const char *annotations);

/*
 * Confines a worker process that reads code that is not trusted to the files at and below these paths, as
 * far as the kernel can enforce that; it prints nothing more: `#pragma clang __debug` does, for one.
 */
void extract_confine_to(const struct args *readable);

/*
 * Parses the tus whose facts in the store are not up to date, and stores theirs or the reason why
 * they could not be parsed.  Returns how many it parsed.
 */
size_t extract_stale(const struct extraction *x, const struct tu_list *tus);

#endif
