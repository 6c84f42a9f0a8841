// SPDX-License-Identifier: GPL-2.0-only
/* scratch.c - a copy of the tree's sources that may be changed and built. */
#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

#include "files.h"
#include "scratch.h"
#include "base/process.h"

/* nftw() passes no context on. */
static const char *copy_to;
static size_t copy_root; /* length of the path that is copied */

static bool ends_in(const char *name, const char *const *ends, size_t n)
{
	size_t i;

	for (i = 0; i < n && !name_ends_in(name, ends[i]); i++)
		;
	return i < n;
}

/* kbuild keeps the command that made FILE in .FILE.cmd beside it. */
static bool has_command(const char *path, const char *name)
{
	char *cmd = xasprintf("%.*s.%s.cmd", (int)(name - path), path, name);
	bool made = !access(cmd, F_OK);

	free(cmd);
	return made;
}

/* A product of a build, or a file that configures tools for people and not the build. */
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

void scratch_copy(const char *kdir, const char *to)
{
	copy_to = to;
	copy_root = strlen(kdir);
	if (nftw(kdir, copy_entry, 64, FTW_PHYS | FTW_ACTIONRETVAL))
		die("cannot copy the tree from %s to %s:", kdir, to);
}
