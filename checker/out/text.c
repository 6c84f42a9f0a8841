// SPDX-License-Identifier: GPL-2.0-only
/* text.c - the report as compiler-style messages: the finding, its witnesses, the split. */
#include <unistd.h>

#include "base/names.h"
#include "claim_text.h"
#include "clean.h"
#include "finding.h"
#include "limits_met.h"
#include "memstream.h"
#include "phrases.h"
#include "split.h"
#include "summary.h"
#include "text.h"
#include "witness.h"
#include "written_bytes.h"

#define WRITERS_SHOWN 16 /* of one unit; `explain` shows all */

struct report {
	FILE *f;
	const struct program *p;
	bool color;
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING };

static bool use_color(FILE *f)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	/* no-color.org: present and not empty */
	return isatty(fileno(f)) && !(no_color && *no_color) && term && strcmp(term, "dumb");
}

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

/* --- witnesses */

/* "entry FILE:LINE > f FILE:LINE > g :LINE > h": each with the line of its call of the next */
static void put_chain(const struct report *r, const struct write *w)
{
	str file = 0;
	uint32_t i;

	for (i = 0; i < w->nchain; i++) {
		const struct loc *at = &w->chain_locs[i];

		fprintf(r->f, "%s%s", i ? " > " : "", clean_str(w->chain[i]));
		if (!at->line || i + 1 == w->nchain)
			continue;
		fprintf(r->f, " %s:%u", at->file == file ? "" : clean_str(at->file), at->line);
		file = at->file;
	}
}

static void put_writer(const struct report *r, const struct witnesses *w,
		       const struct writer *writer)
{
	const struct write *wr = &w->u->writes[writer->write];
	uint32_t number = w->numbers[writer->write];

	put_head(r, &wr->loc, SEVERITY_NOTE);
	fprintf(r->f, "writer %u: ", number);
	put_store(r->f, w->u, wr, w->u->fields[writer->field].field->name);
	fprintf(r->f, " in %s(); %s (%s); locks: ", clean_str(r->p->functions[wr->function].name),
		phase_name(wr->phase), clean_str(wr->context));
	put_locks(r->f, wr);
	fputc('\n', r->f);
	put_head(r, &wr->loc, SEVERITY_NOTE);
	fprintf(r->f, "writer %u reached %s: ", number,
		wr->unseen ? "from callers that were not analysed" : "by");
	put_chain(r, wr);
	fputc('\n', r->f);
}

static bool same_line(const struct witnesses *w, uint32_t i, uint32_t j)
{
	const struct conflict *x = &w->conflicts[i], *y = &w->conflicts[j];

	return x->a == y->a && x->write_a == y->write_a && !strcmp(w->reasons[i], w->reasons[j]);
}

/* Are both of its writers shown? */
static bool is_shown(const struct witnesses *w, uint32_t conflict)
{
	const struct conflict *c = &w->conflicts[conflict];

	return w->numbers[c->write_a] <= WRITERS_SHOWN && w->numbers[c->write_b] <= WRITERS_SHOWN;
}

/* The conflicts.  Those of one writer that differ only in the other field share a line. */
static void put_conflicts(const struct report *r, const struct witnesses *w)
{
	const struct unit_verdict *u = w->u;
	bool *done = xcalloc(u->nconflicts, sizeof(*done));
	uint32_t i, j;

	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &w->conflicts[i];

		if (done[i] || !is_shown(w, i))
			continue;
		put_head(r, &u->fields[c->a].field->loc, SEVERITY_NOTE);
		fprintf(r->f, "'%s' (writer %u) against", clean_str(u->fields[c->a].field->name),
			w->numbers[c->write_a]);
		for (j = i; j < u->nconflicts; j++) {
			const struct conflict *o = &w->conflicts[j];

			if (done[j] || !is_shown(w, j) || !same_line(w, i, j))
				continue;
			done[j] = true;
			fprintf(r->f, "%s '%s' (writer %u)", j == i ? "" : ",",
				clean_str(u->fields[o->b].field->name), w->numbers[o->write_b]);
		}
		fprintf(r->f, ": %s\n", w->reasons[i]);
	}
	free(done);
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

/* The comment that accepts the race, if one does. */
static void put_accepted(const struct report *r, const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nfields && !u->fields[i].accepted; i++)
		;
	if (!u->acknowledged || i == u->nfields)
		return;
	put_head(r, &u->fields[i].field->loc, SEVERITY_NOTE);
	fprintf(r->f, "accepted by the comment on '%s': \"%s\"\n",
		clean_str(u->fields[i].field->name), clean_str(u->fields[i].accepted));
}

/* --- units */

static void put_bytes(const struct report *r, const struct unit_verdict *u)
{
	struct memstream t;
	bool any = put_written_bytes(memstream_open(&t), u);
	char *bytes = memstream_close(&t);

	if (any) {
		put_head(r, unit_loc(u), SEVERITY_NOTE);
		fprintf(r->f, "%s\n", bytes);
	}
	free(bytes);
}

static void put_witnesses(const struct report *r, const struct unit_verdict *u)
{
	const struct loc *at = unit_loc(u);
	struct witnesses w;
	uint32_t i;

	put_head(r, at, SEVERITY_NOTE);
	put_sharing(r->f, u);
	fputc('\n', r->f);
	put_bytes(r, u);
	witnesses_init(&w, u);
	for (i = 0; i < w.nwriters && i < WRITERS_SHOWN; i++)
		put_writer(r, &w, &w.writers[i]);
	put_conflicts(r, &w);
	if (w.nwriters > WRITERS_SHOWN) {
		put_head(r, at, SEVERITY_NOTE);
		fprintf(r->f, "%u more writers: racybits explain %s\n", w.nwriters - WRITERS_SHOWN,
			clean_str(u->record->name));
	}
	witnesses_free(&w);
	put_head(r, at, SEVERITY_NOTE);
	put_split(r->f, r->p, u);
	fputc('\n', r->f);
}

static void put_unit(const struct report *r, const struct unit_verdict *u,
		     enum baseline_state state)
{
	bool warning = unit_is_finding(u) && state != BASELINE_UNCHANGED;

	put_head(r, unit_loc(u), warning ? SEVERITY_WARNING : SEVERITY_NOTE);
	put_summary(r->f, u);
	fputs(state_phrase(state), r->f);
	put_rule(r);
	if (u->verdict == VERDICT_RACY)
		put_witnesses(r, u);
	put_accepted(r, u);
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
	const struct report r = { .f = f, .p = p, .color = use_color(f) };
	size_t i;
	int rank;

	for (rank = 0; rank <= CONF_HIGH + 1; rank++)
		for (i = 0; i < p->nverdicts; i++) {
			const struct unit_verdict *u = &p->verdicts[i];

			if (unit_rank(u) == rank && (o->all || u->verdict != VERDICT_STABLE))
				put_unit(&r, u, unit_state(o, i));
		}
	put_limits(&r);
}
