// SPDX-License-Identifier: GPL-2.0-only
/* explain_pairs.c - the candidate pairs of a unit, and what each refuter says of them. */
#include "base/names.h"
#include "clean.h"
#include "explain_pairs.h"

static void put_side(FILE *f, const struct unit_verdict *u, uint32_t field, const struct write *w)
{
	fprintf(f, "%s at %s:%u (%s)", clean_str(u->fields[field].field->name),
		clean_str(w->loc.file), w->loc.line, clean_str(w->context));
}

/* What makes the pair impossible or doubtful, by refuter. */
static void put_said(FILE *f, const struct conflict *c)
{
	uint32_t i;

	if (c->refuter != NONE) {
		fprintf(f, "impossible, says %s: %s\n", refuter_id(c->refuter),
			refuter_sentence(c->refuter));
		return;
	}
	fprintf(f, "%s\n", confidence_name(c->confidence));
	for (i = 0; i < REFUTER_COUNT; i++)
		if (c->said[i])
			fprintf(f, "    %s says %s: %s\n", refuter_id(i), doubt_id(c->said[i]),
				doubt_sentence(c->said[i]));
}

static bool is_field(const struct unit_verdict *u, uint32_t i, const char *field)
{
	return !field || !strcmp(str_get(u->fields[i].field->name), field);
}

void explain_pairs(FILE *f, const struct unit_verdict *u, const char *field)
{
	uint32_t i, refuted = 0, shown = 0;

	for (i = 0; i < u->npairs; i++) {
		const struct conflict *c = &u->pairs[i];

		if (!is_field(u, c->a, field) && !is_field(u, c->b, field))
			continue;
		fputs(shown++ ? "" : "\ncandidate pairs:\n", f);
		refuted += c->refuter != NONE;
		fputs("  ", f);
		put_side(f, u, c->a, &u->writes[c->write_a]);
		fputs(" against ", f);
		put_side(f, u, c->b, &u->writes[c->write_b]);
		fputs(": ", f);
		put_said(f, c);
	}
	fprintf(f, "\n%u candidate pairs, %u of them impossible\n", shown, refuted);
}
