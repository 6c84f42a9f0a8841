/* SPDX-License-Identifier: GPL-2.0-only */
/* bitops_text.h - the strategy "bitops": what its files share. */
#ifndef RACYBITS_FIX_BITOPS_TEXT_H
#define RACYBITS_FIX_BITOPS_TEXT_H

#include "patch.h"

struct bitops {
	struct fix_series *s;
	struct patch *patch;
	const char *member; /* name of the word that has the bits */
	struct arena *a;
};

/* Refuses the patch because of text[at] in `file`: sets plan.refusal, with the line; returns false. */
bool bitops_refuse(struct bitops *b, const char *file, const char *text, size_t at,
		   const char *why);
/* Name of the bit's number: "RECORD_FIELD" in upper case; from b->a. */
const char *bit_name(struct bitops *b, str field);
/* Does a field of that name become a bit? */
bool is_bit(const struct fix_plan *plan, str field);

/* May the character be part of a C identifier? */
bool is_word(char c);
/* Replaces (*text)[from, to), which is malloc'd anew. */
void text_replace(char **text, size_t from, size_t to, const char *with);
/* End of the expression that begins at `at`: the first `;`, `,` or closing bracket outside of it. */
size_t value_end(const char *text, size_t at);

enum constant { CONST_NONE, CONST_ZERO, CONST_ONE };

/* Is the expression, as it is spelled, the constant 0 or 1? */
enum constant constant_of(const char *value);

#endif
