// SPDX-License-Identifier: GPL-2.0-only
/* text.c - compiler style messages: the finding, its witnesses, the way out. */
#include <unistd.h>

#include "out.h"

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

/* The message up to its text; the caller ends the line. */
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

static void put_rule(const struct report *r)
{
	fputs(" [racy-bitfield]\n", r->f);
}

/* "'a', 'b' and 'c'": item i of n, which is one of a list in a sentence */
static void put_item(const struct report *r, uint32_t i, uint32_t n, str name)
{
	fprintf(r->f, "%s'%s'", !i ? "" : i + 1 == n ? " and " : ", ", clean_str(name));
}

/* Lists the fields that are marked; returns how many. */
static void put_fields(const struct report *r, const struct unit_verdict *u, const bool *marked)
{
	uint32_t i, k = 0, n = 0;

	for (i = 0; i < u->nfields; i++)
		n += marked[i];
	for (i = 0; i < u->nfields; i++)
		if (marked[i])
			put_item(r, k++, n, u->fields[i].field->name);
}

/* --- witnesses */

/* The conflicts of a unit, best first, and the numbers its writers go by. */
struct witnesses {
	const struct unit_verdict *u;
	struct conflict *conflicts;
	uint32_t *numbers; /* of each write: from 1, 0: in no conflict */
	char **reasons;	   /* of each conflict, as shown */
	uint32_t nwriters;
};

static int conflict_compare(const void *a, const void *b)
{
	const struct conflict *x = a, *y = b;

	if (x->confidence != y->confidence)
		return x->confidence > y->confidence ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

static char *conflict_reason(const struct witnesses *w, const struct conflict *c)
{
	char first[32], second[32], *text;
	size_t bytes;
	FILE *f = open_memstream(&text, &bytes);

	if (!f)
		die("out of memory");
	snprintf(first, sizeof(first), "writer %u", w->numbers[c->write_a]);
	snprintf(second, sizeof(second), "writer %u", w->numbers[c->write_b]);
	put_reason(f, &w->u->writes[c->write_a], first, &w->u->writes[c->write_b], second);
	fprintf(f, "; confidence %s", confidence_name(c->confidence));
	if (c->doubt)
		fprintf(f, ": %s", clean(c->doubt));
	if (fclose(f))
		die("out of memory");
	return text;
}

static void witnesses_init(struct witnesses *w, const struct unit_verdict *u)
{
	uint32_t i;

	memset(w, 0, sizeof(*w));
	w->u = u;
	w->conflicts = xcalloc(u->nconflicts, sizeof(*w->conflicts));
	w->numbers = xcalloc(u->nwrites, sizeof(*w->numbers));
	w->reasons = xcalloc(u->nconflicts, sizeof(*w->reasons));
	if (u->nconflicts)
		memcpy(w->conflicts, u->conflicts, u->nconflicts * sizeof(*w->conflicts));
	qsort(w->conflicts, u->nconflicts, sizeof(*w->conflicts), conflict_compare);
	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &w->conflicts[i];

		if (!w->numbers[c->write_a])
			w->numbers[c->write_a] = ++w->nwriters;
		if (!w->numbers[c->write_b])
			w->numbers[c->write_b] = ++w->nwriters;
		w->reasons[i] = conflict_reason(w, c);
	}
}

static void witnesses_free(struct witnesses *w)
{
	uint32_t i;

	for (i = 0; i < w->u->nconflicts; i++)
		free(w->reasons[i]);
	free(w->reasons);
	free(w->numbers);
	free(w->conflicts);
}

/* "entry FILE:LINE > f FILE:LINE > g :LINE > h": with the line that leads to the next */
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

static void put_writer(const struct report *r, const struct witnesses *w, uint32_t write, str field)
{
	const struct write *wr = &w->u->writes[write];

	put_head(r, &wr->loc, SEVERITY_NOTE);
	fprintf(r->f, "writer %u: ", w->numbers[write]);
	put_store(r->f, w->u, wr, field);
	fprintf(r->f, " in %s(); %s (%s); locks: ", clean_str(r->p->functions[wr->function].name),
		phase_name(wr->phase), clean_str(wr->context));
	put_locks(r->f, wr);
	fputc('\n', r->f);
	put_head(r, &wr->loc, SEVERITY_NOTE);
	fprintf(r->f, "writer %u reached %s: ", w->numbers[write],
		wr->unseen ? "from callers not analysed" : "by");
	put_chain(r, wr);
	fputc('\n', r->f);
}

/* Each writer once, in the order of the conflicts. */
static void put_writers(const struct report *r, const struct witnesses *w)
{
	const struct unit_verdict *u = w->u;
	uint32_t i, shown = 0;

	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &w->conflicts[i];

		if (w->numbers[c->write_a] > shown) {
			put_writer(r, w, c->write_a, u->fields[c->a].field->name);
			shown = w->numbers[c->write_a];
		}
		if (w->numbers[c->write_b] > shown) {
			put_writer(r, w, c->write_b, u->fields[c->b].field->name);
			shown = w->numbers[c->write_b];
		}
	}
}

static bool same_line(const struct witnesses *w, uint32_t i, uint32_t j)
{
	const struct conflict *x = &w->conflicts[i], *y = &w->conflicts[j];

	return x->a == y->a && x->write_a == y->write_a && !strcmp(w->reasons[i], w->reasons[j]);
}

/* All conflicts; those of one writer that differ in the other field alone share a line. */
static void put_conflicts(const struct report *r, const struct witnesses *w)
{
	const struct unit_verdict *u = w->u;
	bool *done = xcalloc(u->nconflicts, sizeof(*done));
	uint32_t i, j;

	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &w->conflicts[i];

		if (done[i])
			continue;
		put_head(r, &u->fields[c->a].field->loc, SEVERITY_NOTE);
		fprintf(r->f, "'%s' (writer %u) against", clean_str(u->fields[c->a].field->name),
			w->numbers[c->write_a]);
		for (j = i; j < u->nconflicts; j++) {
			const struct conflict *o = &w->conflicts[j];

			if (done[j] || !same_line(w, i, j))
				continue;
			done[j] = true;
			fprintf(r->f, "%s '%s' (writer %u)", j == i ? "" : ",",
				clean_str(u->fields[o->b].field->name), w->numbers[o->write_b]);
		}
		fprintf(r->f, ": %s\n", w->reasons[i]);
	}
	free(done);
}

/* --- units */

static void put_racy(const struct report *r, const struct unit_verdict *u, const bool *racing,
		     const struct loc *at)
{
	const struct field *first = u->fields[0].field, *last = u->fields[u->nfields - 1].field;
	struct witnesses w;

	put_head(r, at, u->acknowledged ? SEVERITY_NOTE : SEVERITY_WARNING);
	fprintf(r->f, "%s %s: stores to ", record_keyword(u->record), clean_str(u->record->name));
	put_fields(r, u, racing);
	fprintf(r->f, " may run at once and lose an update%s",
		u->acknowledged ? ", which the source acknowledges" : "");
	put_rule(r);
	put_head(r, at, SEVERITY_NOTE);
	fprintf(r->f,
		"they share a storage unit of %u bitfields, %s to %s, in %llu byte%s: a store to one rewrites all\n",
		u->nfields, clean_str(first->name), clean_str(last->name),
		(unsigned long long)unit_bytes(u), unit_bytes(u) == 1 ? "" : "s");
	witnesses_init(&w, u);
	put_writers(r, &w);
	put_conflicts(r, &w);
	witnesses_free(&w);
	put_head(r, at, SEVERITY_NOTE);
	put_split(r->f, r->p, u);
	fputc('\n', r->f);
}

static void put_lock_once(const struct report *r, str *seen, uint32_t *n, str lock)
{
	uint32_t i;

	for (i = 0; i < *n; i++)
		if (seen[i] == lock)
			return;
	seen[(*n)++] = lock;
	fprintf(r->f, "%s%s", i ? ", " : "", clean_str(lock));
}

/* The locks that the verdict leans on: guards, or whatever unguarded fields' writers hold. */
static void put_leaned_on(const struct report *r, const struct unit_verdict *u)
{
	uint32_t i, j, k, n = 0, max = u->nfields;
	str *seen;

	for (i = 0; i < u->nwrites; i++)
		max += u->writes[i].nheld;
	seen = xcalloc(max, sizeof(*seen));
	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (uf->lifetime == PHASE_RUNTIME && uf->guard)
			put_lock_once(r, seen, &n, uf->guard);
		for (j = 0; uf->lifetime == PHASE_RUNTIME && !uf->guard && j < uf->nwrites; j++) {
			const struct write *w = &u->writes[uf->writes[j]];

			for (k = 0; w->phase == PHASE_RUNTIME && k < w->nheld; k++)
				put_lock_once(r, seen, &n, w->held[k].name);
		}
	}
	if (!n)
		fputs("the contexts they are called in", r->f);
	free(seen);
}

/* Units without a conflict: one note. */
static void put_other(const struct report *r, const struct unit_verdict *u, const bool *written,
		      const struct loc *at)
{
	put_head(r, at, SEVERITY_NOTE);
	fprintf(r->f, "%s %s: ", record_keyword(u->record), clean_str(u->record->name));
	if (u->verdict == VERDICT_UNKNOWN) {
		fprintf(r->f, "the unit of '%s' could not be judged: %s",
			clean_str(u->fields[0].field->name), clean_str(u->why_unknown));
	} else if (u->verdict == VERDICT_SERIALIZED) {
		fputs("runtime stores to ", r->f);
		put_fields(r, u, written);
		fputs(" are serialized by ", r->f);
		put_leaned_on(r, u);
	} else {
		fprintf(r->f, "the unit of '%s' is stable: no two fields are written at runtime",
			clean_str(u->fields[0].field->name));
	}
	put_rule(r);
}

static void put_unit(const struct report *r, const struct unit_verdict *u)
{
	bool *marked = xcalloc(u->nfields, sizeof(*marked));
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		marked[u->conflicts[i].a] = marked[u->conflicts[i].b] = true;
	for (i = 0; i < u->nfields && u->verdict != VERDICT_RACY; i++)
		marked[i] = u->fields[i].lifetime == PHASE_RUNTIME;
	for (i = 0; i + 1 < u->nfields && !marked[i]; i++)
		;
	if (u->verdict == VERDICT_RACY)
		put_racy(r, u, marked, &u->fields[i].field->loc);
	else
		put_other(r, u, marked, &u->fields[0].field->loc);
	free(marked);
}

void text_report(FILE *f, const struct program *p, const struct out_options *o)
{
	const struct report r = { .f = f, .p = p, .color = use_color(f) };
	size_t i;

	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];

		if (o->all || u->verdict != VERDICT_STABLE)
			put_unit(&r, u);
	}
}
