// SPDX-License-Identifier: GPL-2.0-only
/* repository.c - use a git repository without writing to it. */
#include <errno.h>
#include <sys/stat.h>

#include "repository.h"

/* The path of a part of the repository ("index", "objects"), malloc'd. */
static char *repository_path(const struct patch_series *s, const char *name)
{
	struct args args;
	struct result r;
	char *path;

	git_args(&s->git, &args, "rev-parse");
	args_add(&args, "--path-format=absolute");
	args_add(&args, "--git-path");
	args_add(&args, "%s", name);
	git_must(&r, &args, "read the git repository");
	/* One line, but the path may have newlines in it. */
	path = xasprintf("%.*s", r.bytes ? (int)r.bytes - 1 : 0, r.out);
	result_free(&r);
	return path;
}

/* Dies unless the tree is a git work tree, and its top. */
static void require_top(const struct patch_series *s)
{
	static const char make_one[] =
		"'git init && git add -A && git commit -m base' there makes it a repository of its own";
	struct args args;
	struct result r;

	git_args(&s->git, &args, "rev-parse");
	args_add(&args, "--show-prefix");
	git_run(&r, &args);
	if (r.status)
		die("%s: not a git work tree: %s; %s", s->kdir, plain_line(result_error(&r)),
		    make_one);
	if (*r.out && *r.out != '\n')
		die("%s: not the top of its git work tree; %s", s->kdir, make_one);
	result_free(&r);
}

/* git refreshes the index that it reads: it gets a copy. */
static void copy_index(struct patch_series *s)
{
	char *from = repository_path(s, "index"), *data;
	struct output out;
	size_t n;

	s->index = xasprintf("%s/index", s->dir);
	data = read_file(from, &n);
	if (!data && errno != ENOENT)
		die("cannot read %s:", from);
	if (data) {
		output_open(&out, s->index);
		fwrite(data, 1, n, out.f);
		output_commit(&out);
	}
	free(data);
	free(from);
}

/*
 * Quotes a path for GIT_ALTERNATE_OBJECT_DIRECTORIES, whose paths are separated by colons unless they are
 * in double quotes, with escapes as in C (git(1)).
 */
static char *quoted(const char *path)
{
	char *text = xmalloc(4 * strlen(path) + 3), *at = text;

	*at++ = '"';
	for (; *path; path++) {
		if ((unsigned char)*path < ' ' || *path == '"' || *path == '\\')
			at += sprintf(at, "\\%03o", (unsigned int)*path);
		else
			*at++ = *path;
	}
	*at++ = '"';
	*at = '\0';
	return text;
}

/* Lets git write objects to s->dir, and find there and in the repository those that it reads. */
static void move_objects(const struct patch_series *s)
{
	char *ours = xasprintf("%s/objects", s->dir);
	char *theirs = repository_path(s, "objects"), *alternate = quoted(theirs);

	if (mkdir(ours, 0777))
		die("cannot make directory %s:", ours);
	setenv("GIT_OBJECT_DIRECTORY", ours, 1);
	setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", alternate, 1);
	free(alternate);
	free(theirs);
	free(ours);
}

void repository_open(struct patch_series *s)
{
	/* A hook that runs us has these for its own repository (githooks(5)). */
	static const char *const stale[] = { "GIT_DIR",
					     "GIT_WORK_TREE",
					     "GIT_PREFIX",
					     "GIT_INDEX_FILE",
					     "GIT_OBJECT_DIRECTORY",
					     "GIT_COMMON_DIR",
					     "GIT_ALTERNATE_OBJECT_DIRECTORIES" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(stale); i++)
		unsetenv(stale[i]);
	git_open(&s->git, s->kdir);
	require_top(s);
	copy_index(s);
	move_objects(s);
	setenv("GIT_INDEX_FILE", s->index, 1);
}
