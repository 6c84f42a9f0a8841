// SPDX-License-Identifier: GPL-2.0-only
/* lint_tus.c - the translation units (tus) that lint analyses, before and after the series. */
#include "lint_tus.h"
#include "series/impact.h"
#include "series/mirror.h"
#include "translation_units.h"
#include "tree/compdb.h"
#include "tree/tree_path.h"

static size_t common_prefix(const char *a, const char *b)
{
	size_t i, n = 0;

	for (i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			n = i + 1;
	return n;
}

/* The tu whose directory is nearest to the file's, or NULL. */
static const struct tu *nearest_tu(const struct lint *l, const char *file)
{
	const struct tu *best = NULL;
	size_t i, n, most = 0;

	for (i = 0; i < l->ntus; i++) {
		n = common_prefix(l->tus.tus[i].file, file);
		if (n > most) {
			most = n;
			best = &l->tus.tus[i];
		}
	}
	return best;
}

/* The command of `like` for another file, which is the last argument. */
static struct tu tu_like(const struct lint *l, const struct tu *like, const char *file)
{
	struct tu tu = { .file = xstrdup(file), .dir = xstrdup(like->dir) };
	char *source = xasprintf("%s/%s", l->tree.kdir, file);
	size_t n = 0, bytes;

	while (like->argv[n + 1])
		n++;
	bytes = (n + 2) * sizeof(*tu.argv);
	tu.argv = xmalloc(bytes + strlen(source) + 1);
	memcpy(tu.argv, like->argv, bytes);
	tu.argv[n] = strcpy((char *)tu.argv + bytes, source);
	free(source);
	return tu;
}

static bool is_known(const struct lint *l, const char *file)
{
	size_t i;

	for (i = 0; i < l->ntus; i++)
		if (!strcmp(l->tus.tus[i].file, file))
			return true;
	return false;
}

static bool is_new(const struct lint *l, const char *file)
{
	return !series_has(&l->series, BEFORE, file, tree_has(&l->tree, file));
}

/* Puts more tus behind those that are analysed. */
static void tus_insert(struct lint *l, const struct tu_list *more)
{
	size_t rest = l->ntus - l->tus.n;

	if (!more->n)
		return;
	l->tus.tus = xrealloc(l->tus.tus, (l->ntus + more->n) * sizeof(*more->tus));
	memmove(l->tus.tus + l->tus.n + more->n, l->tus.tus + l->tus.n, rest * sizeof(*more->tus));
	memcpy(l->tus.tus + l->tus.n, more->tus, more->n * sizeof(*more->tus));
	l->tus.n += more->n;
	l->ntus += more->n;
}

/* Adds the new files of the series, which the makefiles do not know: they are compiled as a neighbour. */
static void add_files(struct lint *l)
{
	struct tu_list more = { 0 };
	size_t i, cap = 0;

	for (i = 0; i < l->series.touched.n; i++) {
		const char *file = l->series.touched.v[i];
		const struct tu *near = nearest_tu(l, file);

		if (near && name_ends_in(file, ".c") && !is_known(l, file) && is_new(l, file))
			*vec_add(more.tus, more.n, cap) = tu_like(l, near, file);
	}
	tus_insert(l, &more);
	free(more.tus);
}

/* Is the file part of the kernel's C code, and not of the programs that build or test it? */
static bool is_kernel_code(const char *file)
{
	static const char *const others[] = { "scripts/", "tools/", "Documentation/" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (!strncmp(file, others[i], strlen(others[i])))
			return false;
	return name_ends_in(file, ".c") || name_ends_in(file, ".h");
}

static void files_find(struct lint *l)
{
	size_t i;

	for (i = 0; i < l->series.touched.n; i++)
		if (is_kernel_code(l->series.touched.v[i]))
			args_add(&l->files, "%s/%s", l->tree.kdir, l->series.touched.v[i]);
}

/* Makes the tree as make is to see it, if the series changes what make may run. */
static void base_make(struct lint *l)
{
	char *dir, *real;

	if (!mirror_needed(&l->series, BEFORE))
		return;
	dir = xasprintf("%s/base", l->dir);
	mirror_make(&l->series, BEFORE, dir);
	real = realpath(dir, NULL);
	if (!real)
		die("cannot find %s:", dir);
	l->series.base = l->tree.base = l->base = real;
	free(dir);
}

/* Is there a database with the facts of the whole configuration, of an earlier check? */
static bool whole_is_kept(const struct lint *l)
{
	struct args paths = { 0 };
	bool kept = l->db && tus_kept_paths(&l->tree, l->db, &paths) && !paths.n;

	args_free(&paths);
	return kept;
}

static void tus_of_all(struct lint *l)
{
	if (l->base)
		compdb_load_any(&l->tree, NULL, 0, &l->tus);
	else
		tus_of_tree(&l->tree, l->db, NULL, 0, &l->tus);
	l->ntus = l->tus.n;
}

/* The tus of the directories that the series may change the verdicts of. */
static void tus_near(struct lint *l)
{
	struct args dirs = { 0 }, tops = { 0 };

	l->partial = !impact_dirs(&l->series, &dirs);
	impact_tops(&l->series, &dirs, &tops);
	if (tops.n)
		compdb_load_any(&l->tree, tops.v, tops.n, &l->tus);
	l->ntus = impact_select(&dirs, &l->tus);
	args_free(&dirs);
	args_free(&tops);
}

void lint_tus_find(struct lint *l, char *const *paths, size_t npaths)
{
	base_make(l);
	if (npaths) {
		compdb_load(&l->tree, paths, npaths, &l->tus);
		l->ntus = l->tus.n;
		return;
	}
	l->whole = whole_is_kept(l);
	if (l->whole)
		tus_of_all(l);
	else
		tus_near(l);
	add_files(l);
	files_find(l);
}

static int compare_tus(const void *a, const void *b)
{
	return strcmp(((const struct tu *)a)->file, ((const struct tu *)b)->file);
}

void lint_tus_in(const struct lint *l, enum series_state state, struct tu_list *out)
{
	size_t i;

	*out = (struct tu_list){ .tus = xcalloc(l->tus.n, sizeof(*out->tus)),
				 .absent = l->tus.absent,
				 .nabsent = l->tus.nabsent,
				 .problem = l->tus.problem };
	for (i = 0; i < l->tus.n; i++) {
		const char *file = l->tus.tus[i].file;

		if (series_has(&l->series, state, file, tree_has(&l->tree, file)))
			out->tus[out->n++] = l->tus.tus[i];
	}
	qsort(out->tus, out->n, sizeof(*out->tus), compare_tus);
}
