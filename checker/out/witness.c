// SPDX-License-Identifier: GPL-2.0-only
/* witness.c - the conflicts of a unit in the order they are shown, with numbered writers. */
#include "base/names.h"
#include "clean.h"
#include "memstream.h"
#include "phrases.h"
#include "witness.h"

static int by_rank(const void *a, const void *b)
{
	const struct conflict *x = a, *y = b;

	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static char *conflict_reason(const struct witnesses *w, const struct conflict *c)
{
	char first[32], second[32];
	struct memstream t;
	FILE *f = memstream_open(&t);

	snprintf(first, sizeof(first), "writer %u", w->numbers[c->write_a]);
	snprintf(second, sizeof(second), "writer %u", w->numbers[c->write_b]);
	put_reason(f, &w->u->writes[c->write_a], first, &w->u->writes[c->write_b], second);
	fprintf(f, "; confidence %s", confidence_name(c->confidence));
	if (c->doubt)
		fprintf(f, ": %s", doubt_sentence(c->doubt));
	return memstream_close(&t);
}

static void writer_add(struct witnesses *w, uint32_t write, uint32_t field)
{
	if (w->numbers[write])
		return;
	w->writers[w->nwriters] = (struct writer){ .write = write, .field = field };
	w->numbers[write] = ++w->nwriters;
}

void witnesses_init(struct witnesses *w, const struct unit_verdict *u)
{
	uint32_t i;

	memset(w, 0, sizeof(*w));
	w->u = u;
	w->conflicts = xcalloc(u->nconflicts, sizeof(*w->conflicts));
	w->numbers = xcalloc(u->nwrites, sizeof(*w->numbers));
	w->writers = xcalloc(u->nwrites, sizeof(*w->writers));
	w->reasons = xcalloc(u->nconflicts, sizeof(*w->reasons));
	if (u->nconflicts)
		memcpy(w->conflicts, u->conflicts, u->nconflicts * sizeof(*w->conflicts));
	qsort(w->conflicts, u->nconflicts, sizeof(*w->conflicts), by_rank);
	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &w->conflicts[i];

		writer_add(w, c->write_a, c->a);
		writer_add(w, c->write_b, c->b);
		w->reasons[i] = conflict_reason(w, c);
	}
}

void witnesses_free(struct witnesses *w)
{
	uint32_t i;

	for (i = 0; i < w->u->nconflicts; i++)
		free(w->reasons[i]);
	free(w->reasons);
	free(w->writers);
	free(w->numbers);
	free(w->conflicts);
}
