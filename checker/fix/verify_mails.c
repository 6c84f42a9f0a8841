// SPDX-License-Identifier: GPL-2.0-only
/* verify_mails.c - verify that the mails apply, and their style. */
#include <unistd.h>

#include "base/process.h"
#include "build.h"
#include "verify.h"

/* Adds the step as not done, for the lack of a program? */
static bool lacks(struct fix_series *s, struct patch *patch, const char *what, const char *program)
{
	if (program_exists(program))
		return false;
	patch_add_step(patch, VERIFY_SKIPPED, what,
		       arena_printf(&s->a, "%s is not there", program));
	return true;
}

/* Adds the step, which failed if `failure` is not NULL. */
static void add_result(struct patch *patch, const char *what, const char *failure)
{
	patch_add_step(patch, failure ? VERIFY_FAILED : VERIFY_OK, what, failure);
}

/* Runs a program and frees the arguments; NULL, or what it printed if it failed. */
static const char *complaint(struct fix_series *s, const char *cwd, struct args *args)
{
	const char *said = NULL;
	struct result r;

	process_run(&r, cwd, args);
	if (r.status)
		said = arena_printf(&s->a, "%s%s", r.out, r.err);
	result_free(&r);
	args_free(args);
	return said;
}

/* Opens a new copy of the files of the patches as they are in the tree. */
static void copy_open(struct fix_series *s, struct git *copy, const char *name)
{
	static const char what[] = "copy the files";
	struct args args;
	struct result r;

	git_open_own(copy, arena_printf(&s->a, "%s/%s", s->scratch, name), "racybits",
		     "racybits@localhost");
	git_args(&s->repo, &args, "clone");
	args_add(&args, "-q");
	args_add(&args, "%s", s->repo.dir);
	args_add(&args, "%s", copy->dir);
	git_must(&r, &args, what);
	result_free(&r);
	git_args(copy, &args, "reset");
	args_add(&args, "-q");
	args_add(&args, "--hard");
	args_add(&args, "%s", s->base);
	git_must(&r, &args, what);
	result_free(&r);
}

/* NULL if the patch's files in `dir` are what was built and judged; else what differs. */
static const char *compare_files(struct fix_series *s, const struct patch *patch, const char *dir)
{
	const char *wrong = NULL;
	size_t j;

	for (j = 0; j < patch->nfiles; j++) {
		char *path = xasprintf("%s/%s", dir, patch->files[j].file);
		char *text = read_file(path, NULL);

		if (!text || strcmp(text, patch->files[j].after))
			wrong = arena_printf(&s->a, "%s is not what was verified",
					     patch->files[j].file);
		free(text);
		free(path);
	}
	return wrong;
}

/* Applies the mail to the copy by git am, or else by patch. */
static void check_applies(struct fix_series *s, struct patch *patch, const struct git *copy,
			  bool am)
{
	const char *what = am ? "git am on a clean copy" : "patch -p1 on a clean copy";
	struct args args = { 0 };
	const char *failure;

	if (!am && lacks(s, patch, what, "patch"))
		return;
	if (am) {
		git_args(copy, &args, "am");
		args_add(&args, "-q");
	} else {
		args_add(&args, "patch");
		args_add(&args, "-p1");
		args_add(&args, "-s");
		args_add(&args, "-i");
	}
	args_add(&args, "%s", patch->path);
	failure = complaint(s, copy->dir, &args);
	if (!failure)
		failure = compare_files(s, patch, copy->dir);
	add_result(patch, what, failure);
}

/* Runs checkpatch. */
static void check_style(struct fix_series *s, struct patch *patch)
{
	static const char what[] = "checkpatch --strict: nothing but the sender's Signed-off-by is "
				   "missing";
	char *script = xasprintf("%s/scripts/checkpatch.pl", s->o->kdir);
	struct args args = { 0 };

	args_add(&args, "perl");
	args_add(&args, "%s", script);
	/* checkpatch keeps a cache in the current directory: run it outside of the tree. */
	args_add(&args, "--root=%s", s->o->kdir);
	args_add(&args, "--strict");
	args_add(&args, "--no-signoff");
	args_add(&args, "--terse");
	args_add(&args, "--no-summary");
	args_add(&args, "%s", patch->path);
	if (access(script, R_OK))
		patch_add_step(patch, VERIFY_SKIPPED, what,
			       "the tree has no scripts/checkpatch.pl");
	else if (!lacks(s, patch, what, "perl"))
		add_result(patch, what, complaint(s, s->scratch, &args));
	args_free(&args);
	free(script);
}

/* Applies the mails of a posting one on top of the other, to the tree as it is. */
static void posting_check(struct fix_series *s, const struct posting *p)
{
	struct git am, plain;
	size_t i;

	copy_open(s, &am, arena_printf(&s->a, "am-%s", p->name));
	copy_open(s, &plain, arena_printf(&s->a, "plain-%s", p->name));
	for (i = p->first; i < p->first + p->n; i++) {
		check_applies(s, &s->patches[i], &am, true);
		check_applies(s, &s->patches[i], &plain, false);
		check_style(s, &s->patches[i]);
	}
	git_close(&am);
	git_close(&plain);
}

bool verify_mails(struct fix_series *s)
{
	size_t i;

	for (i = 0; i < s->npostings; i++)
		posting_check(s, &s->postings[i]);
	return series_verified(s);
}
