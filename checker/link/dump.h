/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dump.h - what a pass has made, as text: racybits dump --after=PASS.
 *
 * Functions are in the order of their keys, a copy that specialise.c made is KEY#1 and so on, so
 * that two runs print the same bytes.
 */
#ifndef RACYBITS_LINK_DUMP_H
#define RACYBITS_LINK_DUMP_H

#include "link.h"

struct dump;

struct dump_pass {
	const char *name;  /* as in --after= */
	const char *pass;  /* the pass in link.c after which it can be printed */
	const char *shows; /* what is printed, for the list of passes */
	void (*print)(const struct dump *d);
};

/* The passes in the order in which they run; the last one has no name. */
extern const struct dump_pass dump_passes[];
/* The row with this name, or NULL. */
const struct dump_pass *dump_pass_find(const char *name);
/* Prints what the pass, which has just run, made.  Write errors are left to ferror(f). */
void dump_after(FILE *f, const struct link *l, const struct dump_pass *pass);

#endif
