// SPDX-License-Identifier: GPL-2.0-only
/* verify_mails.c - verify that the mails apply, and their style. */
#include <unistd.h>

#include "base/process.h"
#include "verify.h"

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

/* Makes a copy of the files of the patches as they are in the tree; returns its directory, malloc'd. */
static char *clean_copy(struct fix_series *s, const char *name)
{
	char *dir = xasprintf("%s/%s", s->scratch, name);
	struct args args = { 0 };
	const char *failure;

	args_add(&args, "git");
	args_add(&args, "clone");
	args_add(&args, "-q");
	args_add(&args, "%s", s->repo);
	args_add(&args, "%s", dir);
	failure = complaint(s, NULL, &args);
	args_add(&args, "git");
	args_add(&args, "reset");
	args_add(&args, "-q");
	args_add(&args, "--hard");
	args_add(&args, "%s", s->base);
	if (failure || complaint(s, dir, &args))
		die("cannot copy the files to %s", dir);
	return dir;
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

/* Applies the mail to the copy `dir` by git am, or else by patch. */
static void check_applies(struct fix_series *s, struct patch *patch, const char *dir, bool am)
{
	char *path = realpath(patch->path, NULL);
	struct args args = { 0 };
	const char *failure;

	if (am) {
		args_add(&args, "git");
		args_add(&args, "-c");
		args_add(&args, "user.name=racybits");
		args_add(&args, "-c");
		args_add(&args, "user.email=racybits@localhost");
		args_add(&args, "am");
		args_add(&args, "-q");
	} else {
		args_add(&args, "patch");
		args_add(&args, "-p1");
		args_add(&args, "-s");
		args_add(&args, "-i");
	}
	args_add(&args, "%s", path);
	failure = complaint(s, dir, &args);
	if (!failure)
		failure = compare_files(s, patch, dir);
	add_result(patch, am ? "git am on a clean copy" : "patch -p1 on a clean copy", failure);
	free(path);
}

/* Runs checkpatch. */
static void check_style(struct fix_series *s, struct patch *patch)
{
	static const char what[] = "checkpatch --strict: nothing but the sender's Signed-off-by is "
				   "missing";
	char *script = xasprintf("%s/scripts/checkpatch.pl", s->o->kdir);
	char *path = realpath(patch->path, NULL);
	struct args args = { 0 };

	args_add(&args, "perl");
	args_add(&args, "%s", script);
	/* checkpatch keeps a cache in the current directory: run it outside of the tree. */
	args_add(&args, "--root=%s", s->o->kdir);
	args_add(&args, "--strict");
	args_add(&args, "--no-signoff");
	args_add(&args, "--terse");
	args_add(&args, "--no-summary");
	args_add(&args, "%s", path);
	if (access(script, R_OK))
		patch_add_step(patch, VERIFY_SKIPPED, what,
			       "the tree has no scripts/checkpatch.pl");
	else
		add_result(patch, what, complaint(s, s->scratch, &args));
	args_free(&args);
	free(script);
	free(path);
}

bool verify_mails(struct fix_series *s)
{
	char *am = clean_copy(s, "am"), *plain = clean_copy(s, "plain");
	size_t i;

	for (i = 0; i < s->n; i++) {
		check_applies(s, &s->patches[i], am, true);
		check_applies(s, &s->patches[i], plain, false);
		check_style(s, &s->patches[i]);
	}
	free(am);
	free(plain);
	return series_verified(s);
}
