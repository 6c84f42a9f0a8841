// SPDX-License-Identifier: GPL-2.0-only
/* cmd_fix.c - `racybits fix`: make, and verify, patches for racy structs. */
#include "analysis.h"
#include "base/tempdir.h"
#include "cache.h"
#include "commands.h"
#include "fix/fix.h"
#include "link/regroup.h"
#include "out/clean.h"
#include "out/asked.h"
#include "translation_units.h"
#include "tree/compdb.h"
#include "tree/tree_path.h"

/* The arguments: those with a slash are paths, the others names of structs. */
struct fix_request {
	const struct options *options;
	char **paths, **names;
	size_t npaths, nnames;
	size_t analysed;	    /* of the paths; 0: all of the configuration */
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
			asked_require(p, o->args[i], NULL);
	return true;
}

/* The names, a blank between them; malloc'd: what their verdicts are kept as. */
static char *names_key(const struct fix_request *r)
{
	char *key = xstrdup(r->nnames ? r->names[0] : ""), *longer;
	size_t i;

	for (i = 1; i < r->nnames; i++) {
		longer = xasprintf("%s %s", key, r->names[i]);
		free(key);
		key = longer;
	}
	return key;
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

/* The tus whose objects are these; the caller frees `tus` of the list; all else belongs to `all`. */
static struct tu_list tus_of_objects(const struct tu_list *all, const struct args *objects)
{
	struct tu_list some = { .tus = xcalloc(all->n + 1, sizeof(*some.tus)) };
	size_t i, j, n;

	for (i = 0; i < all->n; i++) {
		n = strlen(all->tus[i].file) - 1;
		for (j = 0; j < objects->n; j++)
			if (!strncmp(objects->v[j], all->tus[i].file, n) &&
			    !strcmp(objects->v[j] + n, "o"))
				break;
		if (j < objects->n)
			some.tus[some.n++] = all->tus[i];
	}
	return some;
}

/* Reads the sources of the objects; false: the verdicts before do not tell all of the new layout. */
static bool read_again(const struct fix_request *request, const struct options *o,
		       const struct kernel_tree *tree, const struct view *view,
		       const struct args *objects, const struct program *before,
		       struct analysis *an)
{
	struct tu_list tus = tus_of_objects(&request->tus, objects);
	bool told;

	analysis_load(an, o, tree, &tus, view);
	free(tus.tus);
	told = verdicts_regroup(&an->program, before, &an->arena);
	if (!told)
		analysis_free(an);
	return told;
}

/* The facts of all files that do not see those changed are kept. */
static bool judge_again(void *ctx, const char *src, const struct args *changed,
			const struct args *objects, const struct program *before, struct program *p,
			struct arena *a)
{
	const struct fix_request *request = ctx;
	struct options o = *request->options;
	char *file = xasprintf("%s/fixed.overlay", tempdir_path());
	struct view view = { .name = "fixed", .overlay_file = file };
	struct kernel_tree tree;
	struct overlay *overlay;
	struct analysis an;
	bool again;

	kerneltree_open(&tree, o.kdir, o.objdir);
	cache_use(&o, &tree);
	overlay = overlay_of(&tree, src, changed);
	overlay_write(overlay, file);
	view.overlay = overlay;
	o.asked = asked;
	again = objects && read_again(request, &o, &tree, &view, objects, before, &an);
	if (!again)
		analysis_of_tus(&an, &o, &tree, &request->tus, &view);
	overlay_free(overlay);
	kerneltree_close(&tree);
	free(file);
	*p = an.program;
	*a = an.arena;
	return again;
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

/* What was analysed, in the words of a message; malloc'd. */
static char *scope_of(const struct fix_request *r, const struct kernel_tree *tree)
{
	char *name = r->analysed ? tree_name_given(tree, r->paths[0]) : NULL, *scope;

	if (!r->analysed)
		scope = xasprintf("Linux %s", tree->version);
	else if (r->analysed == 1)
		scope = xasprintf("%s of Linux %s", name ? name : r->paths[0], tree->version);
	else
		scope = xasprintf("%zu parts of Linux %s", r->analysed, tree->version);
	free(name);
	return scope;
}

static int make_patches(struct fix_request *r, const struct kernel_tree *tree,
			const struct program *p)
{
	const struct options *o = r->options;
	char *scope = scope_of(r, tree);
	int status;
	const struct fix_options fix = {
		.kdir = tree->kdir,
		.objdir = tree->objdir,
		.arch = tree->arch,
		.scope = scope,
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

	status = fix_run(p, &fix);
	free(scope);
	return status;
}

/* Analyses the paths or, if all of the tree has been analysed and its facts are kept, all of it. */
static void analyse(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		    struct fix_request *r)
{
	r->analysed = r->npaths && r->nnames && tus_kept_all(tree, o, r->paths, r->npaths) ?
			      0 :
			      r->npaths;
	tus_of_paths(tree, o, r->paths, r->analysed, &r->tus);
	analysis_of_tus(an, o, tree, &r->tus, NULL);
}

/* Names on stderr each file that was not analysed, of those that were asked for; returns how many. */
static size_t warn_failed(const struct fix_request *r, const struct kernel_tree *tree,
			  const struct program *p)
{
	size_t i, k, n = 0;

	for (i = 0; i < p->nfailed; i++) {
		bool asked_for = !r->npaths;

		for (k = 0; k < r->npaths && !asked_for; k++) {
			char *name = tree_name_given(tree, r->paths[k]);

			asked_for = !name || path_below(name, p->failed[i].file);
			free(name);
		}
		if (!asked_for)
			continue;
		tu_warn_failed(p->failed[i].file, p->failed[i].reason);
		n++;
	}
	return n;
}

int command_fix(const struct options *o)
{
	struct kernel_tree tree;
	struct fix_request request;
	struct options sliced = *o;
	struct analysis an;
	char *named;
	int status;
	size_t i, failed;

	request_parse(&request, o);
	for (i = 0; i < request.nnames; i++)
		asked_check("fix", request.names[i]);
	named = names_key(&request);
	sliced.named = named;
	sliced.shown = sliced.facts = true;
	sliced.asked = request.nnames ? asked : NULL;
	sliced.loaded = loaded;
	kerneltree_open(&tree, o->kdir, o->objdir);
	cache_use(&sliced, &tree);
	analyse(&an, &sliced, &tree, &request);
	failed = warn_failed(&request, &tree, &an.program);
	request_resolve(&request, &an.program);
	status = make_patches(&request, &tree, &an.program);
	compdb_free(&request.tus);
	if (failed)
		status = 2;
	analysis_free(&an);
	kerneltree_close(&tree);
	request_free(&request);
	free(named);
	return status;
}
