// SPDX-License-Identifier: GPL-2.0-only
/* argument.c - the argument of a racy unit in a few lines. */
#include "argument.h"
#include "base/names.h"
#include "clean.h"
#include "finding.h"
#include "memstream.h"
#include "phrases.h"
#include "split.h"

#define NAMES_SHOWN 4 /* of a list of functions or fields; the others are counted */

/* Prints text after four blanks; what does not fit goes on behind eight. */
static void put_wrapped(FILE *f, const char *text)
{
	size_t column = 3, n;

	fputs("   ", f);
	while (*text) {
		n = strcspn(text, " ");
		if (column > 8 && column + 1 + n > ARGUMENT_COLUMNS) {
			fputs("\n       ", f);
			column = 7;
		}
		fprintf(f, " %.*s", (int)n, text);
		column += 1 + n;
		text += n + (text[n] == ' ');
	}
	fputc('\n', f);
}

/* The text of a line that names up to `names` of each list; the caller frees it. */
typedef char *line_fn(const void *ctx, uint32_t names);

/* Prints the line with as many names as fit, and at least one. */
static void put_fitted(FILE *f, line_fn *line, const void *ctx)
{
	uint32_t names = NAMES_SHOWN;
	char *text = line(ctx, names);

	while (strlen(text) > ARGUMENT_COLUMNS - 4 && names > 1) {
		free(text);
		text = line(ctx, --names);
	}
	put_wrapped(f, text);
	free(text);
}

void put_claimed_race(FILE *f, const struct unit_verdict *u, const struct conflict *c)
{
	fprintf(f, "%s %s: stores to '%s' and '%s' may be lost%s", record_keyword(u->record),
		clean_str(u->record->name), clean_str(u->fields[c->a].field->name),
		clean_str(u->fields[c->b].field->name),
		u->acknowledged ? " (acknowledged in the source)" : "");
}

/* Each lock once: held exclusively if it is so held anywhere. */
static void put_locks_once(FILE *f, const struct write *w)
{
	uint32_t i, j, n = 0;

	for (i = 0; i < w->nheld; i++) {
		bool exclusive = w->held[i].mode == MODE_EXCLUSIVE;

		for (j = 0; j < w->nheld; j++) {
			if (w->held[j].name != w->held[i].name ||
			    w->held[j].element != w->held[i].element)
				continue;
			if (j < i)
				break;
			exclusive |= w->held[j].mode == MODE_EXCLUSIVE;
		}
		if (j < w->nheld)
			continue;
		fprintf(f, "%s%s%s%s", n++ ? ", " : "", clean_str(w->held[i].name),
			w->held[i].element ? str_get(w->held[i].element) : "",
			exclusive ? "" : " (shared)");
	}
	if (!n)
		fputs("none", f);
}

void put_argument_writer(FILE *f, const struct program *p, const struct unit_verdict *u,
			 const struct conflict *c, uint32_t number)
{
	const struct write *w = &u->writes[number == 1 ? c->write_a : c->write_b];

	fprintf(f, "writer %u: ", number);
	put_store(f, u, w, u->fields[number == 1 ? c->a : c->b].field->name);
	fprintf(f, " in %s() (%s)", clean_str(p->functions[w->function].name),
		clean_str(w->context));
}

/* --- the way to the store */

/* Is frame `at` of the chain called through a function pointer? */
static bool is_indirect(const struct write *w, uint32_t at)
{
	uint32_t i;

	for (i = 0; i < w->nvia; i++)
		if (w->via_frames[i] == at)
			return true;
	return false;
}

/* The chain without `left_out` frames of its middle; the caller frees it. */
static char *chain_line(const struct write *w, uint32_t left_out)
{
	uint32_t i, from = (w->nchain - left_out) / 2;
	struct memstream t;
	FILE *f = memstream_open(&t);

	fputs("called by ", f);
	for (i = 0; i < w->nchain; i++) {
		if (left_out && i == from) {
			fprintf(f, " > ...%u more", left_out);
			i += left_out;
		}
		fprintf(f, "%s%s",
			!i		  ? "" :
			is_indirect(w, i) ? " => " :
					    " > ",
			clean_str(w->chain[i]));
	}
	if (w->unseen)
		fputs(" (callers not analysed)", f);
	return memstream_close(&t);
}

static void put_chain(FILE *f, const struct write *w)
{
	uint32_t left_out = 0;
	char *line = chain_line(w, 0);

	while (strlen(line) > ARGUMENT_COLUMNS - 4 && left_out + 3 < w->nchain) {
		free(line);
		line = chain_line(w, ++left_out);
	}
	put_wrapped(f, line);
	free(line);
}

/* The locks, and the tests of members before those of numbers passed in. */
static char *guards_line(const void *ctx, uint32_t names)
{
	const struct write *w = ctx;
	struct memstream t;
	FILE *f = memstream_open(&t);
	uint32_t i;

	fputs("locks: ", f);
	put_locks_once(f, w);
	for (i = 0; i < w->nconditions && i + 1 < names; i++)
		fprintf(f, "%s%s", i ? " and " : "; only if ", clean_str(w->conditions[i]));
	return memstream_close(&t);
}

void put_argument_way(FILE *f, const struct write *w)
{
	if (w->nchain > 1)
		put_chain(f, w);
	put_fitted(f, guards_line, w);
}

/* --- the rest */

/* Which compilers' stores collide. */
static void put_compilers(FILE *f, const struct conflict *c)
{
	fprintf(f, c->meets_gcc && c->meets_clang ? "gcc and clang write common bytes" :
		   c->meets_clang		  ? "clang writes common bytes, gcc does not" :
		   c->meets_gcc			  ? "gcc writes common bytes, clang does not" :
						    "gcc and clang write no common byte today");
}

/* Why nothing keeps the two apart, and how sure that is. */
static void put_why(FILE *f, const struct unit_verdict *u, const struct conflict *c)
{
	struct memstream t;
	FILE *line = memstream_open(&t);
	char *text;

	put_reason(line, &u->writes[c->write_a], "writer 1", &u->writes[c->write_b], "writer 2");
	fputs("; ", line);
	put_compilers(line, c);
	fprintf(line, "; confidence %s", confidence_name(c->confidence));
	if (c->doubt)
		fprintf(line, ": %s", doubt_sentence(c->doubt));
	text = memstream_close(&t);
	put_wrapped(f, text);
	free(text);
}

struct shown_conflict {
	const struct program *p;
	const struct unit_verdict *u;
	const struct conflict *c;
};

/* "'a' is read by f(), g() and 3 more" */
static void put_readers(FILE *f, const struct shown_conflict *s, uint32_t field, uint32_t names)
{
	const struct unit_field *uf = &s->u->fields[field];
	uint32_t i;

	fprintf(f, "'%s' is ", clean_str(uf->field->name));
	if (!uf->nreaders)
		fputs("never read", f);
	for (i = 0; i < uf->nreaders && i < names; i++)
		fprintf(f, "%s%s()", i ? ", " : "read by ",
			clean_str(s->p->functions[uf->readers[i]].name));
	if (uf->nreaders > names)
		fprintf(f, " and %u more", uf->nreaders - names);
}

static char *lost_line(const void *ctx, uint32_t names)
{
	const struct shown_conflict *s = ctx;
	struct memstream t;
	FILE *f = memstream_open(&t);

	put_readers(f, s, s->c->a, names);
	fputs("; ", f);
	put_readers(f, s, s->c->b, names);
	return memstream_close(&t);
}

static char *fix_line(const void *ctx, uint32_t names)
{
	const struct shown_conflict *s = ctx;
	struct memstream t;
	FILE *f = memstream_open(&t);
	uint32_t i, n = 0;

	fprintf(f, "move out of the unit (racybits fix %s): ", clean_str(s->u->record->name));
	for (i = 0; i < s->u->nfields; i++)
		if (split_moves(s->p, s->u, i) && n++ < names)
			fprintf(f, "%s%s", n > 1 ? ", " : "",
				clean_str(s->u->fields[i].field->name));
	if (n > names)
		fprintf(f, " and %u more", n - names);
	return memstream_close(&t);
}

void put_argument_rest(FILE *f, const struct program *p, const struct unit_verdict *u,
		       const struct conflict *c)
{
	const struct shown_conflict s = { p, u, c };

	put_why(f, u, c);
	put_fitted(f, lost_line, &s);
	put_fitted(f, fix_line, &s);
	if (u->nconflicts > 1)
		fprintf(f, "    %u more pair%s of fields: racybits explain %s\n", u->nconflicts - 1,
			u->nconflicts > 2 ? "s" : "", clean_str(u->record->name));
}
