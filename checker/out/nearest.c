// SPDX-License-Identifier: GPL-2.0-only
/* nearest.c - the names nearest to a misspelt one. */
#include "clean.h"
#include "nearest.h"

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters to change, add, drop or swap with the next one (optimal string alignment). */
static size_t edit_distance(const char *a, const char *b)
{
	size_t n = strlen(b) + 1, i, j, best;
	size_t *rows = xcalloc(3 * n, sizeof(*rows)), *now = rows;

	for (j = 0; j < n; j++)
		now[j] = j;
	for (i = 1; a[i - 1]; i++) {
		const size_t *last = now, *before = rows + (i + 1) % 3 * n;

		now = rows + i % 3 * n;
		now[0] = i;
		for (j = 1; j < n; j++) {
			best = last[j - 1] + (a[i - 1] != b[j - 1]);
			best = least(best, least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				best = least(best, before[j - 2] + 1);
			now[j] = best;
		}
	}
	best = now[n - 1];
	free(rows);
	return best;
}

/* Does the name begin so?  Of fewer than three letters that says nothing. */
static bool begins_so(const char *wanted, const char *name)
{
	return strlen(wanted) >= 3 && !strncmp(name, wanted, strlen(wanted));
}

void nearest_add(struct nearest *near, str name)
{
	size_t distance = edit_distance(near->wanted, str_get(name)), i;

	if (distance > 1 && begins_so(near->wanted, str_get(name)))
		distance = 1;
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

void nearest_die(const struct nearest *near, const char *what, const char *otherwise)
{
	if (!near->n)
		die("%s: '%s'; %s", what, clean(near->wanted), otherwise);
	die("%s: '%s'; did you mean %s%s%s%s%s?", what, clean(near->wanted),
	    clean_str(near->names[0]), near->n > 1 ? ", " : "", clean_str(near->names[1]),
	    near->n > 2 ? ", " : "", clean_str(near->names[2]));
}
