// SPDX-License-Identifier: GPL-2.0-only
/* change.c - what a series of patches changes, as lines for `lint`. */
#include "change.h"
#include "clean.h"
#include "finding.h"
#include "summary.h"

static const char rule[] = " [racy-bitfield]\n";

void terse_report(FILE *f, const struct program *p, const struct out_options *o)
{
	size_t i;

	(void)o;
	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];
		const struct loc *at = unit_loc(u);

		if (!unit_is_finding(u))
			continue;
		fprintf(f, "%s:%u: WARNING: ", clean_str(at->file), at->line);
		put_summary(f, u);
		fputs(rule, f);
	}
}

static void put_note(FILE *f, const struct loc *at)
{
	fprintf(f, "%s:%u:%u: note: ", clean_str(at->file), at->line, at->col);
}

void put_gone(FILE *f, const struct unit_verdict *u)
{
	put_note(f, unit_loc(u));
	fputs("gone: ", f);
	put_summary(f, u);
	fputs(rule, f);
}

void put_joined(FILE *f, const struct unit_verdict *u, uint32_t field)
{
	const struct unit_field *joined = &u->fields[field];
	uint32_t i, n = 0;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (i == field || uf->lifetime != PHASE_RUNTIME)
			continue;
		if (!n++) {
			put_note(f, &joined->field->loc);
			fprintf(f, "%s %s: the new bitfield '%s' shares a storage unit with ",
				record_keyword(u->record), clean_str(u->record->name),
				clean_str(joined->field->name));
		}
		fprintf(f, "%s'%s'", n > 1 ? ", " : "", clean_str(uf->field->name));
		if (uf->guard)
			fprintf(f, " (write locked by %s)", clean_str(uf->guard));
	}
	if (n)
		fprintf(f, ", written at runtime: a store to one also writes back the others%s",
			rule);
}
