// SPDX-License-Identifier: GPL-2.0-only
/* cocci.c - the report as coccicheck prints it. */
#include "clean.h"
#include "cocci.h"
#include "finding.h"
#include "phrases.h"
#include "witness.h"

static void cocci_conflict(FILE *f, const struct unit_verdict *u, const struct witnesses *w,
			   uint32_t i)
{
	const struct conflict *c = &w->conflicts[i];
	const struct field *a = u->fields[c->a].field, *b = u->fields[c->b].field;
	const struct loc *at = &u->writes[c->write_a].loc, *other = &u->writes[c->write_b].loc;
	uint32_t col = a->loc.col ? a->loc.col - 1 : 0;

	fprintf(f,
		"%s:%u:%u-%u: WARNING: concurrent stores to bitfields '%s' (%s:%u) and '%s' (%s:%u)",
		clean_str(a->loc.file), a->loc.line, col, col + (uint32_t)strlen(str_get(a->name)),
		clean_str(a->name), clean_str(at->file), at->line, clean_str(b->name),
		clean_str(other->file), other->line);
	fputs(" may lose an update: ", f);
	put_reason(f, &u->writes[c->write_a], "the first", &u->writes[c->write_b], "the second");
	fputc('\n', f);
}

void cocci_report(FILE *f, const struct program *p, const struct out_options *o)
{
	struct witnesses w;
	uint32_t i;
	size_t n;

	(void)o;
	for (n = 0; n < p->nverdicts; n++) {
		const struct unit_verdict *u = &p->verdicts[n];

		if (!unit_is_finding(u))
			continue;
		witnesses_init(&w, u);
		for (i = 0; i < u->nconflicts; i++)
			cocci_conflict(f, u, &w, i);
		witnesses_free(&w);
	}
}
