// SPDX-License-Identifier: GPL-2.0-only
/* analysis.c - the stages from a kernel tree to verdicts. */
#include <limits.h>
#include <time.h>
#include <unistd.h>

#include "analysis.h"
#include "tree/compdb.h"
#include "extract.h"
#include "link/storage_unit.h"
#include "link/link.h"
#include "kernel/model_files.h"
#include "out/clean.h"
#include "store/load.h"
#include "store/put.h"

/* --- data files */

/* dir/rest if it has a readable file of this name, else NULL; the caller frees it. */
static char *directory_with(const char *dir, const char *rest, const char *name)
{
	char *found = xasprintf("%s%s", dir, rest), *path = xasprintf("%s/%s", found, name);

	if (access(path, R_OK)) {
		free(found);
		found = NULL;
	}
	free(path);
	return found;
}

/*
 * The directory of a data file: beside the program where it was built; where both were installed,
 * which may have been moved as a whole; or where make install puts it.  The caller frees it; dies if
 * the file is in none of them.
 */
static char *data_directory(const char *name)
{
	char exe[PATH_MAX], *dir = NULL;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n > 0) {
		exe[n] = '\0';
		*strrchr(exe, '/') = '\0';
		dir = directory_with(exe, "/checker/kernel", name);
		if (!dir)
			dir = directory_with(exe, "/../share/racybits", name);
	}
	if (!dir)
		dir = directory_with(RACYBITS_DATADIR, "", name);
	if (!dir)
		die("no %s in checker/kernel/ beside the program nor in %s; install it there", name,
		    RACYBITS_DATADIR);
	return dir;
}

void models_read(struct linux_model *m, const struct options *o)
{
	char *dir = data_directory(model_file_first());
	size_t i;

	model_read_default(m, dir);
	for (i = 0; i < o->nmodels; i++)
		model_read(m, &o->models[i], 1);
	free(dir);
}

char *annotations_find(void)
{
	static const char name[] = "annotations.h";
	char *dir = data_directory(name), *path = xasprintf("%s/%s", dir, name);

	free(dir);
	return path;
}

/* --- the stages */

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

char *tree_name_for_store(const struct kernel_tree *tree)
{
	return xasprintf("%s\n%s", tree->kdir, tree->objdir);
}

static struct store *tree_store(const struct kernel_tree *tree, const char *db)
{
	char *name = tree_name_for_store(tree);
	struct store *s = store_open(db, name);

	free(name);
	return s;
}

static struct store *view_store(const struct kernel_tree *tree, const char *db,
				const struct view *view, const struct tu_list *tus, uint64_t key)
{
	char *tree_name = tree_name_for_store(tree);
	char *name = xasprintf("%s\n%s", tree_name, view->name);
	char *other = xasprintf("%s\n%s", tree_name, view->other);
	struct store *s = store_open_overlay(db, name, view->overlay);

	if (db)
		store_adopt(s, other, tus, key);
	free(other);
	free(name);
	free(tree_name);
	return s;
}

/* Facts that are in the store become verdicts. */
static void judge(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		  struct store *store, const struct tu_list *tus)
{
	struct program *p = &an->program;
	size_t i;

	store_load(store, tus, p, &an->arena);
	for (i = 0; i < p->nrecords; i++)
		layout_units(&p->records[i], &an->arena);
	p->model = &an->model;
	p->strict = o->strict;
	snprintf(p->kernel, sizeof(p->kernel), "%s", tree->version);
	link_program(p, &an->arena);
}

/* A path that was asked for, but in which nothing is built, was not analysed either. */
static void add_absent(struct analysis *an, const struct tu_list *tus)
{
	struct program *p = &an->program;
	struct failed_tu *failed =
		arena_alloc(&an->arena, (p->nfailed + tus->nabsent) * sizeof(*failed));
	size_t i;

	if (p->nfailed)
		memcpy(failed, p->failed, p->nfailed * sizeof(*failed));
	for (i = 0; i < tus->nabsent; i++)
		failed[p->nfailed++] =
			(struct failed_tu){ .file = arena_printf(&an->arena, "%s", tus->absent[i]),
					    .reason = compdb_absent };
	p->failed = failed;
	p->stats.failed = (uint32_t)p->nfailed;
}

void analysis_of(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		 const struct tu_list *tus, const struct view *view)
{
	char *annotations = annotations_find();
	struct extraction x = { .key = extract_key(annotations),
				.workers = o->jobs,
				.plain = o->plain,
				.front = { .kdir = tree->kdir,
					   .overlay = view ? view->overlay_file : NULL,
					   .annotations = annotations } };
	double start = seconds_now();
	size_t new;

	memset(an, 0, sizeof(*an));
	models_read(&an->model, o);
	x.store = view ? view_store(tree, o->db, view, tus, x.key) : tree_store(tree, o->db);
	new = extract_stale(&x, tus);
	judge(an, o, tree, x.store, tus);
	if (tus->nabsent)
		add_absent(an, tus);
	an->program.stats.reused = (uint32_t)(tus->n - new);
	an->program.stats.seconds = seconds_now() - start;
	store_close(x.store);
	free(annotations);
}

void analysis_make(struct analysis *an, const struct options *o, char *const *paths, size_t npaths)
{
	double start = seconds_now();
	struct kernel_tree tree;
	struct tu_list tus;

	kerneltree_open(&tree, o->kdir, o->objdir);
	analysis_units(&tree, o, paths, npaths, &tus);
	analysis_of(an, o, &tree, &tus, NULL);
	an->program.stats.seconds = seconds_now() - start;
	compdb_free(&tus);
	kerneltree_close(&tree);
}

void analysis_free(struct analysis *an)
{
	arena_free(&an->arena);
	model_free(&an->model);
}

void warn_file_failed(const char *file, const char *reason)
{
	warn("%s: not analysed: %s", clean(file), clean(reason));
}

void warn_failed(const struct program *p)
{
	size_t i;

	for (i = 0; i < p->nfailed; i++)
		warn_file_failed(p->failed[i].file, p->failed[i].reason);
}
