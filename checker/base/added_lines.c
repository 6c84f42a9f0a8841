// SPDX-License-Identifier: GPL-2.0-only
/* added_lines.c - the lines that a series of patches adds. */
#include <stdlib.h>

#include "added_lines.h"

/* By the number of the name, not by the name: only for the search. */
static int range_cmp(const void *pa, const void *pb)
{
	const struct added_lines *a = pa, *b = pb;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

void added_lines_sort(struct added_lines *v, size_t n)
{
	if (n)
		qsort(v, n, sizeof(*v), range_cmp);
}

static int loc_cmp(const void *key, const void *entry)
{
	const struct added_lines *range = entry;
	const struct loc *at = key;

	if (at->file != range->file)
		return at->file < range->file ? -1 : 1;
	return at->line < range->first ? -1 : at->line > range->last;
}

bool lines_add(const struct added_lines *v, size_t n, const struct loc *at)
{
	return n && bsearch(at, v, n, sizeof(*v), loc_cmp);
}
