// SPDX-License-Identifier: GPL-2.0-only
/* translation_units.c - the translation units to analyse: of the tree, by make or as it was said before, and of modules. */
#include "analysis.h"
#include "tree/compdb.h"
#include "extract.h"
#include "store/tu_cache.h"

static char *joined(char *const *paths, size_t n)
{
	char *text = xstrdup(""), *more;
	size_t i;

	for (i = 0; i < n; i++) {
		more = xasprintf("%s%s\n", text, paths[i]);
		free(text);
		text = more;
	}
	return text;
}

void tree_units(const struct kernel_tree *tree, const char *db, char *const *paths, size_t npaths,
		struct tu_list *tus)
{
	char *name = tree_name_for_store(tree), *asked = joined(paths, npaths);
	struct store *s = db ? store_open(db, name) : NULL;
	uint64_t key = s ? compdb_key(tree) : 0;

	if (!s) {
		compdb_load(tree, paths, npaths, tus);
	} else if (!tu_cache_get(s, asked, key, tus)) {
		compdb_load(tree, paths, npaths, tus);
		if (!tus->nabsent)
			tu_cache_put(s, asked, key, tus);
	}
	if (s)
		store_close(s);
	free(asked);
	free(name);
}

static int unit_cmp(const void *a, const void *b)
{
	return strcmp(((const struct tu *)a)->file, ((const struct tu *)b)->file);
}

/* The units of a module outside of the tree, as they were built. */
static void module_units(const struct kernel_tree *tree, const struct options *o, const char *path,
			 struct tu_list *tus)
{
	char *annotations = annotations_find(), *name = tree_name_for_store(tree);
	uint64_t key = extract_key(annotations);
	struct store *s = store_open(o->db, name);
	char *dir = realpath(path, NULL);
	size_t i, first = tus->n;
	char *failed;

	if (!dir)
		die("cannot open %s:", path);
	store_tus_below(s, dir, tus);
	if (tus->n == first)
		die("%s: no facts of it in %s: build it with C=2 CHECK='racybits extract'", path,
		    o->db);
	for (i = first; i < tus->n; i++) {
		failed = store_failed(s, &tus->tus[i]);
		if (!failed && !store_fresh(s, &tus->tus[i], key))
			die("%s: changed since it was built: build it again with C=2 CHECK='racybits extract'",
			    tus->tus[i].file);
		free(failed);
	}
	store_close(s);
	free(dir);
	free(name);
	free(annotations);
}

/* The units of `paths`: make tells those of the tree, the database those of modules. */
void analysis_units(const struct kernel_tree *tree, const struct options *o, char *const *paths,
		    size_t npaths, struct tu_list *tus)
{
	char **inside = xcalloc(npaths, sizeof(*inside)), *name;
	size_t i, n = 0;

	*tus = (struct tu_list){ 0 };
	for (i = 0; i < npaths; i++) {
		name = o->db ? compdb_name(tree, tree->kdir, paths[i]) : paths[i];
		if (name)
			inside[n++] = paths[i];
		if (name != paths[i])
			free(name);
	}
	if (n || !npaths)
		tree_units(tree, o->db, inside, n, tus);
	for (i = 0; i < npaths && n < npaths; i++) {
		name = compdb_name(tree, tree->kdir, paths[i]);
		if (!name)
			module_units(tree, o, paths[i], tus);
		free(name);
	}
	if (n < npaths)
		qsort(tus->tus, tus->n, sizeof(*tus->tus), unit_cmp);
	free(inside);
}
