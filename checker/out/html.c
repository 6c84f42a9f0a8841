// SPDX-License-Identifier: GPL-2.0-only
/*
 * html.c - the report as one HTML file: the page around the units.  The style sheet is html.css; the
 * script html.js only filters the index, everything can be read without it.
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

/* Order of the verdicts; the units of one verdict are in the order of the program. */
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

typedef void put_unit_fn(const struct html_page *page, size_t i);

/* Calls `put` for each unit that is shown, by verdict, then by confidence. */
static void each_unit(const struct html_page *page, put_unit_fn *put)
{
	uint32_t confidence;
	size_t i, v;

	for (v = 0; v < ARRAY_SIZE(order); v++)
		for (confidence = CONF_HIGH + 1; is_shown(page, order[v]) && confidence-- > 0;)
			for (i = 0; i < page->p->nverdicts; i++) {
				const struct unit_verdict *u = &page->p->verdicts[i];

				if (u->verdict == order[v] && u->confidence == confidence &&
				    !u->hidden)
					put(page, i);
			}
}

static void put_index(const struct html_page *page)
{
	fputs("<ul id=\"index\">\n", page->f);
	each_unit(page, put_entry);
	fputs("</ul>\n", page->f);
}

static void put_units(const struct html_page *page)
{
	each_unit(page, html_unit);
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
		" storage units in %u translation units, %u of which could not be analysed. Policy: %s.</p>\n"
		"</header>\n",
		p->stats.tus, p->stats.failed, p->strict ? "strict" : "lifetime");
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

	put_head(&page);
	put_figures(&page);
	fputs("<nav><h2>Index</h2>\n", f);
	put_filters(&page);
	put_index(&page);
	fputs("</nav>\n<main>\n", f);
	put_units(&page);
	put_failed(&page);
	put_limits(&page);
	fputs("</main>\n", f);
	put_foot(&page);
}
