/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * write_groups.h - the runtime writes of a unit in groups, so that few pairs of them are compared.
 *
 * Writes are alike in two degrees.  Those that *race alike* conflict with the same other writes:
 * one question serves for all of them.  Those that are *alike* in all also make conflicts of the
 * same confidence: of these only the one with the shortest call chain can be in a best witness.
 */
#ifndef RACYBITS_WRITE_GROUPS_H
#define RACYBITS_WRITE_GROUPS_H

#include "rank.h"

/* The order of members of records, by which batches are sorted; 0: the same member. */
int member_compare(const struct step *a, const struct step *b);

/* Writes to one field that race alike. */
struct batch {
	uint32_t races; /* the number of the group, the same for all fields of the unit */
	uint32_t n;
	const uint32_t *writes; /* indexes into unit_verdict.writes */
	struct merit bound;	/* no write is better than this */
};

/* The writes to one field that may be in a best witness. */
struct candidates {
	uint32_t n;
	/* Those of one write.member are side by side; those without one come first. */
	struct batch *batches;
	uint32_t *writes; /* what the batches point into */
};

/*
 * Returns the candidates of each of v->fields, an array that the caller frees by candidates_free(),
 * and in *nraces how many groups of writes race alike.  `merits` are those of v->writes.
 */
struct candidates *candidates_of(const struct unit_verdict *v, const struct merit *merits,
				 uint32_t *nraces);
void candidates_free(struct candidates *c, uint32_t nfields);

#endif
