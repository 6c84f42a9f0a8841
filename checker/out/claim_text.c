// SPDX-License-Identifier: GPL-2.0-only
/* claim_text.c - what a comment claims about a field, and whether the analysis confirms it. */
#include "base/names.h"
#include "claim_text.h"
#include "clean.h"
#include "phrases.h"

const char *claim_state_name(uint32_t state)
{
	static const char *const names[] = {
		[CLAIM_UNCHECKED] = "unchecked",
		[CLAIM_CONFIRMED] = "confirmed",
		[CLAIM_CONTRADICTED] = "contradicted",
	};

	return state < ARRAY_SIZE(names) ? names[state] : "?";
}

void put_claim(FILE *f, const struct program *p, const struct unit_verdict *u,
	       const struct claim *claim)
{
	const struct write *w = claim->write == NONE ? NULL : &u->writes[claim->write];

	fprintf(f, "\"%s\": %s", clean_str(claim->text), claim_state_name(claim->state));
	if (claim->why)
		fprintf(f, ", %s", claim->why);
	if (!w)
		return;
	fprintf(f, " by %s() at %s:%u, %s (%s); locks: ", clean_str(p->functions[w->function].name),
		clean_str(w->loc.file), w->loc.line, phase_name(w->phase), clean_str(w->context));
	put_locks(f, w);
}

void put_accepted(FILE *f, const struct unit_verdict *u)
{
	uint32_t i, j, n = 0;

	for (i = 0; i < u->nfields; i++) {
		str words = u->fields[i].accepted;

		for (j = 0; j < i && u->fields[j].accepted != words; j++)
			;
		if (!words || j < i)
			continue;
		fputs(n++ ? "; " : "", f);
		for (j = i; j < u->nfields; j++)
			if (u->fields[j].accepted == words)
				fprintf(f, "%s'%s'", j == i ? "" : ", ",
					clean_str(u->fields[j].field->name));
		fprintf(f, ": \"%s\"", clean_str(words));
	}
	if (!n)
		fputs("the source marks these races as intended", f);
}

bool same_claim(const struct claim *a, const struct claim *b)
{
	return a && b && a->text == b->text && a->state == b->state && a->why == b->why;
}
