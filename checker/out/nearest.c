// SPDX-License-Identifier: GPL-2.0-only
/* nearest.c - the names nearest to a misspelt one. */
#include "clean.h"
#include "nearest.h"

/* Levenshtein distance: how many letters to change, add or drop. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t n = strlen(b), i, j, *row = xcalloc(n + 1, sizeof(*row));

	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (j = 0; j < n; j++) {
			size_t best = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			best = row[j] + 1 < best ? row[j] + 1 : best;
			row[j + 1] = diagonal + 1 < best ? diagonal + 1 : best;
		}
	}
	n = row[n];
	free(row);
	return n;
}

void nearest_add(struct nearest *near, str name)
{
	size_t distance = edit_distance(near->wanted, str_get(name)), i;

	if (distance > strlen(near->wanted) / 3)
		return;
	for (i = 0; i < near->n; i++)
		if (near->names[i] == name)
			return;
	if (near->n < NEAREST)
		near->n++;
	else if (near->distances[NEAREST - 1] <= distance)
		return;
	for (i = near->n - 1; i && near->distances[i - 1] > distance; i--) {
		near->names[i] = near->names[i - 1];
		near->distances[i] = near->distances[i - 1];
	}
	near->names[i] = name;
	near->distances[i] = distance;
}

void nearest_die(const struct nearest *near, const char *what)
{
	if (!near->n)
		die("%s: '%s'", what, clean(near->wanted));
	die("%s: '%s'; did you mean %s%s%s%s%s?", what, clean(near->wanted),
	    clean_str(near->names[0]), near->n > 1 ? ", " : "", clean_str(near->names[1]),
	    near->n > 2 ? ", " : "", clean_str(near->names[2]));
}
