// SPDX-License-Identifier: GPL-2.0-only
/* html_palette.c - the colours of fields: classes of the style sheet by lifetime and guard. */
#include "base/names.h"
#include "html_escape.h"
#include "html_palette.h"
#include "phrases.h"

#define GUARDS 5 /* colours that the style sheet has for guards */

/* Number of the field's guard among the different guards of the unit, in order of declaration. */
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

const char *palette_class(const struct unit_verdict *u, uint32_t field)
{
	static const char *const guards[GUARDS] = { "guard0", "guard1", "guard2", "guard3",
						    "guard4" };
	const struct unit_field *uf = &u->fields[field];

	if (uf->lifetime != PHASE_RUNTIME)
		return phase_name(uf->lifetime);
	return uf->guard ? guards[guard_number(u, field) % GUARDS] : "bare";
}

const char *palette_member_class(const struct unit_verdict *u, const struct field *f)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field->name == f->name)
			return palette_class(u, i);
	return "hole";
}

void palette_legend(FILE *f, const struct unit_verdict *u)
{
	uint32_t i, j;
	struct memstream t;

	fputs("<ul class=\"legend\">\n", f);
	for (i = 0; i < u->nfields; i++) {
		for (j = 0; j < i && (u->fields[j].lifetime != u->fields[i].lifetime ||
				      u->fields[j].guard != u->fields[i].guard);
		     j++)
			;
		if (j < i)
			continue;
		fprintf(f, "<li><i class=\"swatch %s\"></i>", palette_class(u, i));
		put_lifetime(memstream_open(&t), &u->fields[i]);
		html_stream(f, &t);
		fputs("</li>\n", f);
	}
	fputs("</ul>\n", f);
}
