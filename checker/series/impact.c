// SPDX-License-Identifier: GPL-2.0-only
/* impact.c - which translation units (tus) a series may change the verdicts of. */
#include <sys/stat.h>

#include "impact.h"
#include "includers.h"

#define AROUND_MAX 64 /* tus of a directory around that of a change; more are left out */

/* --- directories */

bool impact_dirs(const struct patch_series *s, struct args *dirs)
{
	struct args headers = { 0 }, sources = { 0 };
	bool all;
	size_t i;

	for (i = 0; i < s->touched.n; i++) {
		if (name_ends_in(s->touched.v[i], ".h"))
			args_add(&headers, "%s", s->touched.v[i]);
		else if (name_ends_in(s->touched.v[i], ".c"))
			args_add_dir(dirs, s->touched.v[i]);
	}
	all = includers_find(s, &headers, &sources);
	for (i = 0; all && i < sources.n; i++)
		args_add_dir(dirs, sources.v[i]);
	args_sort(dirs);
	args_free(&headers);
	args_free(&sources);
	return all;
}

/* --- which part of the tree */

static bool is_below(const char *name, const char *dir)
{
	size_t n = strlen(dir);

	return !strcmp(dir, ".") || (!strncmp(name, dir, n) && (name[n] == '/' || !name[n]));
}

static bool is_directory(const struct patch_series *s, const char *dir)
{
	char *path = xasprintf("%s/%s", s->base, dir);
	struct stat st;
	bool yes = !stat(path, &st) && S_ISDIR(st.st_mode);

	free(path);
	return yes;
}

/* Length of the first two components of a path. */
static size_t top_length(const char *dir)
{
	const char *slash = strchr(dir, '/'), *second = slash ? strchr(slash + 1, '/') : NULL;

	return second ? (size_t)(second - dir) : strlen(dir);
}

void impact_tops(const struct patch_series *s, const struct args *dirs, struct args *tops)
{
	bool covered;
	size_t i, j;

	/* They are sorted: a directory comes before those below it. */
	for (i = 0; i < dirs->n; i++) {
		char *top = xasprintf("%.*s", (int)top_length(dirs->v[i]), dirs->v[i]);

		/* The directory of a new driver is not there: its neighbours are looked at. */
		while (!is_directory(s, top) && strchr(top, '/'))
			*strrchr(top, '/') = '\0';
		covered = !is_directory(s, top);
		for (j = 0; j < tops->n && !covered; j++)
			covered = is_below(top, tops->v[j]);
		if (!covered)
			args_add(tops, "%s", top);
		free(top);
	}
}

/* --- which tus */

/* Number of tus in the directory or, with `deep`, also below it. */
static size_t count_tus(const struct tu_list *list, const char *dir, bool deep)
{
	size_t i, n = 0, length = strlen(dir);

	for (i = 0; i < list->n; i++)
		n += is_below(list->tus[i].file, dir) &&
		     (deep || !strchr(list->tus[i].file + length + 1, '/'));
	return n;
}

static void select_tus(const struct tu_list *list, const char *dir, bool deep, bool *selected)
{
	size_t i, length = strlen(dir);

	for (i = 0; i < list->n; i++)
		if (is_below(list->tus[i].file, dir) &&
		    (deep || !strchr(list->tus[i].file + length + 1, '/')))
			selected[i] = true;
}

/* Selects the directory alone, or with all below it, or all below a directory around it. */
static void select_around(const struct tu_list *list, const char *dir, bool *selected)
{
	char *around = xstrdup(dir), *slash;
	size_t top = top_length(dir);
	bool deep = count_tus(list, dir, true) <= AROUND_MAX;

	while (deep && strlen(around) > top) {
		slash = strrchr(around, '/');
		*slash = '\0';
		if (count_tus(list, around, true) <= AROUND_MAX)
			continue;
		*slash = '/';
		break;
	}
	select_tus(list, around, deep, selected);
	free(around);
}

size_t impact_select(const struct args *dirs, struct tu_list *list)
{
	bool *selected = xcalloc(list->n, sizeof(*selected));
	size_t i, all = list->n, kept = 0;

	for (i = 0; i < dirs->n; i++)
		select_around(list, dirs->v[i], selected);
	for (i = 0; i < all; i++) {
		struct tu tu = list->tus[i];

		if (!selected[i])
			continue;
		list->tus[i] = list->tus[kept];
		list->tus[kept++] = tu;
	}
	list->n = kept;
	free(selected);
	return all;
}
