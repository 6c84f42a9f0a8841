/* SPDX-License-Identifier: GPL-2.0-only */
/* bitops_decl.h - the strategy "bitops": the declaration of the record. */
#ifndef RACYBITS_FIX_BITOPS_DECL_H
#define RACYBITS_FIX_BITOPS_DECL_H

#include "bitops_text.h"

/*
 * Replaces, in *text (malloc'd anew), of `file`, the fields by the word that has the bits, their
 * kernel-doc, and puts an enum of the bits before the record.  Returns false and refuses the patch if
 * a field is not declared on a line of its own.
 */
bool bit_declaration_change(struct bitops *b, const char *file, char **text);

#endif
