// SPDX-License-Identifier: GPL-2.0-only
/* html_unit.c - everything about one storage unit, as an element of the HTML report. */
#include "html.h"

#define GUARDS 5 /* colours of the style sheet */

/* --- colours */

/* Number of the field's guard among those of the unit, in order of declaration. */
static uint32_t guard_number(const struct unit_verdict *u, uint32_t field)
{
	uint32_t i, j, n = 0;

	for (i = 0; i < u->nfields; i++) {
		if (u->fields[i].lifetime != PHASE_RUNTIME || !u->fields[i].guard)
			continue;
		if (u->fields[i].guard == u->fields[field].guard)
			return n;
		for (j = 0; j < i && u->fields[j].guard != u->fields[i].guard; j++)
			;
		n += j == i;
	}
	return n;
}

const char *field_class(const struct unit_verdict *u, uint32_t field)
{
	static const char *const guards[GUARDS] = { "guard0", "guard1", "guard2", "guard3",
						    "guard4" };
	const struct unit_field *uf = &u->fields[field];

	if (uf->lifetime != PHASE_RUNTIME)
		return phase_name(uf->lifetime);
	return uf->guard ? guards[guard_number(u, field) % GUARDS] : "bare";
}

static void put_lifetime(FILE *f, const struct unit_field *uf)
{
	if (uf->lifetime == PHASE_NEVER)
		fputs("never written", f);
	else if (uf->lifetime != PHASE_RUNTIME)
		fprintf(f, "written in %s only", phase_name(uf->lifetime));
	else if (!uf->guard)
		fputs("written at runtime, no lock at every write", f);
	else
		fprintf(f, "written at runtime, write locked by %s", clean_str(uf->guard));
}

void html_legend(FILE *f, const struct unit_verdict *u)
{
	uint32_t i, j;
	struct text t;

	fputs("<ul class=\"legend\">\n", f);
	for (i = 0; i < u->nfields; i++) {
		for (j = 0; j < i && (u->fields[j].lifetime != u->fields[i].lifetime ||
				      u->fields[j].guard != u->fields[i].guard);
		     j++)
			;
		if (j < i)
			continue;
		fprintf(f, "<li><i class=\"swatch %s\"></i>", field_class(u, i));
		put_lifetime(text_open(&t), &u->fields[i]);
		html_stream(f, &t);
		fputs("</li>\n", f);
	}
	fputs("</ul>\n", f);
}

/* --- writers */

static void put_source(const struct page *page, const struct loc *at)
{
	const char *line = source_line(page->o->kdir, at->file, at->line);

	if (!line)
		return;
	fputs("<code class=\"source\">", page->f);
	html_text(page->f, line + strspn(line, " "));
	fputs("</code>", page->f);
}

static void put_frame(const struct page *page, const struct write *w, uint32_t frame)
{
	const struct loc *at = &w->chain_locs[frame];

	fputs("<li><b>", page->f);
	html_str(page->f, w->chain[frame]);
	fputs("</b>", page->f);
	if (at->line) {
		fputs(" <span class=\"place\">", page->f);
		html_place(page->f, at);
		fputs("</span>", page->f);
		put_source(page, at);
	}
	fputs("</li>\n", page->f);
}

static void put_chain(const struct page *page, const struct write *w)
{
	uint32_t i;

	fprintf(page->f, "<ol class=\"chain\"%s>\n",
		w->unseen ? " title=\"callers of the first were not analysed\"" : "");
	for (i = 0; i < w->nchain; i++)
		put_frame(page, w, i);
	fputs("</ol>\n", page->f);
}

/* When, and under which locks. */
static void put_terms(FILE *f, const struct write *w)
{
	fprintf(f, "%s (%s); locks: ", phase_name(w->phase), clean_str(w->context));
	put_locks(f, w);
	if (w->unseen)
		fputs("; reached from callers not analysed", f);
	if (w->doubt)
		fprintf(f, "; confidence %s: %s", confidence_name(w->confidence),
			doubt_sentence(w->doubt));
}

static void put_stored(FILE *f, const struct page *page, const struct unit_verdict *u,
		       const struct write *w, str field)
{
	put_store(f, u, w, field);
	fprintf(f, " in %s()", clean_str(page->p->functions[w->function].name));
}

static void put_writer(const struct page *page, const struct witnesses *w,
		       const struct writer *writer)
{
	const struct write *wr = &w->u->writes[writer->write];
	struct text t;

	fputs("<p><b>", page->f);
	put_stored(text_open(&t), page, w->u, wr, w->u->fields[writer->field].field->name);
	html_stream(page->f, &t);
	fputs("</b><br>", page->f);
	put_terms(text_open(&t), wr);
	html_stream(page->f, &t);
	fputs("</p>\n", page->f);
	put_chain(page, wr);
}

static void put_writers(const struct page *page, const struct witnesses *w)
{
	uint32_t i;

	fputs("<h3>Writers that race</h3>\n<div class=\"writers\">\n", page->f);
	for (i = 0; i < w->nwriters; i++) {
		fputs("<section id=\"", page->f);
		html_id(page->f, w->u);
		fprintf(page->f, "-w%u\"><h4>Writer %u</h4>\n", i + 1, i + 1);
		put_writer(page, w, &w->writers[i]);
		fputs("</section>\n", page->f);
	}
	fputs("</div>\n", page->f);
}

static void put_side(const struct page *page, const struct witnesses *w, uint32_t field,
		     uint32_t write)
{
	html_str(page->f, w->u->fields[field].field->name);
	fputs(" (<a href=\"#", page->f);
	html_id(page->f, w->u);
	fprintf(page->f, "-w%u\">writer %u</a>)", w->numbers[write], w->numbers[write]);
}

static void put_conflicts(const struct page *page, const struct witnesses *w)
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

/* --- fields */

static void put_touched(FILE *f, const struct unit_verdict *u, const struct field *field)
{
	if (!(field->flags & FIELD_BITFIELD))
		return;
	put_range(f, touch_gcc(u->record, field));
	fputs(" / ", f);
	put_range(f, touch_clang(u->record, field));
}

/* Behind the comment: what it claims. */
static void put_claim_cell(const struct page *page, const struct unit_verdict *u,
			   const struct unit_field *uf)
{
	struct text t;

	if (!uf->claim)
		return;
	fprintf(page->f, "%s<span class=\"claim %s\">", uf->field->comment ? "<br>" : "",
		claim_state_name(uf->claim->state));
	put_claim(text_open(&t), page->p, u, uf->claim);
	html_stream(page->f, &t);
	fputs("</span>", page->f);
}

/* Is there anything for the column of comments, and of what they claim? */
static bool has_comments(const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field->comment || u->fields[i].claim)
			return true;
	return false;
}

static void put_row(const struct page *page, const struct unit_verdict *u, uint32_t i)
{
	const struct unit_field *uf = &u->fields[i];
	FILE *f = page->f;
	struct text t;

	fprintf(f, "<tr><th scope=\"row\"><i class=\"swatch %s\"></i>", field_class(u, i));
	html_str(f, uf->field->name);
	fprintf(f, "</th><td>%lld</td><td>%llu</td><td>",
		(long long)(uf->field->bit_offset - u->unit->bit_offset),
		(unsigned long long)uf->field->bit_size);
	put_lifetime(text_open(&t), uf);
	html_stream(f, &t);
	fputs("</td><td>", f);
	put_touched(f, u, uf->field);
	if (has_comments(u)) {
		fputs("</td><td>", f);
		html_str(f, uf->field->comment);
		put_claim_cell(page, u, uf);
	}
	fputs("</td></tr>\n", f);
}

static void put_fields(const struct page *page, const struct unit_verdict *u)
{
	uint32_t i;

	fputs("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">field</th>"
	      "<th scope=\"col\">bit</th><th scope=\"col\">width</th><th scope=\"col\">lifetime</th>"
	      "<th scope=\"col\">bytes gcc / clang</th>",
	      page->f);
	if (has_comments(u))
		fputs("<th scope=\"col\">comment</th>", page->f);
	fputs("</tr></thead>\n<tbody>\n", page->f);
	for (i = 0; i < u->nfields; i++)
		put_row(page, u, i);
	fputs("</tbody></table></div>\n", page->f);
}

/* The write in a line, to be freed. */
static char *write_line(const struct page *page, const struct unit_verdict *u,
			const struct write *w, str field)
{
	struct text t;
	FILE *f = text_open(&t);

	fprintf(f, "%s:%u: ", clean_str(w->loc.file), w->loc.line);
	put_stored(f, page, u, w, field);
	fputs("; ", f);
	put_terms(f, w);
	return text_close(&t);
}

/* Writes that differ in how they are reached alone share a line. */
static void put_field_writes(const struct page *page, const struct unit_verdict *u,
			     const struct unit_field *uf)
{
	char **lines = xcalloc(uf->nwrites, sizeof(*lines));
	uint32_t i, j, n = 0;

	fputs("<h4>", page->f);
	html_str(page->f, uf->field->name);
	fputs("</h4>\n<ul>\n", page->f);
	for (i = 0; i < uf->nwrites; i++) {
		lines[n] = write_line(page, u, &u->writes[uf->writes[i]], uf->field->name);
		for (j = 0; strcmp(lines[j], lines[n]) != 0; j++)
			;
		if (j < n) {
			free(lines[n]);
			continue;
		}
		fputs("<li>", page->f);
		html_text(page->f, lines[n++]);
		fputs("</li>\n", page->f);
	}
	fputs("</ul>\n", page->f);
	while (n)
		free(lines[--n]);
	free(lines);
}

static void put_all_writes(const struct page *page, const struct unit_verdict *u)
{
	uint32_t i;

	fputs("<details><summary>Every write</summary>\n<p>How each is reached: <code>racybits explain ",
	      page->f);
	html_str(page->f, u->record->name);
	fputs("</code></p>\n", page->f);
	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].nwrites)
			put_field_writes(page, u, &u->fields[i]);
	fputs("</details>\n", page->f);
}

/* --- the whole */

static void put_head(const struct page *page, const struct unit_verdict *u,
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
	html_place(f, unit_loc(u));
	fputs("</p>\n", f);
}

static void put_sentences(const struct page *page, const struct unit_verdict *u)
{
	struct text t;

	fputs("<p>", page->f);
	put_summary(text_open(&t), u);
	html_stream(page->f, &t);
	if (u->verdict == VERDICT_RACY) {
		fputs(";<br>", page->f);
		put_sharing(text_open(&t), u);
		html_stream(page->f, &t);
	}
	fputs(".</p>\n", page->f);
}

static void put_racy(const struct page *page, const struct unit_verdict *u)
{
	struct witnesses w;
	struct text t;

	witnesses_init(&w, u);
	put_writers(page, &w);
	put_conflicts(page, &w);
	witnesses_free(&w);
	fputs("<h3>After the split</h3>\n<figure>", page->f);
	picture_split(page->f, page->p, u);
	fputs("<figcaption>", page->f);
	put_split(text_open(&t), page->p, u);
	html_stream(page->f, &t);
	fputs(". Where in the struct the moved fields go: <code>racybits fix</code>.</figcaption></figure>\n",
	      page->f);
}

static void put_pictures(const struct page *page, const struct unit_verdict *u)
{
	struct witnesses w;

	fputs("<div class=\"pictures\"><figure>", page->f);
	picture_unit(page->f, u);
	html_legend(page->f, u);
	fputs("</figure>\n", page->f);
	if (u->nconflicts) {
		witnesses_init(&w, u);
		fputs("<figure>", page->f);
		picture_graph(page->f, &w);
		fputs("<figcaption>Each arc is a pair of fields whose stores may meet: solid with high, "
		      "dashed with medium, dotted with low confidence.</figcaption></figure>\n",
		      page->f);
		witnesses_free(&w);
	}
	fputs("</div>\n", page->f);
}

void html_unit(const struct page *page, size_t i)
{
	const struct unit_verdict *u = &page->p->verdicts[i];

	put_head(page, u, unit_state(page->o, i));
	put_sentences(page, u);
	put_pictures(page, u);
	put_fields(page, u);
	if (u->verdict == VERDICT_RACY)
		put_racy(page, u);
	if (u->nwrites)
		put_all_writes(page, u);
	fputs("</article>\n", page->f);
}
