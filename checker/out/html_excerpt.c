// SPDX-License-Identifier: GPL-2.0-only
/* html_excerpt.c - excerpts of the analysed source in the HTML report. */
#include "finding.h"
#include "html_escape.h"
#include "html_excerpt.h"
#include "source_line.h"

enum {
	AROUND = 3,	  /* lines shown before and after a store */
	DECLARED_MAX = 40 /* lines of a declaration; of a longer one the first */
};

/* Lines `first` to `last` with their numbers; those in `marks`, sorted, are emphasised. */
static void put_lines(const struct html_page *page, str file, uint32_t first, uint32_t last,
		      const uint32_t *marks, uint32_t nmarks)
{
	uint32_t line, next = 0;
	const char *text;

	for (line = first; line <= last; line++) {
		bool marked;

		while (next < nmarks && marks[next] < line)
			next++;
		marked = next < nmarks && marks[next] == line;
		text = source_line(page->o->kdir, file, line);
		if (!text)
			break;
		fprintf(page->f, "%s%5u  ", marked ? "<mark>" : "", line);
		html_text(page->f, text);
		fprintf(page->f, "%s\n", marked ? "</mark>" : "");
	}
}

/* An excerpt of a file, with its name. */
static void put_excerpt(const struct html_page *page, const struct loc *at, uint32_t last,
			const uint32_t *marks, uint32_t nmarks)
{
	fputs("<figure class=\"excerpt\"><figcaption class=\"place\">", page->f);
	html_loc(page->f, at);
	fputs("</figcaption><pre>", page->f);
	put_lines(page, at->file, at->line, last, marks, nmarks);
	fputs("</pre></figure>\n", page->f);
}

void html_declaration(const struct html_page *page, const struct unit_verdict *u)
{
	uint32_t *marks = xcalloc(u->nfields, sizeof(*marks)), i, n = 0, last = 0;
	struct loc at = u->fields[0].field->loc;

	for (i = 0; i < u->nfields; i++) {
		const struct loc *loc = &u->fields[i].field->loc;

		if (loc->file != at.file || loc->line < at.line)
			continue;
		last = loc->line > last ? loc->line : last;
		if (field_races(u, i) && (!n || marks[n - 1] < loc->line))
			marks[n++] = loc->line;
	}
	if (last - at.line >= DECLARED_MAX)
		last = at.line + DECLARED_MAX - 1;
	if (source_line(page->o->kdir, at.file, at.line))
		put_excerpt(page, &at, last, marks, n);
	free(marks);
}

static void put_store_excerpt(const struct html_page *page, const struct loc *store)
{
	struct loc at = *store;

	if (!source_line(page->o->kdir, at.file, at.line))
		return;
	at.line = at.line > AROUND ? at.line - AROUND : 1;
	put_excerpt(page, &at, store->line + AROUND, &store->line, 1);
}

void html_stores(const struct html_page *page, const struct unit_verdict *u)
{
	const struct conflict *c = unit_argument(u);

	fputs("<div class=\"writers\">\n", page->f);
	put_store_excerpt(page, &u->writes[c->write_a].loc);
	put_store_excerpt(page, &u->writes[c->write_b].loc);
	fputs("</div>\n", page->f);
}
