// SPDX-License-Identifier: GPL-2.0-only
/* lint_report.c - report what a series adds, makes worse and removes. */
#include "findings.h"
#include "lint_report.h"
#include "out/change.h"
#include "out/finding.h"
#include "out/memstream.h"
#include "out/text.h"

/* --- the location of a finding: a line that the series adds */

/* The declaration of a racing field, if the series adds it; or NULL. */
static const struct loc *added_field(const struct patch_series *s, const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (field_races(u, i) && series_adds(s, &u->fields[i].field->loc))
			return &u->fields[i].field->loc;
	return NULL;
}

/* The store, or the last call that leads to it, that the series adds; or NULL. */
static const struct loc *added_in_chain(const struct patch_series *s, const struct write *w)
{
	uint32_t i;

	if (series_adds(s, &w->loc))
		return &w->loc;
	for (i = w->nchain; i--;)
		if (series_adds(s, &w->chain_locs[i]))
			return &w->chain_locs[i];
	return NULL;
}

/* An added line of a write in a conflict, else of another write at runtime; or NULL. */
static const struct loc *added_write(const struct patch_series *s, const struct unit_verdict *u)
{
	const struct loc *at = NULL;
	uint32_t i;

	if (!u->writes)
		return NULL;
	for (i = 0; i < u->nconflicts && !at; i++) {
		at = added_in_chain(s, &u->writes[u->conflicts[i].write_a]);
		if (!at)
			at = added_in_chain(s, &u->writes[u->conflicts[i].write_b]);
	}
	for (i = 0; i < u->nwrites && !at; i++)
		if (u->writes[i].phase == PHASE_RUNTIME)
			at = added_in_chain(s, &u->writes[i]);
	return at;
}

static void locate(const struct patch_series *s, struct unit_verdict *u)
{
	u->at = added_field(s, u);
	if (!u->at)
		u->at = added_write(s, u);
}

/* --- the pair of a finding that is worse: the one that the series adds */

/* The best conflict that is not as it was; NULL: each is. */
static const struct conflict *changed_conflict(const struct lint *l, const struct unit_verdict *u)
{
	const struct conflict *best = NULL;
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &u->conflicts[i];

		if (c->confidence >= l->o->confidence && (!best || c->rank < best->rank) &&
		    baseline_conflict(l->before.known, &l->after.program, u, c) !=
			    BASELINE_UNCHANGED)
			best = c;
	}
	return best;
}

static const struct conflict *added_conflict(const struct lint *l, const struct unit_verdict *u)
{
	const struct conflict *added = u->added, *changed = changed_conflict(l, u);

	if (added && !baseline_has_writers(l->before.known, &l->after.program, u, added))
		return added;
	return changed ? changed : added;
}

/* Makes `shown` the argument of the unit, in place of the conflict of its fields; the caller frees
 * u->conflicts. */
static void argue(struct unit_verdict *u, const struct conflict *shown)
{
	const struct conflict *of = u->conflicts;
	struct conflict *own = xcalloc(u->nconflicts, sizeof(*own));
	uint32_t i, rank = 0;

	for (i = 0; i < u->nconflicts; i++)
		if (of[i].a == shown->a && of[i].b == shown->b)
			rank = of[i].rank;
	for (i = 0; i < u->nconflicts; i++) {
		own[i] = of[i].rank == rank ? *shown : of[i];
		own[i].rank = of[i].rank == rank ? 0 : of[i].rank + (of[i].rank < rank);
	}
	u->confidence = shown->confidence;
	u->conflicts = own;
}

static void make_argument(const struct lint *l, struct unit_verdict *u, uint8_t state)
{
	const struct conflict *shown = state == BASELINE_UPDATED ? added_conflict(l, u) : NULL;

	argue(u, shown ? shown : unit_argument(u));
}

/* --- the report */

/* Reports the program without the verdicts that are as they were. */
static void report_findings(const struct lint *l, FILE *f, report_fn *report)
{
	const struct unit_verdict *all = l->after.program.verdicts;
	struct program p = l->after.program;
	uint8_t *states = xcalloc(p.nverdicts, sizeof(*states));
	struct out_options shown = l->o->out;
	size_t i, n = 0;

	shown.states = states;
	p.verdicts = xcalloc(p.nverdicts, sizeof(*p.verdicts));
	for (i = 0; i < p.nverdicts; i++) {
		if (l->news[i] != BASELINE_NEW && l->news[i] != BASELINE_UPDATED)
			continue;
		states[n] = l->news[i];
		p.verdicts[n] = all[i];
		make_argument(l, &p.verdicts[n], states[n]);
		locate(&l->series, &p.verdicts[n++]);
	}
	p.nverdicts = n;
	/* Source lines are read from the work tree, which must then have the state AFTER. */
	shown.kdir = l->series.states[AFTER].n ? NULL : l->tree.kdir;
	findings_limit(&p, &shown, l->o->max);
	report(f, &p, &shown);
	for (i = 0; i < n; i++)
		free(p.verdicts[i].conflicts);
	free(p.verdicts);
	free(states);
}

/* Is the field declared on an added line, and was no other field of its unit in one with it before? */
static bool is_joined(const struct lint *l, const struct unit_verdict *u, uint32_t field)
{
	uint32_t i;

	if (!series_adds(&l->series, &u->fields[field].field->loc))
		return false;
	for (i = 0; i < u->nfields; i++)
		if (i != field &&
		    lint_before_beside(&l->before, u->record->key, u->fields[field].field->name,
				       u->fields[i].field->name))
			return false;
	return true;
}

/* Notes the new bitfields of units that are no new findings. */
static void report_joined(const struct lint *l, FILE *f)
{
	const struct program *after = &l->after.program;
	uint32_t j;
	size_t i;

	for (i = 0; i < after->nverdicts; i++) {
		const struct unit_verdict *u = &after->verdicts[i];

		for (j = 0; j < u->nfields; j++)
			if (l->news[i] != BASELINE_NEW && !field_races(u, j) && is_joined(l, u, j))
				put_joined(f, u, j);
	}
}

void lint_report(const struct lint *l)
{
	bool people = l->o->terse || l->o->report == text_report;
	struct output out;
	struct memstream notes;
	char *text;
	size_t i;
	FILE *f = memstream_open(&notes);

	report_joined(l, f);
	for (i = 0; i < l->before.nfindings; i++)
		if (l->gone[i])
			fputs(l->before.findings[i].gone, f);
	text = memstream_close(&notes);
	output_open(&out, l->o->output);
	report_findings(l, out.f, l->o->terse ? terse_report : l->o->report);
	fputs(text, people ? out.f : stderr);
	output_commit(&out);
	free(text);
}
