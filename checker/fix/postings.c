// SPDX-License-Identifier: GPL-2.0-only
/* postings.c - which patches of a run are mailed as one series: those of one subsystem. */
#include <ctype.h>

#include "plan_lookup.h"
#include "postings.h"

/* The subsystem of a subject, its first word in lower case: "usb" of "usb: core: Use ..."; from `a`. */
static const char *subsystem(const char *subject, struct arena *a)
{
	char *word = arena_printf(a, "%.*s", (int)strcspn(subject, "/: "), subject), *at;

	for (at = word; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return word;
}

static bool share_file(const struct patch *x, const struct patch *y)
{
	size_t i, j;

	for (i = 0; i < x->nfiles; i++)
		for (j = 0; j < y->nfiles; j++)
			if (!strcmp(x->files[i].file, y->files[j].file))
				return true;
	return false;
}

/* Do the patches belong into one series? */
static bool belong_together(const struct patch *x, const struct patch *y, struct arena *a)
{
	return !strcmp(subsystem(x->subject, a), subsystem(y->subject, a)) || share_file(x, y) ||
	       record_embeds(x->plan.record, y->plan.record) ||
	       record_embeds(y->plan.record, x->plan.record);
}

/* Makes first[i] the index of the first patch of the series that patch i is in. */
static void group(struct fix_series *s, size_t *first)
{
	size_t i, j, k, from, to;

	for (i = 0; i < s->n; i++)
		first[i] = i;
	for (i = 0; i < s->n; i++)
		for (j = 0; j < i; j++) {
			if (first[i] == first[j] ||
			    !belong_together(&s->patches[i], &s->patches[j], &s->a))
				continue;
			to = first[i] < first[j] ? first[i] : first[j];
			from = first[i] < first[j] ? first[j] : first[i];
			for (k = 0; k <= i; k++)
				if (first[k] == from)
					first[k] = to;
		}
}

/* The subsystem of the first patch of posting i, with a number if one before it has that name. */
static const char *posting_name(struct fix_series *s, size_t i)
{
	const char *word = subsystem(s->patches[s->postings[i].first].subject, &s->a);
	const char *name = word;
	unsigned int number = 1;
	size_t j;

	for (j = 0; j < i; j++) {
		if (strcmp(s->postings[j].name, name))
			continue;
		name = arena_printf(&s->a, "%s-%u", word, ++number);
		j = SIZE_MAX; /* from the first one again */
	}
	return name;
}

void postings_make(struct fix_series *s)
{
	struct patch *sorted = xcalloc(s->n, sizeof(*sorted));
	size_t *first = xcalloc(s->n, sizeof(*first));
	size_t i, j, n = 0;

	group(s, first);
	s->postings = arena_alloc(&s->a, s->n * sizeof(*s->postings));
	for (i = 0; i < s->n; i++) {
		size_t start = n;

		for (j = i; first[i] == i && j < s->n; j++)
			if (first[j] == i)
				sorted[n++] = s->patches[j];
		if (n > start)
			s->postings[s->npostings++] =
				(struct posting){ .first = start, .n = n - start };
	}
	memcpy(s->patches, sorted, s->n * sizeof(*sorted));
	for (i = 0; i < s->npostings; i++)
		s->postings[i].name = posting_name(s, i);
	free(sorted);
	free(first);
}
