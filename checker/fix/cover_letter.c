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

/* What all patches do, for the subject. */
static const char *purpose(const struct fix_series *s, const struct posting *p)
{
	const struct patch *patch = &s->patches[p->first];
	size_t i, split = 0, bits = 0;

	for (i = 0; i < p->n; i++) {
		split += patch_moves_fields(&patch[i]);
		bits += patch[i].strategy == STRATEGY_BITOPS;
	}
	return split == p->n ? "Give racy bitfields storage units of their own" :
	       bits == p->n  ? "Make racy bitfields atomic bits" :
			       "End races of bitfields in one storage unit";
}

/* Prints what the patch changes. */
static void put_patch(FILE *f, const struct patch *patch)
{
	const struct fix_plan *plan = &patch->plan;

	fprintf(f, "  struct %s: %u field%s", str_get(plan->record->name), plan->nmoves,
		plan->nmoves == 1 ? "" : "s");
	if (patch_moves_fields(patch))
		fprintf(f, ", %llu -> %llu bytes", (unsigned long long)plan->tree_bytes,
			(unsigned long long)plan->bytes);
	else if (patch->strategy == STRATEGY_REMOVE)
		fputs(" removed, which nothing reads", f);
	else if (patch->strategy == STRATEGY_LOCK)
		fprintf(f, ", under %s", str_get(patch->lock));
	fputc('\n', f);
}

const char *cover_letter(struct fix_series *s, const struct posting *p)
{
	size_t bytes, i;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	char *dir = common_prefix(s, p);
	const char *cover;

	fprintf(f, "%s%s%s\n\n", dir, *dir ? ": " : "", purpose(s, p));
	free(dir);
	put_wrapped(
		f, "",
		arena_printf(
			&s->a,
			"Each of these structs has bitfields in one storage unit that are written "
			"without a common lock, so that one update can undo another. There is a "
			"patch for each; the messages name the writers and their locks, and say how "
			"the patch was tested. Found by racybits, a static checker for racy "
			"bitfields, in %s.",
			s->o->scope));
	fputc('\n', f);
	for (i = 0; i < p->n; i++)
		put_patch(f, &s->patches[p->first + i]);
	fclose(f);
	cover = arena_printf(&s->a, "%s", text);
	free(text);
	return cover;
}
