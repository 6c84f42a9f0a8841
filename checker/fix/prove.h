/* SPDX-License-Identifier: GPL-2.0-only */
/* prove.h - a program that shows lost updates of two fields of one storage unit. */
#ifndef RACYBITS_FIX_PROVE_H
#define RACYBITS_FIX_PROVE_H

#include "base/util.h"

/*
 * Writes a C11 program in which two threads store to the bitfields pair[0] and pair[1] (indexes into
 * r->fields; both in one unit, neither in a union) of a struct laid out as `r` is, read back what they
 * stored and count what was lost; then the same with the layout that `fix` plans for `r`, if it has
 * one.  `kdir` is the tree that `p` was judged in.
 */
void prove_write(FILE *out, const struct program *p, const struct record *r, const uint32_t *pair,
		 const char *kdir);

#endif
