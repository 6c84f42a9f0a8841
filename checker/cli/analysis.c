// SPDX-License-Identifier: GPL-2.0-only
/*
 * analysis.c - the pipeline from a kernel tree to verdicts.
 *
 * Each stage is a room: the compile commands (tree), the facts of each translation unit (front,
 * stored by store), the whole program (store_load), storage units and verdicts (link).
 */
#include "analysis.h"
#include "base/progress.h"
#include "cache.h"
#include "datafile.h"
#include "extract.h"
#include "facts/verdicts.h"
#include "facts/verdicts_adopt.h"
#include "link/link.h"
#include "link/storage_unit.h"
#include "store/files_read.h"
#include "store/load.h"
#include "store/put.h"
#include "translation_units.h"
#include "verdicts_kept.h"
#include "tree/compdb.h"

/* --- the database */

static struct store *tree_store(const struct kernel_tree *tree, const char *db)
{
	char *name = tree_store_name(tree);
	struct store *s = store_open(db, name);

	free(name);
	return s;
}

/* The name of a state in the database; the caller frees it. */
static char *state_name(const char *tree_name, const char *state)
{
	return xasprintf("%s\n%s", tree_name, state);
}

/* The facts of one state of a tree.  Facts of files that are the same in the work tree or in the other
 * state are shared. */
static struct store *view_store(const struct kernel_tree *tree, const char *db,
				const struct view *view, const struct tu_list *tus, uint64_t key)
{
	char *tree_name = tree_store_name(tree);
	char *name = state_name(tree_name, view->name);
	char *other = view->other ? state_name(tree_name, view->other) : NULL;
	struct store *s = store_open_overlay(db, name, view->overlay);

	if (db)
		store_adopt(s, tree_name, tus, key);
	if (db && other)
		store_adopt(s, other, tus, key);
	free(other);
	free(name);
	free(tree_name);
	return s;
}

/* Brings the facts up to date; returns how many tus were parsed. */
static size_t extract(const struct extraction *x, const struct kernel_tree *tree,
		      const struct view *view, const struct tu_list *tus)
{
	char *tree_name, *other;
	size_t parsed;

	if (!view || !view->extract)
		return extract_stale(x, tus);
	tree_name = tree_store_name(tree);
	other = state_name(tree_name, view->other);
	parsed = view->extract(view->extracting, x, other, tus);
	free(other);
	free(tree_name);
	return parsed;
}

/* --- the stages */

static void show_pass(void *ctx, const char *pass, size_t done, size_t total)
{
	char stage[64];

	(void)ctx;
	snprintf(stage, sizeof(stage), "linking: %s", pass);
	progress_stage(stage, done, total);
}

static const struct link_watch shown = { .before = show_pass };

static void describe(struct analysis *an, const struct options *o, const struct kernel_tree *tree)
{
	struct program *p = &an->program;

	an->kdir = arena_printf(&an->arena, "%s", tree->kdir);
	an->config = arena_printf(&an->arena, "%s for %s, in %s/.config", tree->arch,
				  tree->clang ? "clang" : "gcc", tree->objdir);
	p->model = &an->model;
	p->strict = o->strict;
	p->pairs_of = o->pairs ? o->args[0] : NULL;
	snprintf(p->kernel, sizeof(p->kernel), "%s", tree->version);
}

/* Takes the verdicts of an earlier run, on all or on what is asked for; false: they are not known. */
static bool take_verdicts(struct analysis *an, const struct options *o,
			  const struct kernel_tree *tree, struct store *store,
			  const struct tu_list *tus)
{
	uint64_t key;

	if (!o->db || !o->shown || o->pairs)
		return false;
	key = an->key = verdicts_key(store, &an->model, tus);
	if (o->asked)
		an->key = verdicts_key_of(key, o->named ? o->named : o->args[0]);
	return !o->anew &&
	       (verdicts_kept(store, tree, key, &an->arena, &an->program) ||
		(o->asked && verdicts_kept(store, tree, an->key, &an->arena, &an->program)));
}

static void load_facts(struct analysis *an, struct store *store, const struct tu_list *tus)
{
	struct program *p = &an->program;
	size_t i;

	progress_stage("loading the facts", 0, 0);
	store_load(store, tus, p, &an->arena);
	for (i = 0; i < p->nrecords; i++)
		layout_units(&p->records[i], &an->arena);
	progress_end();
}

/* Loads verdicts or facts of the tus from the store.  Returns false if the program need not be judged. */
static bool load(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		 struct store *store, const struct tu_list *tus)
{
	struct program *p = &an->program, described = *p, kept;
	bool judged = take_verdicts(an, o, tree, store, tus);

	if (judged && o->facts) {
		kept = *p;
		*p = described;
		load_facts(an, store, tus);
		judged = verdicts_adopt(p, &kept);
	} else if (!judged) {
		load_facts(an, store, tus);
	}
	if (o->loaded && !o->loaded(o, p)) {
		p->model = NULL;
		return false;
	}
	p->asked = o->asked && !judged ? o->asked(o, p, &an->arena) : NULL;
	return !judged;
}

void analysis_add_absent(struct analysis *an, const struct tu_list *tus)
{
	struct program *p = &an->program;
	struct failed_tu *failed;
	size_t i;

	if (!tus->nabsent && !tus->problem)
		return;
	failed = arena_alloc(&an->arena, (p->nfailed + tus->nabsent + 1) * sizeof(*failed));
	if (p->nfailed)
		memcpy(failed, p->failed, p->nfailed * sizeof(*failed));
	for (i = 0; i < tus->nabsent; i++)
		failed[p->nfailed++] =
			(struct failed_tu){ .file = arena_printf(&an->arena, "%s", tus->absent[i]),
					    .reason = compdb_absent };
	if (tus->problem)
		failed[p->nfailed++] = (struct failed_tu){
			.file = "make", .reason = arena_printf(&an->arena, "%s", tus->problem)
		};
	p->failed = failed;
	p->stats.failed = (uint32_t)p->nfailed;
}

bool analysis_load(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		   const struct tu_list *tus, const struct view *view)
{
	char *annotations = annotations_find();
	struct extraction x = { .key = extract_key(annotations),
				.workers = o->jobs,
				.plain = o->plain,
				.readable = view ? view->readable : NULL,
				.front = { .kdir = tree->kdir,
					   .overlay = view ? view->overlay : NULL,
					   .overlay_file = view ? view->overlay_file : NULL,
					   .annotations = annotations } };
	size_t parsed;
	bool wanted;

	memset(an, 0, sizeof(*an));
	models_read(&an->model, o);
	x.store = view ? view_store(tree, o->db, view, tus, x.key) : tree_store(tree, o->db);
	parsed = extract(&x, tree, view, tus);
	if (view && view->files)
		store_files_read(x.store, tus, view->files->v, view->files->n, view->read);
	describe(an, o, tree);
	wanted = !(view && view->known && view->known(view->ctx, x.store, an, tus)) &&
		 load(an, o, tree, x.store, tus);
	an->program.stats.reused = (uint32_t)(tus->n - parsed);
	store_close(x.store);
	free(annotations);
	return wanted;
}

void analysis_judge(struct analysis *an, const struct options *o)
{
	link_program(&an->program, &an->arena, o->jobs, o->watch ? o->watch : &shown);
	progress_end();
}

static void keep_verdicts(const struct analysis *an, const struct options *o,
			  const struct kernel_tree *tree)
{
	struct buf verdicts = { 0 };

	verdicts_encode(&verdicts, &an->program);
	verdicts_keep(tree, o->db, an->key, &verdicts);
	free(verdicts.data);
}

void analysis_of_tus(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		     const struct tu_list *tus, const struct view *view)
{
	double start = seconds_now();
	size_t nfunctions;

	if (analysis_load(an, o, tree, tus, view)) {
		nfunctions = an->program.nfunctions;
		analysis_judge(an, o);
		if (an->key)
			keep_verdicts(an, o, tree);
		if (o->facts)
			verdicts_drop_copies(&an->program, nfunctions);
	}
	analysis_add_absent(an, tus);
	an->program.stats.seconds = seconds_now() - start;
}

/* Analyses the paths of a tree that is open; `o` names the database. */
static void make_of_paths(struct analysis *an, const struct options *o,
			  const struct kernel_tree *tree, char *const *paths, size_t npaths)
{
	double start = seconds_now();
	struct tu_list tus;

	tus_of_paths(tree, o, paths, npaths, &tus);
	analysis_of_tus(an, o, tree, &tus, NULL);
	an->program.stats.seconds = seconds_now() - start;
	compdb_free(&tus);
}

void analysis_make(struct analysis *an, const struct options *given, char *const *paths,
		   size_t npaths)
{
	struct options o = *given;
	struct kernel_tree tree;

	kerneltree_open(&tree, o.kdir, o.objdir);
	cache_use(&o, &tree);
	make_of_paths(an, &o, &tree, paths, npaths);
	kerneltree_close(&tree);
}

void analysis_free(struct analysis *an)
{
	arena_free(&an->arena);
	model_free(&an->model);
}

int analysis_status(const struct program *p, unsigned int findings)
{
	return p->nfailed ? 2 : findings ? 1 : 0;
}

void analysis_warn_failed(const struct program *p)
{
	size_t i;

	for (i = 0; i < p->nfailed; i++)
		tu_warn_failed(p->failed[i].file, p->failed[i].reason);
}
