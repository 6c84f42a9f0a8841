// SPDX-License-Identifier: GPL-2.0-only
/* edits.c - a list of changes to a text. */
#include <stdarg.h>

#include "edits.h"

void edits_add(struct edits *e, size_t from, size_t to, const char *fmt, ...)
{
	struct edit *edit = vec_add(e->v, e->n, e->cap);
	va_list ap;

	edit->from = from;
	edit->to = to;
	va_start(ap, fmt);
	if (vasprintf(&edit->with, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
}

/* Sorts by offset, an insertion before a replacement, else as they were added. */
static void edits_sort(struct edits *e)
{
	size_t i, j;

	for (i = 1; i < e->n; i++) {
		struct edit edit = e->v[i];

		for (j = i; j && (e->v[j - 1].from > edit.from ||
				  (e->v[j - 1].from == edit.from && edit.to == edit.from &&
				   e->v[j - 1].to > edit.from));
		     j--)
			e->v[j] = e->v[j - 1];
		e->v[j] = edit;
	}
}

char *edits_apply(struct edits *e, const char *text)
{
	size_t i, at = 0, bytes;
	char *out;
	FILE *f = open_memstream(&out, &bytes);

	if (!f)
		die("out of memory");
	edits_sort(e);
	for (i = 0; i < e->n; i++) {
		fwrite(text + at, 1, e->v[i].from - at, f);
		fputs(e->v[i].with, f);
		at = e->v[i].to;
	}
	fputs(text + at, f);
	fclose(f);
	return out;
}

void edits_free(struct edits *e)
{
	size_t i;

	for (i = 0; i < e->n; i++)
		free(e->v[i].with);
	free(e->v);
	*e = (struct edits){ 0 };
}
