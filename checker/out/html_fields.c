// SPDX-License-Identifier: GPL-2.0-only
/* html_fields.c - the fields of a unit as a table. */
#include "claim_text.h"
#include "html_escape.h"
#include "html_fields.h"
#include "html_palette.h"
#include "phrases.h"
#include "written_bytes.h"

static void put_access_units(FILE *f, const struct unit_verdict *u, const struct field *field)
{
	if (!(field->flags & FIELD_BITFIELD))
		return;
	put_range(f, access_unit_gcc(u->record, field));
	fputs(" / ", f);
	put_range(f, access_unit_clang(u->record, field));
}

/* Appends to the cell of the comment the claim that the comment makes. */
static void put_claim_cell(const struct html_page *page, const struct unit_verdict *u,
			   const struct unit_field *uf)
{
	struct memstream t;

	if (!uf->claim)
		return;
	fprintf(page->f, "%s<span class=\"claim %s\">", uf->field->comment ? "<br>" : "",
		claim_state_name(uf->claim->state));
	put_claim(memstream_open(&t), page->p, u, uf->claim);
	html_stream(page->f, &t);
	fputs("</span>", page->f);
}

/* Does the table need a column for comments? */
static bool has_comments(const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field->comment || u->fields[i].claim)
			return true;
	return false;
}

static void put_row(const struct html_page *page, const struct unit_verdict *u, uint32_t i)
{
	const struct unit_field *uf = &u->fields[i];
	FILE *f = page->f;
	struct memstream t;

	fprintf(f, "<tr><th scope=\"row\"><i class=\"swatch %s\"></i>", palette_class(u, i));
	html_str(f, uf->field->name);
	fprintf(f, "</th><td>%lld</td><td>%llu</td><td>",
		(long long)(uf->field->bit_offset - u->unit->bit_offset),
		(unsigned long long)uf->field->bit_size);
	put_lifetime(memstream_open(&t), uf);
	html_stream(f, &t);
	fputs("</td><td>", f);
	put_access_units(f, u, uf->field);
	if (has_comments(u)) {
		fputs("</td><td>", f);
		html_str(f, uf->field->comment);
		put_claim_cell(page, u, uf);
	}
	fputs("</td></tr>\n", f);
}

void html_fields(const struct html_page *page, const struct unit_verdict *u)
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
