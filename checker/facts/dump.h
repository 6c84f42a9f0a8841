/* SPDX-License-Identifier: GPL-2.0-only */
/* dump.h - facts as text, for people and golden tests. */
#ifndef RACYBITS_FACTS_DUMP_H
#define RACYBITS_FACTS_DUMP_H

#include <stdio.h>

#include "base/model.h"

/*
 * Makes `sink` print each fact it is given to `out`: a line for a record, function, slot store,
 * declaration or file, and indented lines for what is in it (fields; locals, blocks, events).  Paths
 * read from the root outwards: "arg0->pdev.dev", "container(arg0, foo.nb)", "call3->x[]",
 * "*(arg0->p)".  The sink owns no memory.  Write errors are left to ferror(out).
 */
void dump_sink_init(struct sink *sink, FILE *out);

/*
 * Prints a path in the frame of `f`, whose variables have names (NULL: they have numbers), then
 * the name of the record that it ends in: "arg0->pdev.dev <device>".
 */
void dump_path(FILE *out, const struct function *f, const struct path *p);

#endif
