/* SPDX-License-Identifier: GPL-2.0-only */
/* claim_text.h - what a comment claims about a field, and whether the analysis confirms it. */
#ifndef RACYBITS_CLAIM_TEXT_H
#define RACYBITS_CLAIM_TEXT_H

#include "base/util.h"

/* "unchecked", "confirmed" or "contradicted"; a literal */
const char *claim_state_name(uint32_t state);
/* The claim as written, its state, and the write that contradicts it; without the end of the line. */
void put_claim(FILE *f, const struct program *p, const struct unit_verdict *u,
	       const struct claim *claim);
/*
 * Why the unit is acknowledged: "'a', 'b': \"racybits: ok REASON\"; ...", of the comments that accept races on its
 * fields, or a phrase if the code alone does.
 */
void put_accepted(FILE *f, const struct unit_verdict *u);
/* Have both the same text and state?  Either may be NULL: then they have not. */
bool same_claim(const struct claim *a, const struct claim *b);

#endif
