// SPDX-License-Identifier: GPL-2.0-only
/* kept_answer.c - explain without PATHs: the facts of an earlier run answer, or it says at once what would. */
#include "cache.h"
#include "kept_answer.h"
#include "datafile.h"
#include "extract.h"
#include "link/storage_unit.h"
#include "out/asked.h"
#include "out/clean.h"
#include "store/load.h"
#include "tree/compdb.h"
#include "translation_units.h"

/* So many files are parsed before the answer without a word: that takes seconds. */
#define PARSED_MAX 64

static bool known_in_part(const struct options *o, const struct program *p)
{
	asked_require(p, o->args[0],
		      " in what an earlier run looked at (name PATHs to look elsewhere)");
	return true;
}

/* How many tus have facts that are old (*old), and how many have none (*missing). */
static void count_stale(struct store *s, const struct tu_list *tus, size_t *old, size_t *missing)
{
	char *annotations = annotations_find();
	uint64_t key = extract_key(annotations);
	size_t i;

	*old = *missing = 0;
	for (i = 0; i < tus->n; i++) {
		if (!*tus->tus[i].argv || store_fresh(s, &tus->tus[i], key))
			continue;
		if (store_has(s, &tus->tus[i]))
			++*old;
		else
			++*missing;
	}
	free(annotations);
}

/* Dies unless the name is in the facts that are there, old or not. */
static void require_name(struct store *s, const struct options *o, const struct tu_list *tus,
			 size_t missing)
{
	struct program p = { 0 };
	struct arena arena = { 0 };
	size_t i;

	store_load(s, tus, &p, &arena);
	for (i = 0; i < p.nrecords; i++)
		layout_units(&p.records[i], &arena);
	asked_require(&p, o->args[0],
		      missing ? " so far: run 'racybits check' to the end, or name PATHs" : NULL);
	arena_free(&arena);
}

/* If there is much to parse, looks at what is known first: the name may be wrong. */
static void look_first(const struct kernel_tree *tree, const struct options *o,
		       const struct tu_list *tus)
{
	char *name = tree_store_name(tree);
	struct store *s = store_open(o->db, name);
	size_t old, missing;

	count_stale(s, tus, &old, &missing);
	if (old + missing > PARSED_MAX)
		require_name(s, o, tus, missing);
	if (missing > PARSED_MAX)
		die("explain: %zu of %zu files were never analysed, as if a run was interrupted: run 'racybits check' to the end, or name PATHs to look in",
		    missing, tus->n);
	store_close(s);
	free(name);
}

void kept_answer(struct analysis *an, const struct options *given)
{
	struct options o = *given;
	struct kernel_tree tree;
	struct args paths = { 0 };
	struct tu_list tus;

	kerneltree_open(&tree, o.kdir, o.objdir);
	cache_use(&o, &tree);
	if (!o.db || !tus_kept_paths(&tree, o.db, &paths))
		die("explain: no facts of this tree are kept: run 'racybits check' of all of it, once, or name PATHs to look in, as in 'racybits explain %s DIR'",
		    clean(o.args[0]));
	tus_of_paths(&tree, &o, paths.v, paths.n, &tus);
	look_first(&tree, &o, &tus);
	if (paths.n)
		o.loaded = known_in_part;
	analysis_of_tus(an, &o, &tree, &tus, NULL);
	cache_tell(&o, &an->program);
	compdb_free(&tus);
	args_free(&paths);
	kerneltree_close(&tree);
}
