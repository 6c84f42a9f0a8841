// SPDX-License-Identifier: GPL-2.0-only
/* html_writes.c - the writers of a unit that race, and their conflicts. */
#include "base/names.h"
#include "clean.h"
#include "html_escape.h"
#include "html_writes.h"
#include "phrases.h"
#include "source_line.h"

/* --- writers */

static void put_source(const struct html_page *page, const struct loc *at)
{
	const char *line = source_line(page->o->kdir, at->file, at->line);

	if (!line)
		return;
	fputs("<code class=\"source\">", page->f);
	html_text(page->f, line + strspn(line, " "));
	fputs("</code>", page->f);
}

static void put_frame(const struct html_page *page, const struct write *w, uint32_t frame)
{
	const struct loc *at = &w->chain_locs[frame];

	fputs("<li><b>", page->f);
	html_str(page->f, w->chain[frame]);
	fputs("</b>", page->f);
	if (at->line) {
		fputs(" <span class=\"place\">", page->f);
		html_loc(page->f, at);
		fputs("</span>", page->f);
		put_source(page, at);
	}
	fputs("</li>\n", page->f);
}

static void put_chain(const struct html_page *page, const struct write *w)
{
	uint32_t i;

	fprintf(page->f, "<ol class=\"chain\"%s>\n",
		w->unseen ? " title=\"the callers of the first function were not analysed\"" : "");
	for (i = 0; i < w->nchain; i++)
		put_frame(page, w, i);
	fputs("</ol>\n", page->f);
}

/* Phase, context, locks, and what lowers the confidence. */
static void put_terms(FILE *f, const struct write *w)
{
	fprintf(f, "%s (%s); locks: ", phase_name(w->phase), clean_str(w->context));
	put_locks(f, w);
	put_write_doubt(f, w);
}

void put_stored(FILE *f, const struct html_page *page, const struct unit_verdict *u,
		const struct write *w, str field)
{
	put_store(f, u, w, field);
	fprintf(f, " in %s()", clean_str(page->p->functions[w->function].name));
}

void put_write_doubt(FILE *f, const struct write *w)
{
	if (w->unseen)
		fputs("; its callers were not analysed", f);
	if (w->doubt)
		fprintf(f, "; confidence %s: %s", confidence_name(w->confidence),
			doubt_sentence(w->doubt));
}

static void put_writer(const struct html_page *page, const struct witnesses *w,
		       const struct writer *writer)
{
	const struct write *wr = &w->u->writes[writer->write];
	struct memstream t;

	fputs("<p><b>", page->f);
	put_stored(memstream_open(&t), page, w->u, wr, w->u->fields[writer->field].field->name);
	html_stream(page->f, &t);
	fputs("</b><br>", page->f);
	put_terms(memstream_open(&t), wr);
	html_stream(page->f, &t);
	fputs("</p>\n", page->f);
	put_chain(page, wr);
}

void html_writers(const struct html_page *page, const struct witnesses *w)
{
	uint32_t i;

	fputs("<h3>Racing writers</h3>\n<div class=\"writers\">\n", page->f);
	for (i = 0; i < w->nwriters; i++) {
		fputs("<section id=\"", page->f);
		html_id(page->f, w->u);
		fprintf(page->f, "-w%u\"><h4>Writer %u</h4>\n", i + 1, i + 1);
		put_writer(page, w, &w->writers[i]);
		fputs("</section>\n", page->f);
	}
	fputs("</div>\n", page->f);
}

/* --- conflicts */

static void put_side(const struct html_page *page, const struct witnesses *w, uint32_t field,
		     uint32_t write)
{
	html_str(page->f, w->u->fields[field].field->name);
	fputs(" (<a href=\"#", page->f);
	html_id(page->f, w->u);
	fprintf(page->f, "-w%u\">writer %u</a>)", w->numbers[write], w->numbers[write]);
}

void html_conflicts(const struct html_page *page, const struct witnesses *w)
{
	uint32_t i;

	fputs("<h3>Conflicts</h3>\n<ul class=\"conflicts\">\n", page->f);
	for (i = 0; i < w->u->nconflicts; i++) {
		const struct conflict *c = &w->conflicts[i];

		fputs("<li id=\"", page->f);
		html_id(page->f, w->u);
		fprintf(page->f, "-c%u\">", i + 1);
		put_side(page, w, c->a, c->write_a);
		fputs(" against ", page->f);
		put_side(page, w, c->b, c->write_b);
		fputs(": ", page->f);
		html_text(page->f, w->reasons[i]);
		fputs("</li>\n", page->f);
	}
	fputs("</ul>\n", page->f);
}
