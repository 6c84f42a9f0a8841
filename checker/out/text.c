// SPDX-License-Identifier: GPL-2.0-only
/* text.c - the report as compiler-style messages: the finding and its argument. */
#include "base/color.h"
#include "argument.h"
#include "claim_text.h"
#include "clean.h"
#include "finding.h"
#include "limits_met.h"
#include "summary.h"
#include "text.h"

struct report {
	FILE *f;
	const struct program *p;
	bool color;
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING };

/* The message up to its text. */
static void put_head(const struct report *r, const struct loc *at, enum severity severity)
{
	static const struct {
		const char *word, *color;
	} words[] = {
		[SEVERITY_NOTE] = { "note:", "\033[1;36m" },
		[SEVERITY_WARNING] = { "warning:", "\033[1;35m" },
	};
	const char *bold = r->color ? "\033[1m" : "", *end = r->color ? "\033[0m" : "";

	fprintf(r->f, "%s%s:%u:%u:%s %s%s%s ", bold, clean_str(at->file), at->line, at->col, end,
		r->color ? words[severity].color : "", words[severity].word, end);
}

static const char *state_phrase(enum baseline_state state)
{
	static const char *const phrases[] = {
		[BASELINE_NONE] = "",
		[BASELINE_NEW] = "",
		[BASELINE_UNCHANGED] = " (known)",
		[BASELINE_UPDATED] = " (known, but now worse)",
	};

	return phrases[state];
}

static void put_rule(const struct report *r)
{
	fputs(" [racy-bitfield]\n", r->f);
}

/* The claims of comments; fields with the same claim share a line. */
static void put_claims(const struct report *r, const struct unit_verdict *u)
{
	uint32_t i, j;

	for (i = 0; i < u->nfields; i++) {
		const struct claim *claim = u->fields[i].claim;

		for (j = 0; j < i && !same_claim(u->fields[j].claim, claim); j++)
			;
		if (!claim || j < i)
			continue;
		put_head(r, &u->fields[i].field->loc, SEVERITY_NOTE);
		fputs("the comment on", r->f);
		for (j = i; j < u->nfields; j++)
			if (same_claim(u->fields[j].claim, claim))
				fprintf(r->f, "%s '%s'", j == i ? "" : ",",
					clean_str(u->fields[j].field->name));
		fputs(" says ", r->f);
		put_claim(r->f, r->p, u, claim);
		fputc('\n', r->f);
	}
}

/* The comments that accept the race, if any does. */
static void put_acknowledged(const struct report *r, const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nfields && !u->fields[i].accepted; i++)
		;
	if (!u->acknowledged || i == u->nfields)
		return;
	put_head(r, &u->fields[i].field->loc, SEVERITY_NOTE);
	fputs("accepted by the comment on ", r->f);
	put_accepted(r->f, u);
	fputc('\n', r->f);
}

/* --- units */

static void put_argument(const struct report *r, const struct unit_verdict *u)
{
	const struct conflict *c = unit_argument(u);
	uint32_t i;

	for (i = 1; i <= 2; i++) {
		const struct write *w = &u->writes[i == 1 ? c->write_a : c->write_b];

		put_head(r, &w->loc, SEVERITY_NOTE);
		put_argument_writer(r->f, r->p, u, c, i);
		fputc('\n', r->f);
		put_argument_way(r->f, w);
	}
	put_argument_rest(r->f, r->p, u, c);
}

static void put_unit(const struct report *r, const struct unit_verdict *u,
		     enum baseline_state state)
{
	bool warning = unit_is_finding(u) && state != BASELINE_UNCHANGED;

	put_head(r, unit_loc(u), warning ? SEVERITY_WARNING : SEVERITY_NOTE);
	if (u->verdict == VERDICT_RACY)
		put_claimed_race(r->f, u, unit_argument(u));
	else
		put_summary(r->f, u);
	fputs(state_phrase(state), r->f);
	put_rule(r);
	if (u->verdict == VERDICT_RACY)
		put_argument(r, u);
	put_acknowledged(r, u);
	put_claims(r, u);
}

void text_unit(FILE *f, const struct program *p, const struct unit_verdict *u)
{
	put_unit(&(const struct report){ .f = f, .p = p }, u, BASELINE_NONE);
}

/* Order of the report: findings by confidence, highest first, then the other units. */
static int unit_rank(const struct unit_verdict *u)
{
	return unit_is_finding(u) ? CONF_HIGH - (int)u->confidence : CONF_HIGH + 1;
}

/* A line without a location: no single one is to blame. */
static void put_limits(const struct report *r)
{
	char *met = limits_met(r->p);

	if (met)
		fprintf(r->f, "note: limits of the analysis were met: %s\n", met);
	free(met);
}

void text_report(FILE *f, const struct program *p, const struct out_options *o)
{
	const struct report r = { .f = f, .p = p, .color = color_of(f) };
	size_t i;
	int rank;

	for (rank = 0; rank <= CONF_HIGH + 1; rank++)
		for (i = 0; i < p->nverdicts; i++) {
			const struct unit_verdict *u = &p->verdicts[i];

			if (!u->hidden && unit_rank(u) == rank &&
			    (o->all || u->verdict != VERDICT_STABLE))
				put_unit(&r, u, unit_state(o, i));
		}
	if (o->more)
		fprintf(f, "note: %u more findings are not shown (--max)\n", o->more);
	put_limits(&r);
}
