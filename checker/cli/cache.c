// SPDX-License-Identifier: GPL-2.0-only
/* cache.c - the databases that are kept for the user without being asked: one a tree and configuration. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/tempdir.h"
#include "cache.h"
#include "cache_files.h"
#include "commands.h"
#include "store/db.h"
#include "store/store.h"
#include "translation_units.h"

/* The one that this process uses. */
static struct {
	char *path;
	time_t kept; /* time of its last change before this run; 0: it is new */
} used;

/* --- damage */

/* A damaged cache must make neither this run fail nor the next one: removes it and starts again. */
static void drop(const char *path)
{
	if (unlink(path))
		die("%s: the cache is damaged and cannot be removed:", path);
	warn("%s: the cache was damaged and is made anew", path);
	exit(COMMAND_AGAIN);
}

/* The same for a run whose mail came from standard input: it cannot be read again. */
static void drop_only(const char *path)
{
	if (unlink(path))
		die("%s: the cache is damaged and cannot be removed:", path);
	die("%s: the cache was damaged and is removed: run the command again", path);
}

/* --- */

/* Opens and locks the file until this process ends; false if it cannot be had. */
static bool lock(const char *path, struct stat *st)
{
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);

	if (fd < 0)
		return false;
	if (!fstat(fd, st) && S_ISREG(st->st_mode) && !flock(fd, LOCK_EX | LOCK_NB)) {
		futimens(fd, NULL);
		return true;
	}
	close(fd);
	return false;
}

/* Notes beside a database of which tree it is, for `racybits cache`. */
static void name_tree(const char *path, const struct kernel_tree *tree)
{
	char *name = cache_tree_path(path);
	FILE *f = fopen(name, "wxe");

	if (f) {
		fprintf(f, "%s\n%s\n", tree->kdir, tree->objdir);
		fclose(f);
	}
	free(name);
}

void cache_use(struct options *o, const struct kernel_tree *tree)
{
	char *dir, *name, *path;
	struct stat st;

	if (o->db || o->no_cache)
		return;
	dir = cache_directory();
	if (!dir)
		return;
	name = tree_store_name(tree);
	path = xasprintf("%s/facts-%016llx-v%d.db", dir,
			 (unsigned long long)hash_string(HASH_SEED, name), STORE_VERSION);
	free(name);
	if (used.path && !strcmp(path, used.path)) {
		o->db = used.path;
	} else if (!used.path && lock(path, &st)) {
		used.kept = st.st_size ? st.st_mtime : 0;
		o->db = used.path = xstrdup(path);
		name_tree(path, tree);
		cache_shrink(dir, path, CACHE_BYTES_MAX);
		db_on_damage(o->mbox && !strcmp(o->mbox, "-") ? drop_only : drop);
	}
	o->cached = o->db != NULL;
	free(path);
	free(dir);
}

/* "5 minutes" */
static char *duration(double seconds)
{
	static const struct {
		double seconds;
		const char *name;
	} units[] = { { 86400, "day" }, { 3600, "hour" }, { 60, "minute" }, { 1, "second" } };
	size_t i;
	double n;

	for (i = 0; i + 1 < ARRAY_SIZE(units) && seconds < units[i].seconds; i++)
		;
	n = seconds / units[i].seconds;
	return xasprintf("%.0f %s%s", n, units[i].name, n >= 0.5 && n < 1.5 ? "" : "s");
}

void cache_tell(const struct options *o, const struct program *p)
{
	char *age = o->cached ? duration(difftime(time(NULL), used.kept)) : NULL;

	warn("facts of %u translation units from an earlier run%s%s, %u of them brought up to date",
	     p->stats.tus, age ? ", kept for " : "", age ? age : "",
	     p->stats.tus - p->stats.reused);
	free(age);
}
