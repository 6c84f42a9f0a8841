// SPDX-License-Identifier: GPL-2.0-only
/* html_unit.c - one storage unit as an element of the HTML report. */
#include "base/names.h"
#include "argument.h"
#include "claim_text.h"
#include "finding.h"
#include "html_escape.h"
#include "html_every_write.h"
#include "html_excerpt.h"
#include "html_fields.h"
#include "html_graph.h"
#include "html_layout.h"
#include "html_palette.h"
#include "html_split.h"
#include "html_unit.h"
#include "html_writes.h"
#include "split.h"
#include "summary.h"

static void put_head(const struct html_page *page, const struct unit_verdict *u,
		     enum baseline_state state)
{
	FILE *f = page->f;

	fprintf(f, "<article class=\"unit %s\" id=\"", verdict_name(u->verdict));
	html_id(f, u);
	fputs("\"><h2><a href=\"#", f);
	html_id(f, u);
	fprintf(f, "\">%s ", record_keyword(u->record));
	html_str(f, u->record->name);
	fprintf(f, "</a> <span class=\"badge %s\">%s</span>", verdict_name(u->verdict),
		verdict_name(u->verdict));
	if (u->verdict == VERDICT_RACY)
		fprintf(f, " <span class=\"badge\">confidence %s</span>",
			confidence_name(u->confidence));
	if (u->acknowledged)
		fputs(" <span class=\"badge\">acknowledged</span>", f);
	if (state == BASELINE_NEW || state == BASELINE_UNCHANGED)
		fprintf(f, " <span class=\"badge\">%s</span>",
			state == BASELINE_NEW ? "new" : "known");
	fputs("</h2>\n<p class=\"place\">", f);
	html_loc(f, unit_loc(u));
	fputs("</p>\n", f);
}

static void put_sentences(const struct html_page *page, const struct unit_verdict *u)
{
	struct memstream t;

	fputs("<p>", page->f);
	put_summary(memstream_open(&t), u);
	html_stream(page->f, &t);
	if (u->verdict == VERDICT_RACY) {
		fputs(";<br>", page->f);
		put_sharing(memstream_open(&t), u);
		html_stream(page->f, &t);
	}
	fputs(".</p>\n", page->f);
	if (u->acknowledged) {
		fputs("<p>Acknowledged: ", page->f);
		put_accepted(memstream_open(&t), u);
		html_stream(page->f, &t);
		fputs(".</p>\n", page->f);
	}
}

static void put_text(const struct html_page *page, struct memstream *t)
{
	html_stream(page->f, t);
	fputc('\n', page->f);
}

/* What the text report says. */
static void put_argument(const struct html_page *page, const struct unit_verdict *u)
{
	const struct conflict *c = unit_argument(u);
	struct memstream t;
	uint32_t i;

	fputs("<pre class=\"argument\">", page->f);
	for (i = 1; i <= 2; i++) {
		const struct write *w = &u->writes[i == 1 ? c->write_a : c->write_b];

		html_loc(page->f, &w->loc);
		fputs(": ", page->f);
		put_argument_writer(memstream_open(&t), page->p, u, c, i);
		put_text(page, &t);
		put_argument_way(memstream_open(&t), w);
		html_stream(page->f, &t);
	}
	put_argument_rest(memstream_open(&t), page->p, u, c);
	html_stream(page->f, &t);
	fputs("</pre>\n", page->f);
}

static void put_racy(const struct html_page *page, const struct unit_verdict *u)
{
	struct witnesses w;
	struct memstream t;

	witnesses_init(&w, u);
	html_writers(page, &w);
	html_conflicts(page, &w);
	witnesses_free(&w);
	fputs("<h3>After the split</h3>\n<figure>", page->f);
	html_split(page->f, page->p, u);
	fputs("<figcaption>", page->f);
	put_split(memstream_open(&t), page->p, u);
	html_stream(page->f, &t);
	fputs(". <code>racybits fix</code> decides where in the struct they go.</figcaption></figure>\n",
	      page->f);
}

static void put_pictures(const struct html_page *page, const struct unit_verdict *u)
{
	struct witnesses w;

	fputs("<div class=\"pictures\"><figure>", page->f);
	html_layout(page->f, u);
	palette_legend(page->f, u);
	fputs("</figure>\n", page->f);
	if (u->nconflicts) {
		witnesses_init(&w, u);
		fputs("<figure>", page->f);
		html_graph(page->f, &w);
		fputs("<figcaption>Each arc is a conflict: solid for high, dashed for medium, dotted for "
		      "low confidence.</figcaption></figure>\n",
		      page->f);
		witnesses_free(&w);
	}
	fputs("</div>\n", page->f);
}

void html_unit(const struct html_page *page, size_t i)
{
	const struct unit_verdict *u = &page->p->verdicts[i];

	put_head(page, u, unit_state(page->o, i));
	put_sentences(page, u);
	if (u->verdict == VERDICT_RACY) {
		put_argument(page, u);
		html_stores(page, u);
	}
	put_pictures(page, u);
	html_fields(page, u);
	html_declaration(page, u);
	if (u->verdict == VERDICT_RACY)
		put_racy(page, u);
	if (u->nwrites)
		html_every_write(page, u);
	fputs("</article>\n", page->f);
}
