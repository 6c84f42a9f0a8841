/* SPDX-License-Identifier: GPL-2.0-only */
/* prove.h - a program that loses updates where a finding says that the kernel may. */
#ifndef RACYBITS_PROVE_H
#define RACYBITS_PROVE_H

#include "base/util.h"

/*
 * Writes a C11 program: two threads store to the bitfields `pair` (indexes into r->fields, in one unit,
 * in no union) of a struct with r's layout, read back what they stored, and count what was lost; then the same
 * with the layout that `fix` plans for r, if it has one.  `kdir` is the kernel tree that p was judged in.
 */
void prove_write(FILE *out, const struct program *p, const struct record *r, const uint32_t *pair,
		 const char *kdir);

#endif
