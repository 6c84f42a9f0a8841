// SPDX-License-Identifier: GPL-2.0-only
/* git.c - git commands on a repository that must stay as it is. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "series.h"

char *plain_line(const char *text)
{
	size_t i, n = strcspn(text, "\n");
	char *line = xasprintf("%.*s", (int)(n < 300 ? n : 300), text);

	for (i = 0; line[i]; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	return line;
}

void git_args(const struct patch_series *s, struct args *args, const char *command)
{
	/* What a configuration could make git run, or write. */
	static const char *const settings[] = { "core.fsmonitor=false", "core.hooksPath=/dev/null",
						"core.untrackedCache=false",
						"core.splitIndex=false", "gc.auto=0" };
	size_t i;

	*args = (struct args){ 0 };
	args_add(args, "git");
	args_add(args, "-C");
	args_add(args, "%s", s->kdir);
	args_add(args, "--no-pager");
	for (i = 0; i < ARRAY_SIZE(settings); i++) {
		args_add(args, "-c");
		args_add(args, "%s", settings[i]);
	}
	args_add(args, "%s", command);
}

void git_run(struct result *r, struct args *args)
{
	process_run(r, NULL, args);
	if (r->status == 127)
		die("%s; install git", result_last_line(r));
	args_free(args);
}

void git_must(struct result *r, struct args *args, const char *what)
{
	git_run(r, args);
	if (r->status)
		die("cannot %s: %s", what, plain_line(result_error(r)));
}

char *git_line(struct args *args)
{
	struct result r;
	char *line = NULL;

	git_run(&r, args);
	r.out[strcspn(r.out, "\n")] = '\0';
	if (!r.status && *r.out)
		line = xstrdup(r.out);
	result_free(&r);
	return line;
}

static char *git_path(const struct patch_series *s, const char *name)
{
	struct args args;
	struct result r;
	char *path;

	git_args(s, &args, "rev-parse");
	args_add(&args, "--path-format=absolute");
	args_add(&args, "--git-path");
	args_add(&args, "%s", name);
	git_must(&r, &args, "read the git repository");
	path = xasprintf("%.*s", (int)strcspn(r.out, "\n"), r.out);
	result_free(&r);
	return path;
}

/* The tree must be a git work tree, and its top. */
static void require_top(const struct patch_series *s)
{
	struct args args;
	struct result r;

	git_args(s, &args, "rev-parse");
	args_add(&args, "--show-prefix");
	git_run(&r, &args);
	if (r.status)
		die("%s: not a git work tree: %s", s->kdir, plain_line(result_error(&r)));
	if (*r.out && *r.out != '\n')
		die("%s: not the top of its git work tree", s->kdir);
	result_free(&r);
}

static void copy_index(struct patch_series *s)
{
	char *from = git_path(s, "index"), *data;
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

void git_open(struct patch_series *s)
{
	/* A hook that runs us sets them for its own repository (githooks(5)). */
	static const char *const stale[] = { "GIT_DIR",
					     "GIT_WORK_TREE",
					     "GIT_PREFIX",
					     "GIT_INDEX_FILE",
					     "GIT_OBJECT_DIRECTORY",
					     "GIT_COMMON_DIR",
					     "GIT_ALTERNATE_OBJECT_DIRECTORIES" };
	char *objects = xasprintf("%s/objects", s->dir);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(stale); i++)
		unsetenv(stale[i]);
	setenv("GIT_OPTIONAL_LOCKS", "0", 1);
	setenv("GIT_TERMINAL_PROMPT", "0", 1);
	require_top(s);
	s->objects = git_path(s, "objects");
	copy_index(s);
	if (mkdir(objects, 0777))
		die("cannot make directory %s:", objects);
	setenv("GIT_OBJECT_DIRECTORY", objects, 1);
	setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", s->objects, 1);
	setenv("GIT_INDEX_FILE", s->index, 1);
	free(objects);
}
