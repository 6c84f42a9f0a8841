// SPDX-License-Identifier: GPL-2.0-only
/* format_patch.c - patches as commits of a scratch repository, and those as mails. */
#include <sys/stat.h>

#include "base/process.h"
#include "cover_letter.h"
#include "files.h"
#include "format_patch.h"
#include "recipients.h"

/* --- the repository */

/* Runs git in the repository and frees the arguments; returns the first line that it prints, malloc'd. */
static char *repository_run(struct args *args)
{
	struct result r;
	char *out;

	git_must(&r, args, "make the patches");
	out = r.out;
	out[strcspn(out, "\n")] = '\0';
	free(r.err);
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

/* Commits all files; returns the commit, malloc'd. */
static char *commit_all(const struct fix_series *s, const char *message)
{
	char *file = xasprintf("%s/message", s->scratch);
	struct args args;

	file_replace(file, message);
	git_args(&s->repo, &args, "add");
	args_add(&args, "-f");
	args_add(&args, ".");
	free(repository_run(&args));
	git_args(&s->repo, &args, "commit");
	args_add(&args, "-q");
	args_add(&args, "--cleanup=verbatim");
	args_add(&args, "-F");
	args_add(&args, "%s", file);
	free(repository_run(&args));
	free(file);
	git_args(&s->repo, &args, "rev-parse");
	args_add(&args, "HEAD");
	return repository_run(&args);
}

static void put_file(const struct fix_series *s, const char *file, const char *text)
{
	char *path = xasprintf("%s/%s", s->repo.dir, file);

	file_replace(path, text);
	free(path);
}

/* Makes the repository; its first commit has the files of all patches as they are in the tree. */
static void repository_make(struct fix_series *s)
{
	/* The sender becomes the author by git commit --amend --reset-author -s. */
	static const char author[] = "racybits", email[] = "racybits@localhost";
	struct args args;
	size_t i, j;

	set_date(s);
	git_open_own(&s->repo, arena_printf(&s->a, "%s/repo", s->scratch), author, email);
	directory_make(s->repo.dir);
	git_args(&s->repo, &args, "init");
	args_add(&args, "-q");
	args_add(&args, "--initial-branch=base");
	free(repository_run(&args));
	/* Backwards, for the first patch to change a file finds it as it is in the tree. */
	for (i = s->n; i-- > 0;)
		for (j = 0; j < s->patches[i].nfiles; j++)
			put_file(s, s->patches[i].files[j].file, s->patches[i].files[j].before);
	s->base = commit_all(s, "base\n");
}

/* Begins the branch of a posting, which has its name, at the tree as it is. */
static void branch_begin(const struct fix_series *s, const struct posting *p)
{
	struct args args;

	git_args(&s->repo, &args, "checkout");
	args_add(&args, "-q");
	args_add(&args, "-b");
	args_add(&args, "posting/%s", p->name);
	args_add(&args, "%s", s->base);
	free(repository_run(&args));
}

/* Commits the patch with its message; fills in patch->commit. */
static void patch_commit(struct fix_series *s, struct patch *patch)
{
	char *message = xasprintf("%s\n\n%s", patch->subject, patch->body);
	size_t j;

	for (j = 0; j < patch->nfiles; j++)
		put_file(s, patch->files[j].file, patch->files[j].after);
	patch->commit = commit_all(s, message);
	free(message);
}

/* --- mails */

static void format_args(struct args *args, const struct fix_series *s, const char *dir)
{
	git_args(&s->repo, args, "format-patch");
	args_add(args, "--zero-commit");
	args_add(args, "--no-signature");
	args_add(args, "--no-numbered");
	args_add(args, "--no-renames");
	args_add(args, "-o");
	args_add(args, "%s", dir);
}

/* The directory of the mails: that of the run, or one below it if there are several postings; malloc'd. */
static char *posting_dir(const struct fix_series *s, const struct posting *p)
{
	return s->npostings > 1 ? xasprintf("%s/%s", s->out, p->name) : xstrdup(s->out);
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

/* Writes the mail of patch i of the posting. */
static void format_one(struct fix_series *s, const struct posting *p, size_t i)
{
	struct patch *patch = &s->patches[p->first + i];
	struct args args, to = { 0 };
	char *dir = posting_dir(s, p);
	size_t k;

	recipients_add(s, patch, &to);
	format_args(&args, s, dir);
	args_add(&args, "--start-number=%zu", i + 1);
	if (p->n > 1)
		args_add(&args, "--subject-prefix=PATCH %zu/%zu", i + 1, p->n);
	for (k = 0; k < to.n; k++)
		args_add(&args, "%s", to.v[k]);
	args_add(&args, "-1");
	args_add(&args, "%s", patch->commit);
	patch->path = repository_run(&args);
	if (patch->notes)
		add_notes(patch);
	args_free(&to);
	free(dir);
}

/* Gives the branch of the posting the cover letter as its description. */
static void describe(struct fix_series *s, const struct posting *p)
{
	struct args args;

	git_args(&s->repo, &args, "config");
	args_add(&args, "branch.posting/%s.description", p->name);
	args_add(&args, "%s", cover_letter(s, p));
	free(repository_run(&args));
}

static void format_cover(struct fix_series *s, const struct posting *p)
{
	struct args args, to = { 0 };
	char *scratch = xasprintf("%s/cover-%s", s->scratch, p->name), *dir = posting_dir(s, p);
	char *from, *path, *text;
	size_t i;

	describe(s, p);
	for (i = 0; i < p->n; i++)
		recipients_add(s, &s->patches[p->first + i], &to);
	format_args(&args, s, scratch);
	args_add(&args, "--subject-prefix=PATCH 0/%zu", p->n);
	args_add(&args, "--cover-letter");
	args_add(&args, "--cover-from-description=subject");
	for (i = 0; i < to.n; i++)
		args_add(&args, "%s", to.v[i]);
	args_add(&args, "%s..posting/%s", s->base, p->name);
	free(repository_run(&args));
	from = xasprintf("%s/0000-cover-letter.patch", scratch);
	path = xasprintf("%s/0000-cover-letter.patch", dir);
	text = read_file(from, NULL);
	if (!text)
		die("git made no cover letter %s:", from);
	file_replace(path, text);
	args_free(&to);
	free(text);
	free(path);
	free(from);
	free(dir);
	free(scratch);
}

static void posting_format(struct fix_series *s, const struct posting *p)
{
	size_t i;

	branch_begin(s, p);
	for (i = 0; i < p->n; i++)
		patch_commit(s, &s->patches[p->first + i]);
	for (i = 0; i < p->n; i++)
		format_one(s, p, i);
	if (p->n > 1)
		format_cover(s, p);
}

void patches_format(struct fix_series *s)
{
	size_t i;

	repository_make(s);
	for (i = 0; i < s->npostings; i++)
		posting_format(s, &s->postings[i]);
}
