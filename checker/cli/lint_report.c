// SPDX-License-Identifier: GPL-2.0-only
/* lint_report.c - report what a series adds, makes worse and removes. */
#include "lint_confine.h"
#include "lint_report.h"
#include "out/change.h"
#include "out/clean.h"
#include "out/finding.h"
#include "out/memstream.h"
#include "out/text.h"
#include "series/baseline.h"
#include "translation_units.h"

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

/* --- the report */

/* Reports the program without the verdicts that are as they were. */
static void report_findings(const struct lint *l, FILE *f, report_fn *report)
{
	struct program p = l->states[AFTER].program;
	uint8_t *states = xcalloc(p.nverdicts, sizeof(*states));
	struct out_options shown = { .states = states };
	size_t i, n = 0;

	p.verdicts = xcalloc(p.nverdicts, sizeof(*p.verdicts));
	for (i = 0; i < p.nverdicts; i++) {
		if (l->news[i] != BASELINE_NEW && l->news[i] != BASELINE_UPDATED)
			continue;
		states[n] = l->news[i];
		p.verdicts[n] = l->states[AFTER].program.verdicts[i];
		locate(&l->series, &p.verdicts[n++]);
	}
	p.nverdicts = n;
	/* Source lines are read from the work tree, which must then have the state AFTER. */
	shown.kdir = l->series.states[AFTER].n ? NULL : l->tree.kdir;
	report(f, &p, &shown);
	free(p.verdicts);
	free(states);
}

/* Were both fields in one unit before? */
static bool was_beside(const struct program *before, const struct unit_verdict *u, str field,
		       str other)
{
	size_t i;
	uint32_t j;

	for (i = 0; i < before->nverdicts; i++) {
		const struct unit_verdict *b = &before->verdicts[i];
		int found = 0;

		if (b->record->key != u->record->key)
			continue;
		for (j = 0; j < b->nfields; j++)
			found += b->fields[j].field->name == field ||
				 b->fields[j].field->name == other;
		if (found == 2)
			return true;
	}
	return false;
}

/* Is the field declared on an added line, and was no other field of its unit in one with it before? */
static bool is_joined(const struct lint *l, const struct unit_verdict *u, uint32_t field)
{
	const struct program *before = &l->states[BEFORE].program;
	uint32_t i;

	if (!series_adds(&l->series, &u->fields[field].field->loc))
		return false;
	for (i = 0; i < u->nfields; i++)
		if (i != field &&
		    was_beside(before, u, u->fields[field].field->name, u->fields[i].field->name))
			return false;
	return true;
}

/* Notes the new bitfields of units that are no new findings. */
static void report_joined(const struct lint *l, FILE *f)
{
	const struct program *after = &l->states[AFTER].program;
	uint32_t j;
	size_t i;

	for (i = 0; i < after->nverdicts; i++) {
		const struct unit_verdict *u = &after->verdicts[i];

		for (j = 0; j < u->nfields; j++)
			if (l->news[i] != BASELINE_NEW && !field_races(u, j) && is_joined(l, u, j))
				put_joined(f, u, j);
	}
}

static void report_removed(const struct lint *l, FILE *f)
{
	const struct program *before = &l->states[BEFORE].program;
	size_t i;

	for (i = 0; i < before->nverdicts; i++)
		if (l->olds[i] == BASELINE_NEW)
			put_removed(f, &before->verdicts[i]);
}

void lint_report(const struct lint *l)
{
	bool people = l->o->terse || l->o->report == text_report;
	struct output out;
	struct memstream notes;
	char *text;
	FILE *f = memstream_open(&notes);

	report_joined(l, f);
	report_removed(l, f);
	text = memstream_close(&notes);
	output_open(&out, l->o->output);
	report_findings(l, out.f, l->o->terse ? terse_report : l->o->report);
	fputs(text, people ? out.f : stderr);
	output_commit(&out);
	free(text);
}

static bool is_failed(const struct program *p, const char *file)
{
	size_t i;

	for (i = 0; i < p->nfailed; i++)
		if (!strcmp(p->failed[i].file, file))
			return true;
	return false;
}

/* Is the file, an absolute path, that of a tu?  If it was not read, the tu has failed. */
static bool is_tu(const struct lint *l, const char *path)
{
	const char *file = path + strlen(l->tree.kdir) + 1;
	size_t i;

	for (i = 0; i < l->tus.n; i++)
		if (!strcmp(l->tus.tus[i].file, file))
			return true;
	return false;
}

static bool is_unread(const struct lint *l, size_t i)
{
	return !l->read[i] && !is_tu(l, l->files.v[i]);
}

size_t lint_unread(const struct lint *l)
{
	size_t i, n = 0;

	for (i = 0; i < l->files.n; i++)
		n += is_unread(l, i);
	return n;
}

static void warn_unread(const struct lint *l)
{
	size_t i, root = strlen(l->tree.kdir) + 1;

	for (i = 0; i < l->files.n; i++) {
		const char *file = l->files.v[i] + root;

		if (is_unread(l, i))
			tu_warn_failed(file, file[strlen(file) - 1] == 'h' ?
						     "no file that was analysed includes it" :
						     "this configuration does not build it");
	}
}

/* Names what was not analysed; a file that failed in both states, once. */
static void warn_not_analysed(const struct lint *l)
{
	const struct program *before = &l->states[BEFORE].program;
	const struct program *after = &l->states[AFTER].program;
	size_t i;

	if (l->partial)
		warn("too many files include the headers that the series changes: only the directories of its .c files were analysed; name others as PATH");
	warn_unread(l);
	analysis_warn_failed(after);
	for (i = 0; i < before->nfailed; i++)
		if (!is_failed(after, before->failed[i].file))
			warn("%s: not analysed before the series: %s",
			     clean(before->failed[i].file), clean(before->failed[i].reason));
}

void lint_warn(const struct lint *l)
{
	warn_not_analysed(l);
	lint_warn_unconfined();
	warn("%u new, %u worse, %u removed findings; %zu translation units, before and after; %.1f s",
	     l->added, l->worse, l->removed, l->tus.n,
	     l->states[BEFORE].program.stats.seconds + l->states[AFTER].program.stats.seconds);
}
