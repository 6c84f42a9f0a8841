// SPDX-License-Identifier: GPL-2.0-only
/* explain.c - one record in full: the layout of its units and every write to them. */
#include "base/names.h"
#include "claim_text.h"
#include "asked.h"
#include "clean.h"
#include "explain.h"
#include "explain_pairs.h"
#include "finding.h"
#include "nearest.h"
#include "phrases.h"
#include "split.h"

struct explain {
	FILE *f;
	const struct program *p;
	const char *field; /* the field asked for; NULL: all */
};

static const struct unit_field *find_unit_field(const struct unit_verdict *u, const struct field *f)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field == f)
			return &u->fields[i];
	return NULL;
}

/* The bits in order of declaration, with padding and members that overlay them. */
static void put_layout(const struct explain *q, const struct unit_verdict *u)
{
	const struct record *r = u->record;
	uint32_t i, unit = (uint32_t)(u->unit - r->units);

	fprintf(q->f, "  %5s %5s  %-28s %-9s %s\n", "bit", "width", "field", "lifetime", "guard");
	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[i];
		const struct unit_field *uf = find_unit_field(u, f);
		const char *name = f->name ? clean_str(f->name) : "(padding)", *lifetime, *guard;

		if (f->unit != unit)
			continue;
		lifetime = uf			     ? phase_name(uf->lifetime) :
			   f->flags & FIELD_BITFIELD ? "-" :
						       "overlays";
		guard = uf && uf->guard ? clean_str(uf->guard) : "-";
		fprintf(q->f, "  %5lld %5llu  %-28s %-9s %s\n",
			(long long)(f->bit_offset - u->unit->bit_offset),
			(unsigned long long)f->bit_size, name, lifetime, guard);
	}
}

static void put_frames(const struct explain *q, const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nchain; i++) {
		fprintf(q->f, "      %*s%s", (int)i, "", clean_str(w->chain[i]));
		if (w->chain_locs[i].line)
			fprintf(q->f, "  %s:%u", clean_str(w->chain_locs[i].file),
				w->chain_locs[i].line);
		fputc('\n', q->f);
	}
	if (w->unseen)
		fputs("      (the callers of the first function were not analysed)\n", q->f);
}

static void put_write(const struct explain *q, const struct unit_verdict *u, const struct write *w,
		      str field)
{
	fprintf(q->f, "  %s:%u: %s() ", clean_str(w->loc.file), w->loc.line,
		clean_str(q->p->functions[w->function].name));
	put_store(q->f, u, w, field);
	fprintf(q->f, "\n    %s (%s); locks: ", phase_name(w->phase), clean_str(w->context));
	put_locks(q->f, w);
	fputc('\n', q->f);
	put_frames(q, w);
	if (w->doubt)
		fprintf(q->f, "    confidence %s: %s\n", confidence_name(w->confidence),
			doubt_sentence(w->doubt));
}

static void put_field(const struct explain *q, const struct unit_verdict *u,
		      const struct unit_field *uf)
{
	uint32_t i;

	fprintf(q->f, "\n%s (%s:%u): %s", clean_str(uf->field->name),
		clean_str(uf->field->loc.file), uf->field->loc.line, phase_name(uf->lifetime));
	if (uf->guard)
		fprintf(q->f, ", write locked by %s", clean_str(uf->guard));
	else if (uf->lifetime == PHASE_RUNTIME)
		fputs(", no lock common to all writes", q->f);
	fputc('\n', q->f);
	if (uf->claim) {
		fputs("  comment: ", q->f);
		put_claim(q->f, q->p, u, uf->claim);
		fputc('\n', q->f);
	}
	if (uf->accepted)
		fprintf(q->f, "  comment accepts races: \"%s\"\n", clean_str(uf->accepted));
	for (i = 0; i < uf->nwrites; i++)
		put_write(q, u, &u->writes[uf->writes[i]], uf->field->name);
}

static void put_place(FILE *f, const struct write *w)
{
	fprintf(f, "%s:%u", clean_str(w->loc.file), w->loc.line);
}

static void put_conflict(const struct explain *q, const struct unit_verdict *u,
			 const struct conflict *c)
{
	const struct write *a = &u->writes[c->write_a], *b = &u->writes[c->write_b];

	fprintf(q->f, "  %s at ", clean_str(u->fields[c->a].field->name));
	put_place(q->f, a);
	fprintf(q->f, " against %s at ", clean_str(u->fields[c->b].field->name));
	put_place(q->f, b);
	fputs(": ", q->f);
	put_reason(q->f, a, "the first", b, "the second");
	fprintf(q->f, "; confidence %s%s%s\n", confidence_name(c->confidence), c->doubt ? ": " : "",
		c->doubt ? doubt_sentence(c->doubt) : "");
}

static bool is_asked(const struct explain *q, const struct unit_field *uf)
{
	return !q->field || !strcmp(str_get(uf->field->name), q->field);
}

static void put_unit(const struct explain *q, const struct unit_verdict *u)
{
	const struct record *r = u->record;
	uint32_t i, n = 0;

	fprintf(q->f, "%s %s (%s:%u), storage unit of %llu bits at byte %llu: %s",
		record_keyword(r), clean_str(r->name), clean_str(r->loc.file), r->loc.line,
		(unsigned long long)u->unit->bit_size, (unsigned long long)u->unit->bit_offset / 8,
		verdict_name(u->verdict));
	if (u->verdict == VERDICT_RACY)
		fprintf(q->f, ", confidence %s%s", confidence_name(u->confidence),
			u->acknowledged ? ", acknowledged in the source" : "");
	if (u->verdict == VERDICT_UNKNOWN)
		fprintf(q->f, ": %s", clean_str(u->why_unknown));
	fputs("\n\n", q->f);
	put_layout(q, u);
	for (i = 0; i < u->nfields; i++)
		if (is_asked(q, &u->fields[i]))
			put_field(q, u, &u->fields[i]);
	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &u->conflicts[i];

		if (!is_asked(q, &u->fields[c->a]) && !is_asked(q, &u->fields[c->b]))
			continue;
		fputs(n++ ? "" : "\nconflicts:\n", q->f);
		put_conflict(q, u, c);
	}
	if (u->verdict == VERDICT_RACY) {
		fputc('\n', q->f);
		put_split(q->f, q->p, u);
		fputc('\n', q->f);
	}
	if (q->p->pairs_of)
		explain_pairs(q->f, u, q->field);
}

static bool unit_is_asked(const struct explain *q, const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nfields && !is_asked(q, &u->fields[i]); i++)
		;
	return i < u->nfields;
}

static bool query_matches(const struct explain *q, const char *record, const struct unit_verdict *u)
{
	return !strcmp(str_get(u->record->name), record) && unit_is_asked(q, u);
}

unsigned int explain_report(FILE *f, const struct program *p, const char *what)
{
	struct explain q = { .f = f, .p = p };
	char *record = asked_split(p, what, &q.field);
	unsigned int findings = 0, shown = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];

		if (!query_matches(&q, record, u))
			continue;
		if (shown++)
			fputc('\n', f);
		put_unit(&q, u);
		findings += unit_is_finding(u);
	}
	free(record);
	return findings;
}
