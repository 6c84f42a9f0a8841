// SPDX-License-Identifier: GPL-2.0-only
/* cmd_fix.c - `racybits fix`: make, and verify, patches for racy structs. */
#include "analysis.h"
#include "base/tempdir.h"
#include "cache.h"
#include "commands.h"
#include "fix/fix.h"
#include "out/clean.h"
#include "out/asked.h"
#include "translation_units.h"
#include "tree/compdb.h"

/* The arguments: those with a slash are paths, the others names of structs. */
struct fix_request {
	const struct options *options;
	char **paths, **names;
	size_t npaths, nnames;
	struct fix_target *targets; /* what the names mean */
	struct tu_list tus;	    /* of the paths */
};

static void request_parse(struct fix_request *r, const struct options *o)
{
	size_t i, names_cap = 0, paths_cap = 0;

	*r = (struct fix_request){ .options = o };
	for (i = 0; i < o->nargs; i++) {
		if (strchr(o->args[i], '/'))
			*vec_add(r->paths, r->npaths, paths_cap) = o->args[i];
		else
			*vec_add(r->names, r->nnames, names_cap) = o->args[i];
	}
}

/* The structs that are named: the others need not be judged.  NULL: none is. */
static const bool *asked(const struct options *o, const struct program *p, struct arena *a)
{
	bool *all = NULL;
	size_t i, k;

	for (i = 0; i < o->nargs; i++) {
		const bool *one;

		if (strchr(o->args[i], '/'))
			continue;
		one = asked_records(p, o->args[i], a);
		if (!all)
			all = arena_alloc(a, p->nrecords * sizeof(*all));
		for (k = 0; k < p->nrecords; k++)
			all[k] |= one[k];
	}
	return all;
}

/* Dies if a name is neither a struct with bitfields that was analysed nor a bitfield of one. */
static bool loaded(const struct options *o, const struct program *p)
{
	size_t i;

	for (i = 0; i < o->nargs; i++)
		if (!strchr(o->args[i], '/'))
			asked_require(p, o->args[i]);
	return true;
}

/* Finds what the names mean. */
static void request_resolve(struct fix_request *r, const struct program *p)
{
	size_t i;

	r->targets = xcalloc(r->nnames + 1, sizeof(*r->targets));
	for (i = 0; i < r->nnames; i++)
		r->targets[i].record = asked_split(p, r->names[i], &r->targets[i].field);
}

static void request_free(struct fix_request *r)
{
	size_t i;

	for (i = 0; i < r->nnames; i++)
		free(r->targets[i].record);
	free(r->targets);
	free(r->paths);
	free(r->names);
}

/* The overlay of the changed files over the tree. */
static struct overlay *overlay_of(const struct kernel_tree *tree, const char *src,
				  const struct args *changed)
{
	struct overlay *overlay = overlay_new();
	size_t i;

	for (i = 0; i < changed->n; i++) {
		char *path = xasprintf("%s/%s", tree->kdir, changed->v[i]);
		char *actual = xasprintf("%s/%s", src, changed->v[i]);

		overlay_add(overlay, path, actual);
		free(actual);
		free(path);
	}
	return overlay;
}

/* Judges the same paths with changed files; the facts of all files that do not see them are kept. */
static void judge_again(void *ctx, const char *src, const struct args *changed, struct program *p,
			struct arena *a)
{
	const struct fix_request *request = ctx;
	struct options o = *request->options;
	char *file = xasprintf("%s/fixed.overlay", tempdir_path());
	struct view view = { .name = "fixed", .overlay_file = file };
	struct kernel_tree tree;
	struct overlay *overlay;
	struct tu_list tus;
	struct analysis an;

	kerneltree_open(&tree, o.kdir, o.objdir);
	cache_use(&o, &tree);
	overlay = overlay_of(&tree, src, changed);
	overlay_write(overlay, file);
	view.overlay = overlay;
	o.asked = asked;
	tus_of_paths(&tree, &o, request->paths, request->npaths, &tus);
	analysis_of_tus(&an, &o, &tree, &tus, &view);
	compdb_free(&tus);
	overlay_free(overlay);
	kerneltree_close(&tree);
	free(file);
	*p = an.program;
	*a = an.arena;
}

static bool is_compiled(void *ctx, const char *file)
{
	const struct fix_request *request = ctx;
	size_t i;

	for (i = 0; i < request->tus.n; i++)
		if (!strcmp(request->tus.tus[i].file, file))
			return true;
	return false;
}

static int make_patches(struct fix_request *r, const struct kernel_tree *tree,
			const struct program *p)
{
	const struct options *o = r->options;
	const struct fix_options fix = {
		.kdir = tree->kdir,
		.objdir = tree->objdir,
		.arch = tree->arch,
		.kernel = tree->version,
		.clang = tree->clang,
		.out = o->output ? o->output : ".",
		.jobs = o->jobs,
		.strategy = o->strategy,
		.grow = o->grow,
		.verify = !o->no_verify,
		.targets = r->targets,
		.ntargets = r->nnames,
		.judge = judge_again,
		.is_compiled = is_compiled,
		.ctx = r,
	};

	return fix_run(p, &fix);
}

int command_fix(const struct options *o)
{
	struct kernel_tree tree;
	struct fix_request request;
	struct options sliced = *o;
	struct analysis an;
	int status;
	size_t i;

	request_parse(&request, o);
	for (i = 0; i < request.nnames; i++)
		asked_check("fix", request.names[i]);
	sliced.asked = asked;
	sliced.loaded = loaded;
	kerneltree_open(&tree, o->kdir, o->objdir);
	analysis_make(&an, &sliced, request.paths, request.npaths);
	analysis_warn_failed(&an.program);
	request_resolve(&request, &an.program);
	tus_of_paths(&tree, o, request.paths, request.npaths, &request.tus);
	status = make_patches(&request, &tree, &an.program);
	compdb_free(&request.tus);
	if (an.program.nfailed)
		status = 2;
	analysis_free(&an);
	kerneltree_close(&tree);
	request_free(&request);
	return status;
}
