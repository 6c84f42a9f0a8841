// SPDX-License-Identifier: GPL-2.0-only
/* cache_files.c - the directory of the cache and the files in it. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/util.h"
#include "cache_files.h"

/* SQLite's files beside a database (sqlite.org/tempfiles.html), and ours. */
static const char *const companions[] = { "-wal", "-shm", "-journal", ".tree" };

char *cache_directory(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *base, *dir;

	if (cache && *cache == '/')
		base = xstrdup(cache);
	else if (home && *home == '/')
		base = xasprintf("%s/.cache", home);
	else
		return NULL;
	dir = xasprintf("%s/racybits", base);
	mkdir(base, 0777);
	mkdir(dir, 0777);
	free(base);
	return dir;
}

char *cache_tree_path(const char *database)
{
	return xasprintf("%s.tree", database);
}

/* "KDIR", or "KDIR (built in OBJDIR)", as name_tree() noted it; malloc'd. */
static char *tree_of(const char *database)
{
	char *path = cache_tree_path(database), *text = read_file(path, NULL), *name = NULL;
	char *kdir, *objdir, *save;

	free(path);
	kdir = text ? strtok_r(text, "\n", &save) : NULL;
	objdir = kdir ? strtok_r(NULL, "\n", &save) : NULL;
	if (objdir)
		name = strcmp(kdir, objdir) ? xasprintf("%s (built in %s)", kdir, objdir) :
					      xstrdup(kdir);
	free(text);
	return name ? name : xstrdup("?");
}

static int64_t companion_bytes(const char *database)
{
	int64_t bytes = 0;
	struct stat st;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(companions); i++) {
		char *path = xasprintf("%s%s", database, companions[i]);

		if (!lstat(path, &st))
			bytes += st.st_size;
		free(path);
	}
	return bytes;
}

static int latest_first(const void *a, const void *b)
{
	const struct cached_file *x = a, *y = b;

	if (x->used != y->used)
		return x->used < y->used ? 1 : -1;
	return strcmp(x->path, y->path);
}

void cached_files_find(struct cached_files *files, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;
	size_t cap = 0;

	*files = (struct cached_files){ 0 };
	while (d && (e = readdir(d))) {
		char *path = xasprintf("%s/%s", dir, e->d_name);

		if (!name_ends_in(e->d_name, ".db") || lstat(path, &st) || !S_ISREG(st.st_mode)) {
			free(path);
			continue;
		}
		*vec_add(files->v, files->n, cap) = (struct cached_file){
			.path = path,
			.tree = tree_of(path),
			.bytes = st.st_size + companion_bytes(path),
			.used = st.st_mtime,
		};
		files->bytes += files->v[files->n - 1].bytes;
	}
	if (d)
		closedir(d);
	if (files->n)
		qsort(files->v, files->n, sizeof(*files->v), latest_first);
}

void cached_files_free(struct cached_files *files)
{
	size_t i;

	for (i = 0; i < files->n; i++) {
		free(files->v[i].path);
		free(files->v[i].tree);
	}
	free(files->v);
}

bool cached_file_drop(const struct cached_file *file)
{
	int fd = open(file->path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool dropped = fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB) && !unlink(file->path);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(companions) && dropped; i++) {
		char *path = xasprintf("%s%s", file->path, companions[i]);

		unlink(path);
		free(path);
	}
	if (fd >= 0)
		close(fd);
	return dropped;
}

void cache_shrink(const char *dir, const char *kept, int64_t most)
{
	struct cached_files files;
	size_t i;

	cached_files_find(&files, dir);
	for (i = files.n; i-- && files.bytes > most;)
		if (strcmp(files.v[i].path, kept) && cached_file_drop(&files.v[i]))
			files.bytes -= files.v[i].bytes;
	cached_files_free(&files);
}
