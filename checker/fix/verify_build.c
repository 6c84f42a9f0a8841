// SPDX-License-Identifier: GPL-2.0-only
/* verify_build.c - verify that a patch builds without new warnings and lays out as planned. */
#include "build_targets.h"
#include "files.h"
#include "pahole.h"
#include "scratch.h"
#include "verify_build.h"

/* Adds the step, which failed if `failure` is not NULL. */
static void add_result(struct patch *patch, const char *what, const char *brief,
		       const char *failure)
{
	patch_add_step(patch, failure ? VERIFY_FAILED : VERIFY_OK, what, failure)->brief = brief;
}

/* --- builds */

/*
 * Runs make for all usable compilers, or that one, at once; `check`: also sparse, on what clang
 * compiles.
 */
static void make_all(struct copy_builds *c, const struct kernel_build *one,
		     const char *const *goals, const struct args *targets, bool check)
{
	size_t i, k;

	kernel_make_free(c->makes, c->nmakes);
	c->nmakes = 0;
	for (i = 0; i < COMPILERS; i++) {
		struct kernel_make *m = &c->makes[c->nmakes];

		if (!c->builds[i].usable || (one && one != &c->builds[i]))
			continue;
		*m = (struct kernel_make){ .build = &c->builds[i], .targets = targets };
		for (k = 0; goals[k]; k++)
			args_add(&m->goals, "%s", goals[k]);
		if (check && c->sparse == &c->builds[i]) {
			args_add(&m->goals, "C=1");
			args_add(&m->goals, "CHECK=sparse");
		}
		c->nmakes++;
	}
	kernel_make_run(c->makes, c->nmakes, c->s);
}

/* The run of make for that compiler, or NULL. */
static struct kernel_make *make_of(struct copy_builds *c, const struct kernel_build *b)
{
	size_t i;

	for (i = 0; i < c->nmakes; i++)
		if (c->makes[i].build == b)
			return &c->makes[i];
	return NULL;
}

/* Dies if a compiler failed before the first patch. */
static void require_built(struct copy_builds *c)
{
	size_t i;

	for (i = 0; i < c->nmakes; i++)
		if (c->makes[i].result.status)
			die("the tree does not build with %s even before the patches: %s",
			    c->makes[i].build->name, result_error(&c->makes[i].result));
}

/* Does without sparse if kbuild refuses it: 7.x tries it first (scripts/checker-valid.sh).  Was it so? */
static bool drop_sparse(struct copy_builds *c)
{
	struct kernel_make *m = c->sparse ? make_of(c, c->sparse) : NULL;

	if (!m || !strstr(m->result.err, "sparse is not available or not up to date"))
		return false;
	c->sparse = NULL;
	c->sparse_refused = true;
	return true;
}

/* Builds the objects that the patch can break. */
static void build(struct copy_builds *c)
{
	/* pahole reads DWARF 4 of both compilers. */
	static const char *const goals[] = { "W=1", "KCFLAGS=-gdwarf-4", NULL };

	do {
		make_all(c, NULL, goals, &c->targets, true);
	} while (drop_sparse(c));
}

/* Prepares the build by one compiler. */
static void prepare(struct copy_builds *c, const struct kernel_build *b)
{
	static const char *const goals[] = { "olddefconfig", "modules_prepare", NULL };

	make_all(c, b, goals, NULL, false);
	require_built(c);
}

/* Prepares both builds: gcc's begins with the host programs of clang's, which are the same. */
static void prepare_all(struct copy_builds *c)
{
	struct kernel_build *clang = &c->builds[CLANG], *gcc = &c->builds[GCC];

	copy_builds_progress(c, "preparing both builds");
	if (clang->usable) {
		build_configure(clang);
		prepare(c, clang);
	}
	if (!gcc->usable)
		return;
	if (clang->usable)
		build_clone(gcc, clang);
	else
		build_configure(gcc);
	prepare(c, gcc);
}

/* --- what warns without a patch */

/* Has a compiler failed, or warned of anything? */
static bool has_complaint(struct copy_builds *c)
{
	bool any = false;
	size_t i;

	for (i = 0; i < c->nmakes && !any; i++)
		any = c->makes[i].result.status || strstr(c->makes[i].result.err, ": warning: ");
	return any;
}

/* Builds the same objects without any patch, and again with all up to patch i of the series. */
static void build_before(struct copy_builds *c, size_t i)
{
	size_t k;

	for (k = i + 1; k-- > 0;)
		copy_apply(c, &c->s->patches[k], false);
	build(c);
	require_built(c);
	for (k = 0; k < c->nmakes; k++) {
		struct kernel_build *b = &c->builds[c->makes[k].build - c->builds];

		args_free(&b->warnings);
		build_add_warnings(b, &c->makes[k].result, &b->warnings);
	}
	for (k = 0; k <= i; k++)
		copy_apply(c, &c->s->patches[k], true);
	build(c);
}

/* --- the copy */

void copy_apply(const struct copy_builds *c, const struct patch *patch, bool after)
{
	size_t i;

	for (i = 0; i < patch->nfiles; i++) {
		const struct changed_file *f = &patch->files[i];
		char *path = xasprintf("%s/%s", c->src, f->file);

		file_replace(path, after ? f->after : f->before);
		free(path);
	}
}

void copy_builds_progress(struct copy_builds *c, const char *label)
{
	progress_draw(&c->progress, c->steps++, c->s->n + 3, label);
}

void copy_builds_open(struct copy_builds *c, struct fix_series *s)
{
	size_t i;

	*c = (struct copy_builds){ .s = s, .src = xasprintf("%s/src", s->scratch) };
	progress_start(&c->progress);
	copy_builds_progress(c, "copying the tree");
	scratch_copy(s->o->kdir, c->src);
	for (i = 0; i < s->n; i++)
		build_targets(s, &s->patches[i], &c->targets);
	if (!c->targets.n)
		die("no file with code that handles the struct was analysed: nothing can be verified; --no-verify makes the patches");
	for (i = 0; i < COMPILERS; i++)
		build_open(&c->builds[i], s, c->src, i == CLANG);
	if (program_exists("sparse"))
		c->sparse = &c->builds[c->builds[CLANG].usable ? CLANG : GCC];
	prepare_all(c);
}

void copy_builds_close(struct copy_builds *c)
{
	size_t i;

	progress_clear(&c->progress);
	kernel_make_free(c->makes, c->nmakes);
	for (i = 0; i < COMPILERS; i++)
		build_close(&c->builds[i]);
	args_free(&c->targets);
	free(c->src);
}

/* --- steps */

static void check_build(struct copy_builds *c, struct patch *patch, struct kernel_build *b)
{
	struct kernel_make *m = make_of(c, b);
	struct args now = { 0 };
	const char *what;

	if (!m) {
		patch_add_step(patch, VERIFY_SKIPPED,
			       arena_printf(&c->s->a, "build with %s, W=1",
					    b->clang ? "clang" : "gcc"),
			       "the compiler is not there");
		return;
	}
	what = arena_printf(b->a,
			    "%zu object%s built with %s, W=1, without objtool%s: no new warning",
			    c->targets.n, c->targets.n == 1 ? "" : "s", b->name,
			    c->sparse == b ? ", and checked by sparse" : "");
	if (m->result.status) {
		add_result(patch, what, NULL, arena_printf(b->a, "%s", m->result.err));
		return;
	}
	build_add_warnings(b, &m->result, &now);
	add_result(patch, what,
		   arena_printf(b->a, "W=1 with %s%s", b->name,
				c->sparse == b ? " and sparse" : ""),
		   build_new_warnings(&b->warnings, &now, b->a));
	args_free(&now);
}

static void check_layout(struct copy_builds *c, struct patch *patch, const struct kernel_build *b)
{
	const char *wrong = NULL, *what;
	bool found = false;
	size_t i;

	if (!b->usable)
		return;
	for (i = 0; i < c->targets.n && !found; i++) {
		char *object = xasprintf("%s/%s", b->objdir, c->targets.v[i]);

		wrong = pahole_compare(&patch->plan, object, &found, b->a);
		free(object);
	}
	what = arena_printf(b->a, "pahole on the object of %s: sizeof %llu and offsets as planned",
			    b->name, (unsigned long long)patch->plan.bytes);
	if (!program_exists("pahole"))
		patch_add_step(patch, VERIFY_SKIPPED, what, "pahole is not there");
	else
		add_result(patch, what, b == &c->builds[CLANG] ? "pahole" : NULL,
			   found ? wrong : "no object has debug information of it");
}

static void check_size(struct patch *patch, struct arena *a)
{
	const struct fix_plan *plan = &patch->plan;

	if (plan->bytes <= plan->tree_bytes)
		patch_add_step(patch, VERIFY_OK, "sizeof is no larger than in the tree", NULL);
	else
		patch_add_step(patch, VERIFY_OK,
			       arena_printf(a, "sizeof grows by %llu bytes, as the message says",
					    (unsigned long long)(plan->bytes - plan->tree_bytes)),
			       NULL);
}

void verify_build(struct copy_builds *c, struct patch *patch)
{
	args_free(&c->targets);
	build_targets(c->s, patch, &c->targets);
	build(c);
	if (has_complaint(c))
		build_before(c, (size_t)(patch - c->s->patches));
	check_build(c, patch, &c->builds[CLANG]);
	check_build(c, patch, &c->builds[GCC]);
	if (!c->sparse)
		patch_add_step(patch, VERIFY_SKIPPED, "sparse",
			       c->sparse_refused ? "kbuild finds this version of it too old" :
						   "sparse is not there");
}

void verify_layout(struct copy_builds *c, struct patch *patch)
{
	check_layout(c, patch, &c->builds[CLANG]);
	check_layout(c, patch, &c->builds[GCC]);
	check_size(patch, &c->s->a);
}
