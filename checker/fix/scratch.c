// SPDX-License-Identifier: GPL-2.0-only
/* scratch.c - directories of our own, and a copy of the tree that may be changed. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fix.h"

static char *scratch_path; /* what is removed at exit */

static void scratch_remove(void)
{
	struct args args = { 0 };
	struct result r;

	args_add(&args, "rm");
	args_add(&args, "-rf");
	args_add(&args, "--");
	args_add(&args, "%s", scratch_path);
	process_run(&r, NULL, &args);
	result_free(&r);
	args_free(&args);
	free(scratch_path);
}

char *scratch_make(void)
{
	const char *dir = getenv("TMPDIR");

	scratch_path = xasprintf("%s/racybits.XXXXXX", dir && *dir ? dir : "/var/tmp");
	if (!mkdtemp(scratch_path))
		die("cannot make a directory in %s (TMPDIR names another):",
		    dir ? dir : "/var/tmp");
	atexit(scratch_remove);
	return scratch_path;
}

void directory_make(const char *path)
{
	char *copy = xstrdup(path), *slash = copy;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(copy, 0777);
		*slash = '/';
	}
	if (mkdir(copy, 0777) && errno != EEXIST)
		die("cannot make directory %s:", path);
	free(copy);
}

void file_replace(const char *path, const char *text)
{
	char *dir = xstrdup(path);
	FILE *f;

	*strrchr(dir, '/') = '\0';
	directory_make(dir);
	free(dir);
	if (unlink(path) && errno != ENOENT)
		die("cannot replace %s:", path);
	f = fopen(path, "wx");
	if (!f || fputs(text, f) < 0 || fclose(f))
		die("cannot write %s:", path);
}

/* --- the copy of the sources */

static const char *copy_to;
static size_t copy_root;

static bool ends_in(const char *name, const char *const *ends, size_t n)
{
	size_t i, len = strlen(name), end;

	for (i = 0; i < n; i++) {
		end = strlen(ends[i]);
		if (len > end && !strcmp(name + len - end, ends[i]))
			return true;
	}
	return false;
}

/* kbuild keeps the command that made FILE in .FILE.cmd beside it. */
static bool has_command(const char *path, const char *name)
{
	char *cmd = xasprintf("%.*s.%s.cmd", (int)(name - path), path, name);
	bool made = !access(cmd, F_OK);

	free(cmd);
	return made;
}

/* What a build made, or is about the checkout and not about the sources. */
static bool is_product(const char *path, const char *name)
{
	static const char *const ends[] = { ".o",     ".a",   ".ko", ".mod",	".order",
					    ".mod.c", ".cmd", ".s",  ".symvers" };
	static const char *const dotted[] = { ".gitignore",	      ".clang-format",
					      ".cocciconfig",	      ".get_maintainer.ignore",
					      ".get_maintainer.conf", ".mailmap",
					      ".kunitconfig",	      ".checkpatch.conf" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(dotted); i++)
		if (!strcmp(name, dotted[i]))
			return false;
	return *name == '.' || ends_in(name, ends, ARRAY_SIZE(ends)) || has_command(path, name);
}

static bool is_product_dir(const char *path)
{
	static const char *const ends[] = { "include/config", "include/generated", "/.git" };

	return ends_in(path, ends, ARRAY_SIZE(ends));
}

static void copy_bytes(const char *from, const char *to)
{
	struct args args = { 0 };
	struct result r;

	args_add(&args, "cp");
	args_add(&args, "-pP");
	args_add(&args, "--");
	args_add(&args, "%s", from);
	args_add(&args, "%s", to);
	process_run(&r, NULL, &args);
	if (r.status)
		die("cannot copy the tree: %s", result_last_line(&r));
	result_free(&r);
	args_free(&args);
}

static int copy_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	char *to = xasprintf("%s%s", copy_to, path + copy_root);

	(void)st;
	if (type == FTW_D) {
		if (is_product_dir(path)) {
			free(to);
			return FTW_SKIP_SUBTREE;
		}
		directory_make(to);
	} else if (!is_product(path, path + ftw->base) && linkat(AT_FDCWD, path, AT_FDCWD, to, 0)) {
		copy_bytes(path, to);
	}
	free(to);
	return FTW_CONTINUE;
}

void scratch_sources(const char *kdir, const char *to)
{
	copy_to = to;
	copy_root = strlen(kdir);
	if (nftw(kdir, copy_entry, 64, FTW_PHYS | FTW_ACTIONRETVAL))
		die("cannot copy the tree from %s to %s:", kdir, to);
}
