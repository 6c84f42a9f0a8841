// SPDX-License-Identifier: GPL-2.0-only
/* split.c - which fields the chosen policy moves out of a racy unit. */
#include "clean.h"
#include "split.h"

bool split_moves(const struct program *p, const struct unit_verdict *u, uint32_t field)
{
	const uint32_t *split = p->strict ? u->split_strict : u->split_lifetime;
	uint32_t i, n = p->strict ? u->nstrict : u->nlifetime;

	for (i = 0; i < n; i++)
		if (split[i] == field)
			return true;
	return false;
}

enum split_class { SPLIT_MOVES, SPLIT_STAYS_WRITTEN, SPLIT_STAYS };

static enum split_class split_classify(const struct program *p, const struct unit_verdict *u,
				       uint32_t field)
{
	if (split_moves(p, u, field))
		return SPLIT_MOVES;
	return u->fields[field].lifetime == PHASE_RUNTIME ? SPLIT_STAYS_WRITTEN : SPLIT_STAYS;
}

/* Prints `head` and the fields of the class; nothing if it has none. */
static void put_class(FILE *f, const struct program *p, const struct unit_verdict *u,
		      enum split_class class, const char *head)
{
	uint32_t i, n = 0;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (split_classify(p, u, i) != class)
			continue;
		fprintf(f, "%s%s", n++ ? ", " : head, clean_str(uf->field->name));
		if (class == SPLIT_STAYS_WRITTEN && uf->guard)
			fprintf(f, " (write locked by %s)", clean_str(uf->guard));
	}
}

void put_split(FILE *f, const struct program *p, const struct unit_verdict *u)
{
	fprintf(f, "split by policy %s: ", p->strict ? "strict" : "lifetime");
	put_class(f, p, u, SPLIT_MOVES, "move out of the unit: ");
	put_class(f, p, u, SPLIT_STAYS_WRITTEN, "; keep: ");
	put_class(f, p, u, SPLIT_STAYS, "; keep (not written at runtime): ");
}
