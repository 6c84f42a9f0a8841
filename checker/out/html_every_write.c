// SPDX-License-Identifier: GPL-2.0-only
/* html_every_write.c - all writes of a unit in the HTML report. */
#include "base/names.h"
#include "clean.h"
#include "html_escape.h"
#include "html_every_write.h"
#include "html_writes.h"
#include "phrases.h"
#include "write_table.h"

/* Writes that differ in locks and call chain alone. */
struct alike {
	const struct write *first;
	bool *always;	    /* by first->held: all of them hold it, in this mode */
	uint32_t nlocksets; /* different sets of locks */
};

static void alike_add(struct alike *a, const struct write *w)
{
	uint32_t i, j;

	if (!a->first) {
		a->first = w;
		a->always = xcalloc(w->nheld, sizeof(*a->always));
		memset(a->always, true, w->nheld * sizeof(*a->always));
	}
	a->nlocksets++;
	for (i = 0; i < a->first->nheld; i++) {
		for (j = 0; j < w->nheld && (w->held[j].name != a->first->held[i].name ||
					     w->held[j].mode != a->first->held[i].mode);
		     j++)
			;
		a->always[i] = a->always[i] && j < w->nheld;
	}
}

static void put_always(FILE *f, const struct alike *a)
{
	uint32_t i, n = 0;

	for (i = 0; i < a->first->nheld; i++)
		if (a->always[i])
			fprintf(f, "%s%s (%s)", n++ ? ", " : "", clean_str(a->first->held[i].name),
				mode_name(a->first->held[i].mode));
	if (!n)
		fputs("none", f);
	if (a->nlocksets > 1)
		fprintf(f, " on all ways, others on some (%u different sets)", a->nlocksets);
}

static void put_alike(const struct html_page *page, const struct unit_verdict *u,
		      const struct alike *a, str field)
{
	const struct write *w = a->first;
	struct memstream t;
	FILE *f = memstream_open(&t);

	fprintf(f, "%s:%u: ", clean_str(w->loc.file), w->loc.line);
	put_stored(f, page, u, w, field);
	fprintf(f, "; %s (%s); locks: ", phase_name(w->phase), clean_str(w->context));
	put_always(f, a);
	put_write_doubt(f, w);
	fputs("<li>", page->f);
	html_stream(page->f, &t);
	fputs("</li>\n", page->f);
}

/* A list of what is added to `locked`, a table by same_way_locks, which is freed. */
static void put_list(const struct html_page *page, const struct unit_verdict *u,
		     struct write_table *locked, str field, const char *title)
{
	struct write_table ways = { .like = &same_way };
	struct alike *alike = xcalloc(locked->n, sizeof(*alike));
	size_t i;

	for (i = 0; i < locked->n; i++)
		alike_add(&alike[write_table_add(&ways, locked->rows[i])], locked->rows[i]);
	if (ways.n) {
		fputs("<h4>", page->f);
		html_text(page->f, title);
		fputs("</h4>\n<ul>\n", page->f);
	}
	for (i = 0; i < ways.n; i++) {
		put_alike(page, u, &alike[i], field);
		free(alike[i].always);
	}
	if (ways.n)
		fputs("</ul>\n", page->f);
	free(alike);
	write_table_free(&ways);
	write_table_free(locked);
}

/* Writes to the whole record are listed once, not with each field. */
static void put_field(const struct html_page *page, const struct unit_verdict *u,
		      const struct unit_field *uf)
{
	struct write_table locked = { .like = &same_way_locks };
	uint32_t i;

	for (i = 0; i < uf->nwrites; i++)
		if (!u->writes[uf->writes[i]].whole)
			write_table_add(&locked, &u->writes[uf->writes[i]]);
	put_list(page, u, &locked, uf->field->name, str_get(uf->field->name));
}

static void put_whole(const struct html_page *page, const struct unit_verdict *u)
{
	struct write_table locked = { .like = &same_way_locks };
	uint32_t i;

	for (i = 0; i < u->nwrites; i++)
		if (u->writes[i].whole)
			write_table_add(&locked, &u->writes[i]);
	put_list(page, u, &locked, u->fields[0].field->name, "all fields");
}

void html_every_write(const struct html_page *page, const struct unit_verdict *u)
{
	uint32_t i;

	fputs("<details><summary>Every write</summary>\n<p>With their call chains: <code>racybits explain ",
	      page->f);
	html_str(page->f, u->record->name);
	fputs("</code></p>\n", page->f);
	for (i = 0; i < u->nfields; i++)
		put_field(page, u, &u->fields[i]);
	put_whole(page, u);
	fputs("</details>\n", page->f);
}
