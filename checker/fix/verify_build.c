// SPDX-License-Identifier: GPL-2.0-only
/* verify_build.c - verify that a patch builds without new warnings and lays out as planned. */
#include "pahole.h"
#include "scratch.h"
#include "verify_build.h"

/* Adds the step, which failed if `failure` is not NULL. */
static void add_result(struct patch *patch, const char *what, const char *failure)
{
	patch_add_step(patch, failure ? VERIFY_FAILED : VERIFY_OK, what, failure);
}

/* --- builds */

/* Builds the targets with all warnings, which are added to `warnings`; NULL, or why it failed. */
static const char *build_all(struct copy_builds *c, struct kernel_build *b, struct args *warnings)
{
	struct args more = { 0 };
	const char *failure;

	if (!c->targets.n)
		return "no file with code that handles the struct was analysed";
	args_add(&more, "W=1");
	args_add(&more, "KCFLAGS=-gdwarf-4");
	failure = build_make(b, &more, &c->targets, warnings);
	args_free(&more);
	return failure;
}

/* The same with sparse, on the build by clang. */
static const char *sparse_all(struct copy_builds *c, struct args *warnings)
{
	struct args more = { 0 };
	const char *failure;

	args_add(&more, "C=2");
	args_add(&more, "CHECK=sparse");
	args_add(&more, "W=1");
	args_add(&more, "KCFLAGS=-gdwarf-4");
	failure = build_make(&c->builds[CLANG], &more, &c->targets, warnings);
	args_free(&more);
	return failure;
}

/* Builds before any patch: what warns then is not held against a patch. */
static void build_first(struct copy_builds *c, struct kernel_build *b)
{
	const char *failure = build_prepare(b);

	if (!failure)
		failure = build_all(c, b, &b->warnings);
	if (failure)
		die("the tree does not build with %s even before the patches: %.*s", b->name,
		    (int)strcspn(failure, "\n"), failure);
}

void copy_builds_open(struct copy_builds *c, struct fix_series *s)
{
	size_t i;

	*c = (struct copy_builds){ .s = s, .src = xasprintf("%s/src", s->scratch) };
	scratch_copy(s->o->kdir, c->src);
	build_targets(s, &c->targets);
	for (i = 0; i < COMPILERS; i++) {
		build_open(&c->builds[i], s, c->src, i == CLANG);
		if (c->builds[i].usable)
			build_first(c, &c->builds[i]);
	}
	if (program_exists("sparse") && c->builds[CLANG].usable)
		sparse_all(c, &c->sparse_warnings);
}

void copy_builds_close(struct copy_builds *c)
{
	size_t i;

	for (i = 0; i < COMPILERS; i++)
		build_close(&c->builds[i]);
	args_free(&c->targets);
	args_free(&c->sparse_warnings);
	free(c->src);
}

/* --- steps */

static void check_build(struct copy_builds *c, struct patch *patch, struct kernel_build *b)
{
	const char *failure, *what;
	struct args now = { 0 };

	if (!b->usable) {
		patch_add_step(patch, VERIFY_SKIPPED,
			       arena_printf(b->a, "build with %s, W=1", b->clang ? "clang" : "gcc"),
			       "the compiler is not there");
		return;
	}
	what = arena_printf(b->a, "%zu objects built with %s, W=1: no new warning", c->targets.n,
			    b->name);
	failure = build_all(c, b, &now);
	add_result(patch, what, failure ? failure : build_new_warnings(&b->warnings, &now, b->a));
	args_free(&now);
}

static void check_sparse(struct copy_builds *c, struct patch *patch)
{
	const char *failure;
	struct args now = { 0 };

	if (!program_exists("sparse") || !c->builds[CLANG].usable) {
		patch_add_step(patch, VERIFY_SKIPPED, "make C=2 with sparse",
			       "sparse is not there");
		return;
	}
	failure = sparse_all(c, &now);
	add_result(patch, "make C=2 with sparse: no new warning",
		   failure ? failure : build_new_warnings(&c->sparse_warnings, &now, &c->s->a));
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
		add_result(patch, what, found ? wrong : "no object has debug information of it");
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
	check_build(c, patch, &c->builds[CLANG]);
	check_build(c, patch, &c->builds[GCC]);
	check_sparse(c, patch);
}

void verify_layout(struct copy_builds *c, struct patch *patch)
{
	check_layout(c, patch, &c->builds[CLANG]);
	check_layout(c, patch, &c->builds[GCC]);
	check_size(patch, &c->s->a);
}
