/* SPDX-License-Identifier: GPL-2.0-only */
/* bitops_use.h - the strategy "bitops": uses of the fields in code. */
#ifndef RACYBITS_FIX_BITOPS_USE_H
#define RACYBITS_FIX_BITOPS_USE_H

#include "bitops_text.h"

/* Where code names a field of the plan. */
struct bit_use {
	str file;
	uint32_t line, col; /* of the field's name, from 1 */
	str field;
};

struct bit_uses {
	struct bit_use *v;
	size_t n, cap;
};

/*
 * Collects all uses that were analysed, each once, by file; those of one file backwards, so that a
 * change does not move those that come after it in the list.  The caller frees uses->v.
 */
void bit_uses_collect(const struct bitops *b, struct bit_uses *uses);
/*
 * Makes the use in *text, which is malloc'd anew, an atomic bit operation.  Returns false and refuses
 * the patch if there is none that does the same.
 */
bool bit_use_change(struct bitops *b, const struct bit_use *use, char **text);

/*
 * Refuses the patch, and returns false, if an earlier one changes a file with uses: the facts tell where
 * they are in the tree only.
 */
bool bitops_is_untouched(struct bitops *b, const struct bit_uses *uses);

/* Start of the postfix expression (C11 6.5.2) that ends in front of `end`. */
size_t object_start(const char *text, size_t end);
/* End of the text in front of `at`, without white space and comments. */
size_t before_space(const char *text, size_t at);
/*
 * Does a statement begin at `at`?  With `body`, the body of an if or else counts: that must not be
 * replaced by an if, which would take its else away.
 */
bool is_statement(const char *text, size_t at, bool body);
/* The assignment operator at `at`, or NULL. */
const char *operator_at(const char *at);

#endif
