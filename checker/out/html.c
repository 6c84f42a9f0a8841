// SPDX-License-Identifier: GPL-2.0-only
/*
 * html.c - the HTML report: one file that refers to nothing, an index and a part for each unit.
 * Style and script are in html.css and html.js; the script only filters the index.
 */
#include "html.h"

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

/* --- text */

/* UTF-8 of U+202A..U+202E and U+2066..U+2069 */
static uint32_t bidi_control(const char *s)
{
	unsigned char last;

	if (strncmp(s, "\xe2\x80", 2) && strncmp(s, "\xe2\x81", 2))
		return 0;
	last = (unsigned char)s[2];
	if (s[1] == '\x80' && last >= 0xaa && last <= 0xae)
		return 0x2000u + (last & 0x3f);
	if (s[1] == '\x81' && last >= 0xa6 && last <= 0xa9)
		return 0x2040u + (last & 0x3f);
	return 0;
}

void html_text(FILE *f, const char *s)
{
	static const struct {
		char c;
		const char *as;
	} escapes[] = {
		{ '&', "&amp;" },  { '<', "&lt;" },   { '>', "&gt;" },
		{ '"', "&quot;" }, { '\'', "&#39;" },
	};
	size_t i;

	for (s = clean(s); *s; s++) {
		for (i = 0; i < ARRAY_SIZE(escapes) && escapes[i].c != *s; i++)
			;
		if (i < ARRAY_SIZE(escapes)) {
			fputs(escapes[i].as, f);
		} else if (bidi_control(s)) {
			fprintf(f, "[U+%X]", bidi_control(s));
			s += 2;
		} else {
			fputc(*s, f);
		}
	}
}

void html_str(FILE *f, str s)
{
	html_text(f, str_get(s));
}

void html_stream(FILE *f, struct text *t)
{
	char *text = text_close(t);

	html_text(f, text);
	free(text);
}

void html_place(FILE *f, const struct loc *at)
{
	html_str(f, at->file);
	fprintf(f, ":%u", at->line);
}

void html_id(FILE *f, const struct unit_verdict *u)
{
	fprintf(f, "u%016llx", (unsigned long long)unit_fingerprint(u));
}

/* --- the index */

/* Racy units come first, then what is not known; within a verdict by file and line. */
static const enum verdict order[] = { VERDICT_RACY, VERDICT_UNKNOWN, VERDICT_SERIALIZED,
				      VERDICT_STABLE };

static size_t count(const struct page *page, enum verdict verdict)
{
	size_t i, n = 0;

	for (i = 0; i < page->p->nverdicts; i++)
		n += page->p->verdicts[i].verdict == verdict;
	return n;
}

static bool is_shown(const struct page *page, enum verdict verdict)
{
	return count(page, verdict) && (page->o->all || verdict != VERDICT_STABLE);
}

static void put_entry(const struct page *page, const struct unit_verdict *u)
{
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
	html_place(f, unit_loc(u));
	fputs("</span></li>\n", f);
	free(subsystem);
}

static void put_index(const struct page *page)
{
	size_t i, v;

	fputs("<ul id=\"index\">\n", page->f);
	for (v = 0; v < ARRAY_SIZE(order); v++)
		for (i = 0; is_shown(page, order[v]) && i < page->p->nverdicts; i++)
			if (page->p->verdicts[i].verdict == order[v])
				put_entry(page, &page->p->verdicts[i]);
	fputs("</ul>\n", page->f);
}

static void put_units(const struct page *page)
{
	size_t i, v;

	for (v = 0; v < ARRAY_SIZE(order); v++)
		for (i = 0; is_shown(page, order[v]) && i < page->p->nverdicts; i++)
			if (page->p->verdicts[i].verdict == order[v])
				html_unit(page, i);
}

/* --- filters, which the script shows and fills with what the index has */

static void put_filters(const struct page *page)
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

static void put_head(const struct page *page)
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

static void put_figures(const struct page *page)
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

static void put_failed(const struct page *page)
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

static void put_foot(const struct page *page)
{
	fprintf(page->f,
		"<footer><p>Bars beside the bits are the bytes that a store to one of them reads and writes back "
		"at once. They are told from the layout, not measured: gcc takes the smallest naturally aligned "
		"1, 2, 4 or 8 bytes around a field, clang 19 joins neighbours up to 8 bytes (x86-64, arm64); a "
		"store of a constant may be narrowed to the byte.</p>\n<p>Made by racybits %s.</p></footer>\n"
		"<script>%s</script>\n</body>\n</html>\n",
		RACYBITS_VERSION, script);
}

void html_report(FILE *f, const struct program *p, const struct out_options *o)
{
	const struct page page = { .f = f, .p = p, .o = o };

	put_head(&page);
	put_figures(&page);
	fputs("<nav><h2>Index</h2>\n", f);
	put_filters(&page);
	put_index(&page);
	fputs("</nav>\n<main>\n", f);
	put_units(&page);
	put_failed(&page);
	fputs("</main>\n", f);
	put_foot(&page);
}
