// SPDX-License-Identifier: GPL-2.0-only
/*
 * html.c - the report as one HTML file: the page around the units.  The style sheet is html.css; the
 * script html.js sorts and filters the index.  Without it the first DRAWN units can be read; the
 * others are text of which it makes elements when they are asked for, so that a browser opens the
 * report of a whole kernel at once.
 */
#include "base/names.h"
#include "finding.h"
#include "html.h"
#include "html_escape.h"
#include "html_unit.h"
#include "limits_met.h"
#include "memstream.h"

static const char style[] =
#include "html.css.inc"
	;
static const char script[] =
#include "html.js.inc"
	;
/* Hash of the script, as a Content-Security-Policy names it. */
static const char script_hash[] =
#include "html.hash.inc"
	;

/* --- the index */

#define DRAWN 100 /* units that are elements of the page from the first */

/* Order of the verdicts. */
static const enum verdict order[] = { VERDICT_RACY, VERDICT_UNKNOWN, VERDICT_SERIALIZED,
				      VERDICT_STABLE };

static size_t count(const struct html_page *page, enum verdict verdict)
{
	size_t i, n = 0;

	for (i = 0; i < page->p->nverdicts; i++)
		n += page->p->verdicts[i].verdict == verdict;
	return n;
}

static bool is_shown(const struct html_page *page, enum verdict verdict)
{
	return count(page, verdict) && (page->o->all || verdict != VERDICT_STABLE);
}

static void put_entry(const struct html_page *page, size_t at)
{
	const struct unit_verdict *u = &page->p->verdicts[at];
	bool racy = u->verdict == VERDICT_RACY;
	char *subsystem = unit_subsystem(u);
	FILE *f = page->f;
	uint32_t i;

	fprintf(f, "<li data-verdict=\"%s\" data-confidence=\"%s\" data-subsystem=\"",
		verdict_name(u->verdict), racy ? confidence_name(u->confidence) : "");
	html_text(f, subsystem);
	fputs("\"><a href=\"#", f);
	html_id(f, u);
	fputs("\">", f);
	html_str(f, u->record->name);
	fprintf(f, "</a> <span class=\"badge %s\">%s</span>", verdict_name(u->verdict),
		verdict_name(u->verdict));
	if (racy)
		fprintf(f, " <span class=\"badge\">%s</span>", confidence_name(u->confidence));
	fputs("<span class=\"names\">", f);
	for (i = 0; i < u->nfields; i++) {
		if (racy && !field_races(u, i))
			continue;
		fputc(' ', f);
		html_str(f, u->fields[i].field->name);
	}
	fputs("</span><span class=\"place\">", f);
	html_loc(f, unit_loc(u));
	fputs("</span></li>\n", f);
	free(subsystem);
}

/* Indexes of the verdicts that are shown: by verdict, then by confidence, highest first. */
struct shown {
	size_t *v;
	size_t n, cap;
};

static void shown_fill(struct shown *shown, const struct html_page *page)
{
	uint32_t confidence;
	size_t i, v;

	for (v = 0; v < ARRAY_SIZE(order); v++)
		for (confidence = CONF_HIGH + 1; is_shown(page, order[v]) && confidence-- > 0;)
			for (i = 0; i < page->p->nverdicts; i++) {
				const struct unit_verdict *u = &page->p->verdicts[i];

				if (u->verdict == order[v] && u->confidence == confidence &&
				    !u->hidden)
					*vec_add(shown->v, shown->n, shown->cap) = i;
			}
}

static void put_index(const struct html_page *page, const struct shown *shown)
{
	size_t i;

	fputs("<ul id=\"index\">\n", page->f);
	for (i = 0; i < shown->n; i++)
		put_entry(page, shown->v[i]);
	fputs("</ul>\n", page->f);
}

/* A data block (HTML, 4.12.1): its text is not parsed.  No unit has "<script" or "<!--" in it. */
static void put_block(const struct html_page *page, size_t i)
{
	fputs("<script type=\"text/html\" data-unit=\"", page->f);
	html_id(page->f, &page->p->verdicts[i]);
	fputs("\">", page->f);
	html_unit(page, i);
	fputs("</script>\n", page->f);
}

static void put_units(const struct html_page *page, const struct shown *shown)
{
	size_t i;

	for (i = 0; i < shown->n && i < DRAWN; i++)
		html_unit(page, shown->v[i]);
	fputs("<p id=\"rest\">", page->f);
	if (shown->n > DRAWN)
		fprintf(page->f,
			"%zu more units are drawn when the index or the filters ask for them, by the script of this page.",
			shown->n - DRAWN);
	fputs("</p>\n", page->f);
	for (; i < shown->n; i++)
		put_block(page, shown->v[i]);
}

/* --- filters, which the script fills with the values in the index and shows */

static void put_filters(const struct html_page *page)
{
	static const char *const names[] = { "verdict", "confidence", "subsystem" };
	size_t i;

	fputs("<form id=\"filters\" hidden>\n<label>Search <input type=\"search\" id=\"search\"></label>\n",
	      page->f);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		fprintf(page->f,
			"<label>%s <select id=\"%s\"><option value=\"\">any</option></select></label>\n",
			names[i], names[i]);
	fputs("<label>order <select id=\"order\"><option value=\"\">by confidence</option>"
	      "<option>struct</option><option>file</option><option>subsystem</option></select></label>\n",
	      page->f);
	fputs("<output id=\"shown\"></output>\n</form>\n", page->f);
}

/* --- the page */

static void put_head(const struct html_page *page)
{
	fprintf(page->f,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src 'unsafe-inline'; img-src data:; script-src '%s'\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n"
		"<title>racybits: Linux ",
		script_hash);
	html_text(page->f, page->p->kernel);
	fprintf(page->f, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", style);
}

/* Which tree and configuration it is of, and the command that makes it again. */
static void put_origin(const struct html_page *page)
{
	const struct {
		const char *name, *value;
	} rows[] = { { "Tree", page->o->kdir },
		     { "Configuration", page->o->config },
		     { "Command", page->o->command } };
	size_t i;

	fputs("<dl class=\"origin\">", page->f);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!rows[i].value)
			continue;
		fprintf(page->f, "<dt>%s</dt><dd><code>", rows[i].name);
		html_text(page->f, rows[i].value);
		fputs("</code></dd>\n", page->f);
	}
	fputs("</dl>\n", page->f);
}

static void put_figures(const struct html_page *page)
{
	const struct program *p = page->p;
	size_t v;

	fputs("<header><h1>Racy bitfields of Linux ", page->f);
	html_text(page->f, p->kernel);
	fputs("</h1>\n<p>", page->f);
	for (v = 0; v < ARRAY_SIZE(order); v++)
		fprintf(page->f, "%s<b>%zu</b> %s", v ? ", " : "", count(page, order[v]),
			verdict_name(order[v]));
	fprintf(page->f,
		" storage units in %u translation units, %u of which could not be analysed. Policy: %s.</p>\n",
		p->stats.tus, p->stats.failed, p->strict ? "strict" : "lifetime");
	put_origin(page);
	fputs("</header>\n", page->f);
}

static void put_failed(const struct html_page *page)
{
	size_t i;

	if (!page->p->nfailed)
		return;
	fputs("<section><h2>Not analysed</h2>\n<ul>\n", page->f);
	for (i = 0; i < page->p->nfailed; i++) {
		fputs("<li><span class=\"place\">", page->f);
		html_text(page->f, page->p->failed[i].file);
		fputs("</span> ", page->f);
		html_text(page->f, page->p->failed[i].reason);
		fputs("</li>\n", page->f);
	}
	fputs("</ul>\n</section>\n", page->f);
}

static void put_limits(const struct html_page *page)
{
	struct memstream t;
	char *said;
	int i;

	for (i = 0; i < LIMIT_COUNT && !page->p->limits[i].count; i++)
		;
	if (i == LIMIT_COUNT)
		return;
	fputs("<section><h2>Limits of the analysis that were met</h2>\n<ul>\n", page->f);
	for (; i < LIMIT_COUNT; i++) {
		if (!page->p->limits[i].count)
			continue;
		put_limit_met(memstream_open(&t), page->p, (enum limit)i);
		said = memstream_close(&t);
		fprintf(page->f, "<li>%s: ", limit_kind_name(limit_rows[i].kind));
		html_text(page->f, said);
		fputs("</li>\n", page->f);
		free(said);
	}
	fputs("</ul>\n</section>\n", page->f);
}

static void put_foot(const struct html_page *page)
{
	fprintf(page->f,
		"<footer><p>A bar beside the bits shows the bytes that a store to one of them reads and writes "
		"back. Bars are computed from the layout, not measured: gcc accesses the smallest naturally "
		"aligned 1, 2, 4 or 8 bytes around a field, clang 19 joins neighbouring fields up to 8 bytes "
		"(x86-64, arm64). A store of a constant may access fewer bytes.</p>\n<p>Made by racybits %s.</p></footer>\n"
		"<script>%s</script>\n</body>\n</html>\n",
		RACYBITS_VERSION, script);
}

void html_report(FILE *f, const struct program *p, const struct out_options *o)
{
	const struct html_page page = { .f = f, .p = p, .o = o };
	struct shown shown = { 0 };

	shown_fill(&shown, &page);
	put_head(&page);
	put_figures(&page);
	fputs("<nav><h2>Index</h2>\n", f);
	put_filters(&page);
	put_index(&page, &shown);
	fputs("</nav>\n<main>\n", f);
	put_units(&page, &shown);
	put_failed(&page);
	put_limits(&page);
	fputs("</main>\n", f);
	put_foot(&page);
	free(shown.v);
}
