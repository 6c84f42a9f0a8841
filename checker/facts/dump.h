/* SPDX-License-Identifier: GPL-2.0-only */
/* dump.h - facts as text, for people and golden tests. */
#ifndef RACYBITS_DUMP_H
#define RACYBITS_DUMP_H

#include <stdio.h>

#include "base/model.h"

/*
 * Makes `sink` print every fact to `out`, one line each, in the order reported; events and edges
 * stand indented under their function.  Paths read outwards: "arg0->pdev.dev",
 * "container(arg0, foo.nb)", "call3->x[]", "*global".  The sink holds no memory; write errors
 * are left to ferror(out).
 */
void dump_sink_init(struct sink *sink, FILE *out);

#endif
