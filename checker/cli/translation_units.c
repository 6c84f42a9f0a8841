// SPDX-License-Identifier: GPL-2.0-only
/* translation_units.c - which translation units (tus) a command analyses. */
#include "base/progress.h"
#include "datafile.h"
#include "extract.h"
#include "translation_units.h"
#include "out/clean.h"
#include "store/store.h"
#include "store/tu_cache.h"
#include "tree/compdb.h"
#include "tree/compdb_key.h"
#include "tree/tree_path.h"

char *tree_store_name(const struct kernel_tree *tree)
{
	return xasprintf("%s\n%s", tree->kdir, tree->objdir);
}

/* --- of the tree */

/* The names of the paths in the tree, a line each: the key of what make said of them; malloc'd. */
static char *paths_text(const struct kernel_tree *tree, char *const *paths, size_t n)
{
	char *text = xstrdup(""), *more, *name;
	size_t i;

	for (i = 0; i < n; i++) {
		name = tree_name_given(tree, paths[i]);
		more = xasprintf("%s%s\n", text, name ? name : paths[i]);
		free(name);
		free(text);
		text = more;
	}
	return text;
}

/* Marks the tus that are the path, relative to KDIR, or below it; returns whether there are any. */
static bool mark_below(const struct tu_list *all, const char *path, bool *marked)
{
	bool any = false;
	size_t i;

	for (i = 0; i < all->n; i++)
		if (!strcmp(path, ".") || path_below(path, all->tus[i].file))
			marked[i] = any = true;
	return any;
}

/*
 * The tus of the paths, if a list of all tus is kept.  False if it is not, or a path has no tu in
 * it: make may know more.
 */
static bool tus_of_kept(struct store *s, const struct kernel_tree *tree, char *const *paths,
			size_t npaths, uint64_t key, struct tu_list *tus)
{
	struct tu_list all, rest = { 0 };
	bool *marked, found = true;
	size_t i;

	if (!npaths || !tu_cache_get(s, "", key, &all))
		return false;
	marked = xcalloc(all.n + 1, sizeof(*marked));
	for (i = 0; i < npaths && found; i++) {
		char *name = tree_name_given(tree, paths[i]);

		found = name && mark_below(&all, name, marked);
		free(name);
	}
	*tus = (struct tu_list){ .tus = xcalloc(all.n + 1, sizeof(*tus->tus)) };
	rest.tus = xcalloc(all.n + 1, sizeof(*rest.tus));
	for (i = 0; i < all.n; i++)
		if (found && marked[i])
			tus->tus[tus->n++] = all.tus[i];
		else
			rest.tus[rest.n++] = all.tus[i];
	compdb_free(&rest);
	if (!found)
		compdb_free(tus);
	all.n = 0;
	compdb_free(&all);
	free(marked);
	return found;
}

void tus_of_tree(const struct kernel_tree *tree, const char *db, char *const *paths, size_t npaths,
		 struct tu_list *tus)
{
	char *name = tree_store_name(tree), *asked = paths_text(tree, paths, npaths);
	struct store *s = db ? store_open(db, name) : NULL;
	uint64_t key;

	progress_stage("reading the compile commands", 0, 0);
	key = s ? compdb_key(tree) : 0;
	if (!s) {
		compdb_load(tree, paths, npaths, tus);
	} else if (!tu_cache_get(s, asked, key, tus) &&
		   !tus_of_kept(s, tree, paths, npaths, key, tus)) {
		compdb_load(tree, paths, npaths, tus);
		if (!tus->nabsent && !tus->problem)
			tu_cache_put(s, asked, key, tus);
	}
	if (s)
		store_close(s);
	progress_end();
	free(asked);
	free(name);
}

bool tus_kept_paths(const struct kernel_tree *tree, const char *db, struct args *paths)
{
	char *name = tree_store_name(tree), *asked, *save, *path;
	struct store *s = store_open(db, name);

	asked = tu_cache_asked(s);
	store_close(s);
	free(name);
	if (!asked)
		return false;
	for (path = strtok_r(asked, "\n", &save); path; path = strtok_r(NULL, "\n", &save))
		args_add(paths, "%s/%s", tree->kdir, path);
	free(asked);
	return true;
}

static bool is_kept(struct store *s, const struct tu *tu, uint64_t tool_key)
{
	char *failed = store_failed(s, tu);
	bool kept = failed || store_fresh(s, tu, tool_key);

	free(failed);
	return kept;
}

bool tus_kept_all(const struct kernel_tree *tree, const struct options *o, char *const *paths,
		  size_t npaths)
{
	char *name = tree_store_name(tree), *annotations = annotations_find();
	struct store *s = o->db ? store_open(o->db, name) : NULL;
	struct tu_list all = { 0 };
	uint64_t key = extract_key(annotations);
	bool kept = s && tu_cache_get(s, "", compdb_key(tree), &all);
	bool *below = xcalloc(all.n + 1, sizeof(*below));
	size_t i;

	for (i = 0; i < npaths && kept; i++) {
		char *path = tree_name_given(tree, paths[i]);

		kept = path && mark_below(&all, path, below);
		free(path);
	}
	for (i = 0; i < all.n && kept; i++)
		kept = below[i] || is_kept(s, &all.tus[i], key);
	compdb_free(&all);
	free(below);
	if (s)
		store_close(s);
	free(annotations);
	free(name);
	return kept;
}

/* --- of modules */

static int compare_tus(const void *a, const void *b)
{
	return strcmp(((const struct tu *)a)->file, ((const struct tu *)b)->file);
}

/* Dies if a tu has changed since its facts were stored. */
static void require_fresh(struct store *s, const struct tu *tu, uint64_t key)
{
	char *failed = store_failed(s, tu);

	if (!failed && !store_fresh(s, tu, key))
		die("%s: changed since it was built: build it again with C=2 CHECK='racybits extract'",
		    tu->file);
	free(failed);
}

/* Adds the tus of a module outside of the tree, as they were built. */
static void add_module(const struct kernel_tree *tree, const struct options *o, const char *path,
		       struct tu_list *tus)
{
	char *annotations = annotations_find(), *name = tree_store_name(tree);
	uint64_t key = extract_key(annotations);
	struct store *s = store_open(o->db, name);
	char *dir = realpath(path, NULL);
	size_t i, first = tus->n;

	if (!dir)
		die("cannot open %s:", path);
	store_tus_below(s, dir, tus);
	if (tus->n == first)
		die("%s: no facts of it in %s: build it with C=2 CHECK='racybits extract'", path,
		    o->db);
	for (i = first; i < tus->n; i++)
		require_fresh(s, &tus->tus[i], key);
	store_close(s);
	free(dir);
	free(name);
	free(annotations);
}

static bool is_in_tree(const struct kernel_tree *tree, const char *path)
{
	char *name = tree_name_given(tree, path);
	bool inside = name != NULL;

	free(name);
	return inside;
}

void tus_of_paths(const struct kernel_tree *tree, const struct options *o, char *const *paths,
		  size_t npaths, struct tu_list *tus)
{
	char **inside = xcalloc(npaths, sizeof(*inside));
	size_t i, n = 0;

	*tus = (struct tu_list){ 0 };
	/* Without a database there are no modules: compdb_load() refuses a path outside of the tree. */
	for (i = 0; i < npaths; i++)
		if (!o->db || o->cached || is_in_tree(tree, paths[i]))
			inside[n++] = paths[i];
	if (n || !npaths)
		tus_of_tree(tree, o->db, inside, n, tus);
	for (i = 0; i < npaths && n < npaths; i++)
		if (!is_in_tree(tree, paths[i]))
			add_module(tree, o, paths[i], tus);
	if (n < npaths && tus->n)
		qsort(tus->tus, tus->n, sizeof(*tus->tus), compare_tus);
	free(inside);
}

/* --- */

struct tu_list tus_share(const struct tu_list *all, const struct options *o)
{
	struct tu_list share = { .tus = xcalloc(all->n + 1, sizeof(*share.tus)) };
	size_t first = o->shards ? o->shard - 1 : 0, step = o->shards ? o->shards : 1;

	for (size_t i = first; i < all->n; i += step)
		share.tus[share.n++] = all->tus[i];
	return share;
}

void tu_warn_failed(const char *file, const char *reason)
{
	warn("%s: not analysed: %s", clean(file), clean(reason));
}
