// SPDX-License-Identifier: GPL-2.0-only
/*
 * compdb_key.c - a number for everything that the output of `make -n` depends on: makefiles, the
 * configuration, the tools.
 *
 * Only make knows which makefiles it reads, so all makefiles of the tree count, by name, size and time of
 * change.  Whether an object exists does not count: see kbuild.c.
 */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/util.h"
#include "compdb_key.h"
#include "kbuild.h"

/* A sum of hashes: directories are read in any order. */
struct key_walk {
	uint64_t sum;
};

static void add_file(struct key_walk *w, int dir, const char *path, const char *name)
{
	uint64_t h = hash_string(hash_string(HASH_SEED, path), name);
	struct stat st;

	if (!fstatat(dir, name, &st, 0)) {
		h = hash_bytes(h, &st.st_size, sizeof(st.st_size));
		h = hash_bytes(h, &st.st_mtim.tv_sec, sizeof(st.st_mtim.tv_sec));
		h = hash_bytes(h, &st.st_mtim.tv_nsec, sizeof(st.st_mtim.tv_nsec));
	}
	w->sum += h;
}

static bool begins(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), m = strlen(with);

	return n >= m && !strcmp(s + n - m, with);
}

static bool is_makefile(const char *name)
{
	return begins(name, "Makefile") || begins(name, "Kbuild") || ends(name, ".mk") ||
	       ends(name, ".include") || begins(name, "Platform");
}

/* Directories without makefiles. */
static bool is_passed_over(const char *path, const char *name)
{
	return *name == '.' || (!*path && !strcmp(name, "Documentation"));
}

/* `all`: not only makefiles count (below scripts/, which makefiles run). */
static void walk(struct key_walk *w, int parent, const char *path, const char *name, bool all)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		if (e->d_type == DT_DIR && !is_passed_over(path, e->d_name)) {
			char *below = xasprintf("%s/%s", path, e->d_name);

			walk(w, fd, below, e->d_name, all || !strcmp(below, "/scripts"));
			free(below);
		} else if (e->d_type != DT_DIR &&
			   (is_makefile(e->d_name) ||
			    (all && !ends(e->d_name, ".o") && !ends(e->d_name, ".cmd")))) {
			add_file(w, fd, path, e->d_name);
		}
	}
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
}

static void add_config(struct key_walk *w, const char *objdir)
{
	static const char *const names[] = { ".config", "include/config/auto.conf",
					     "include/config/auto.conf.cmd",
					     "compile_commands.json" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		char *path = xasprintf("%s/%s", objdir, names[i]);

		add_file(w, AT_FDCWD, "", path);
		free(path);
	}
}

/* Adds the program that PATH finds. */
static void add_tool(struct key_walk *w, const char *name)
{
	const char *dirs = getenv("PATH");
	size_t n;

	for (; dirs && *dirs; dirs += n + (dirs[n] == ':')) {
		char *path;

		n = strcspn(dirs, ":");
		path = xasprintf("%.*s/%s", (int)n, dirs, name);
		if (!access(path, X_OK)) {
			add_file(w, AT_FDCWD, "", path);
			free(path);
			return;
		}
		free(path);
	}
}

uint64_t compdb_key(const struct kernel_tree *t)
{
	static const char ours[] =
#include "tree.inc"
		;
	struct key_walk w = { .sum = hash_string(HASH_SEED, ours) };

	walk(&w, AT_FDCWD, "", t->kdir, false);
	if (strcmp(t->kdir, t->objdir)) {
		add_file(&w, AT_FDCWD, t->objdir, "Makefile");
		add_config(&w, t->kdir);
	}
	add_config(&w, t->objdir);
	add_tool(&w, "make");
	add_tool(&w, kbuild_cc);
	return w.sum;
}
