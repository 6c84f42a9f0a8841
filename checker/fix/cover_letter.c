// SPDX-License-Identifier: GPL-2.0-only
/* cover_letter.c - the cover letter of a posting. */
#include "cover_letter.h"
#include "wrap.h"

/* Length of the words that both subjects begin with: "usb" of "usb: core: Use" and "usb: dwc2: Use". */
static size_t common_words(const char *x, const char *y)
{
	size_t i, n = 0;

	for (i = 0; x[i] && x[i] == y[i]; i++)
		if (x[i] == '/' || !strncmp(x + i, ": ", 2))
			n = i;
	return n ? n : strcspn(x, "/:");
}

/* What the subjects of all its patches begin with, without a colon behind; malloc'd. */
static char *common_prefix(const struct fix_series *s, const struct posting *p)
{
	const char *first = s->patches[p->first].subject;
	size_t i, n = strlen(first);

	for (i = 1; i < p->n; i++) {
		size_t words = common_words(first, s->patches[p->first + i].subject);

		n = words < n ? words : n;
	}
	return xasprintf("%.*s", (int)n, first);
}

const char *cover_letter(struct fix_series *s, const struct posting *p)
{
	size_t bytes, i;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	char *dir = common_prefix(s, p);
	const char *cover;

	fprintf(f, "%s%s%s\n\n", dir, *dir ? ": " : "",
		s->o->strategy != STRATEGY_BITOPS ?
			"Give racy bitfields storage units of their own" :
			"Make racy bitfields atomic bits");
	free(dir);
	put_wrapped(f, "",
		    "Each of these structs has bitfields in one storage unit that are written "
		    "under different locks, so that one update can undo another. There is a "
		    "patch for each; the messages name the writers and their locks.");
	fputc('\n', f);
	for (i = 0; i < p->n; i++) {
		const struct fix_plan *plan = &s->patches[p->first + i].plan;

		fprintf(f, "  struct %s: %u field%s", str_get(plan->record->name), plan->nmoves,
			plan->nmoves == 1 ? "" : "s");
		if (patch_moves_fields(&s->patches[p->first + i]))
			fprintf(f, ", %llu -> %llu bytes", (unsigned long long)plan->tree_bytes,
				(unsigned long long)plan->bytes);
		fputc('\n', f);
	}
	fclose(f);
	cover = arena_printf(&s->a, "%s", text);
	free(text);
	return cover;
}
