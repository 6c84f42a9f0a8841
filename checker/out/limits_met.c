// SPDX-License-Identifier: GPL-2.0-only
/* limits_met.c - says which limits of the analysis were met. */
#include "limits_met.h"
#include "clean.h"
#include "memstream.h"

static uint32_t put_kind(FILE *f, const struct program *p, enum limit_kind kind, const char *head)
{
	uint32_t i, n = 0;

	for (i = 0; i < LIMIT_COUNT; i++)
		if (p->limits[i].count && limit_rows[i].kind == kind)
			fprintf(f, "%s%s %u", n++ ? ", " : head, limit_rows[i].id,
				p->limits[i].count);
	return n;
}

char *limits_met(const struct program *p)
{
	struct memstream t;
	FILE *f = memstream_open(&t);
	uint32_t n = put_kind(f, p, LIMIT_KIND_UNSAFE, "unsafe: ");
	char *phrase;

	n += put_kind(f, p, LIMIT_KIND_PRECISION, n ? "; precision: " : "precision: ");
	phrase = memstream_close(&t);
	if (n)
		return phrase;
	free(phrase);
	return NULL;
}

void put_limit_met(FILE *f, const struct program *p, enum limit limit)
{
	const struct limit_row *row = &limit_rows[limit];
	const struct limit_use *use = &p->limits[limit];

	fprintf(f, "more than %u %s (%u time%s, first at %s in %s:%u)", row->value, row->what,
		use->count, use->count == 1 ? "" : "s", clean_str(use->name),
		clean_str(use->at.file), use->at.line);
}
