// SPDX-License-Identifier: GPL-2.0-only
/* format_patch.c - patches as commits of a scratch repository, and those as mails. */
#include <sys/stat.h>

#include "base/process.h"
#include "cover_letter.h"
#include "files.h"
#include "format_patch.h"
#include "recipients.h"

/* --- the repository */

/* git in the repository, with no configuration but ours. */
static void repository_args(struct args *args, const struct fix_series *s)
{
	args_add(args, "env");
	args_add(args, "GIT_CONFIG_NOSYSTEM=1");
	args_add(args, "GIT_CONFIG_GLOBAL=/dev/null");
	args_add(args, "git");
	args_add(args, "-C");
	args_add(args, "%s", s->repo);
	/* The sender becomes the author by git commit --amend --reset-author -s. */
	args_add(args, "-c");
	args_add(args, "user.name=racybits");
	args_add(args, "-c");
	args_add(args, "user.email=racybits@localhost");
	args_add(args, "-c");
	args_add(args, "core.hooksPath=/dev/null");
	args_add(args, "-c");
	args_add(args, "commit.gpgSign=false");
}

/* Runs git and frees the arguments; returns the first line that it prints, malloc'd. */
static char *repository_run(struct args *args)
{
	struct result r;
	char *out;

	process_run(&r, NULL, args);
	if (r.status)
		die("git: %s", result_last_line(&r));
	out = r.out;
	out[strcspn(out, "\n")] = '\0';
	free(r.err);
	args_free(args);
	return out;
}

/* Commits have the time of the tree's Makefile, so that the same tree gives the same patches. */
static void set_date(const struct fix_series *s)
{
	char *makefile = xasprintf("%s/Makefile", s->o->kdir), *date;
	struct stat st;

	if (stat(makefile, &st))
		die("cannot read %s:", makefile);
	date = xasprintf("%lld +0000", (long long)st.st_mtime);
	setenv("GIT_AUTHOR_DATE", date, 1);
	setenv("GIT_COMMITTER_DATE", date, 1);
	free(makefile);
	free(date);
}

/* Commits all files; returns the commit. */
static char *commit_all(const struct fix_series *s, const char *message)
{
	char *file = xasprintf("%s/message", s->scratch), *out;
	struct args args = { 0 };

	file_replace(file, message);
	repository_args(&args, s);
	args_add(&args, "add");
	args_add(&args, "-f");
	args_add(&args, ".");
	free(repository_run(&args));
	repository_args(&args, s);
	args_add(&args, "commit");
	args_add(&args, "-q");
	args_add(&args, "--cleanup=verbatim");
	args_add(&args, "-F");
	args_add(&args, "%s", file);
	free(repository_run(&args));
	repository_args(&args, s);
	args_add(&args, "rev-parse");
	args_add(&args, "HEAD");
	out = repository_run(&args);
	free(file);
	return out;
}

static void put_file(const struct fix_series *s, const char *file, const char *text)
{
	char *path = xasprintf("%s/%s", s->repo, file);

	file_replace(path, text);
	free(path);
}

void repository_make(struct fix_series *s)
{
	struct args args = { 0 };
	size_t i, j;

	set_date(s);
	s->repo = xasprintf("%s/repo", s->scratch);
	directory_make(s->repo);
	repository_args(&args, s);
	args_add(&args, "init");
	args_add(&args, "-q");
	args_add(&args, "--initial-branch=main");
	free(repository_run(&args));
	/* Backwards, for the first patch to change a file finds it as it is in the tree. */
	for (i = s->n; i-- > 0;)
		for (j = 0; j < s->patches[i].nfiles; j++)
			put_file(s, s->patches[i].files[j].file, s->patches[i].files[j].before);
	s->base = commit_all(s, "base\n");
}

void patch_commit(struct fix_series *s, struct patch *patch)
{
	char *message = xasprintf("%s\n\n%s", patch->subject, patch->body);
	size_t j;

	for (j = 0; j < patch->nfiles; j++)
		put_file(s, patch->files[j].file, patch->files[j].after);
	patch->commit = commit_all(s, message);
	free(message);
}

/* --- mails */

static void format_args(struct args *args, const struct fix_series *s)
{
	repository_args(args, s);
	args_add(args, "format-patch");
	args_add(args, "--zero-commit");
	args_add(args, "--no-signature");
	args_add(args, "--no-numbered");
	args_add(args, "--no-renames");
	args_add(args, "-o");
}

/* Puts the notes of the patch below the --- of its mail. */
static void add_notes(const struct patch *patch)
{
	char *text = read_file(patch->path, NULL), *at = text ? strstr(text, "\n---\n") : NULL,
	     *all;

	if (!at)
		die("git made no patch %s:", patch->path);
	at += strlen("\n---\n");
	all = xasprintf("%.*s%s\n%s", (int)(at - text), text, patch->notes, at);
	file_replace(patch->path, all);
	free(all);
	free(text);
}

static void format_one(struct fix_series *s, size_t i)
{
	struct patch *patch = &s->patches[i];
	struct args args = { 0 }, to = { 0 };
	size_t k;

	recipients_add(s, patch, &to);
	format_args(&args, s);
	args_add(&args, "%s", s->out);
	args_add(&args, "--start-number=%zu", i + 1);
	if (s->n > 1)
		args_add(&args, "--subject-prefix=PATCH %zu/%zu", i + 1, s->n);
	for (k = 0; k < to.n; k++)
		args_add(&args, "%s", to.v[k]);
	args_add(&args, "-1");
	args_add(&args, "%s", patch->commit);
	patch->path = repository_run(&args);
	if (patch->notes)
		add_notes(patch);
	args_free(&to);
}

static void format_cover(struct fix_series *s)
{
	struct args args = { 0 }, to = { 0 };
	char *dir = xasprintf("%s/cover", s->scratch), *from, *path, *text;
	size_t i;

	repository_args(&args, s);
	args_add(&args, "config");
	args_add(&args, "branch.main.description");
	args_add(&args, "%s", cover_letter(s));
	free(repository_run(&args));
	for (i = 0; i < s->n; i++)
		recipients_add(s, &s->patches[i], &to);
	format_args(&args, s);
	args_add(&args, "%s", dir);
	args_add(&args, "--subject-prefix=PATCH 0/%zu", s->n);
	args_add(&args, "--cover-letter");
	args_add(&args, "--cover-from-description=subject");
	for (i = 0; i < to.n; i++)
		args_add(&args, "%s", to.v[i]);
	args_add(&args, "%s..main", s->base);
	free(repository_run(&args));
	from = xasprintf("%s/0000-cover-letter.patch", dir);
	path = xasprintf("%s/0000-cover-letter.patch", s->out);
	text = read_file(from, NULL);
	if (!text)
		die("git made no cover letter %s:", from);
	file_replace(path, text);
	args_free(&to);
	free(text);
	free(path);
	free(from);
	free(dir);
}

void patches_format(struct fix_series *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		format_one(s, i);
	if (s->n > 1)
		format_cover(s);
}
