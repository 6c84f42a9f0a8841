/* SPDX-License-Identifier: GPL-2.0-only */
/* bitops_init.h - the strategy "bitops": initialisers of the record. */
#ifndef RACYBITS_FIX_BITOPS_INIT_H
#define RACYBITS_FIX_BITOPS_INIT_H

#include "bitops_text.h"

/*
 * Changes all initialisers of the record in *text (malloc'd anew), of `file`: the designators of its
 * bits become one of the word.  Returns false and refuses the patch if a value is not 0 or 1.
 */
bool bit_initialisers_change(struct bitops *b, const char *file, char **text);

/* The offset of the first initialiser of the record in the text that names one of the fields, or 0. */
size_t bit_initialiser_at(const struct bitops *b, const char *text);

#endif
