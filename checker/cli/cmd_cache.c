// SPDX-License-Identifier: GPL-2.0-only
/* cmd_cache.c - `racybits cache`: list the facts that are kept, or drop them. */
#include "cache_files.h"
#include "commands.h"
#include "out/clean.h"
#include "tree/kerneltree.h"

/* "1.5 GB" */
static void size_print(int64_t bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB" };
	double size = (double)bytes;
	size_t i;

	for (i = 0; i + 1 < ARRAY_SIZE(units) && size >= 1000; i++)
		size /= 1000;
	printf("%6.*f %-2s", i ? 1 : 0, size, units[i]);
}

static void file_print(const struct cached_file *file)
{
	char when[32];

	strftime(when, sizeof(when), "%Y-%m-%d %H:%M", localtime(&file->used));
	size_print(file->bytes);
	printf("  %s  %s\n", when, clean(file->tree));
}

/* Is it the database of the tree at `path`, or was all asked for? */
static bool is_asked(const struct options *o, const struct cached_file *file)
{
	size_t i, n;

	for (i = 1; i < o->nargs; i++) {
		char *real = realpath(o->args[i], NULL);
		const char *kdir = real ? real : o->args[i];
		bool same;

		for (n = strlen(kdir); n > 1 && kdir[n - 1] == '/'; n--)
			;
		same = !strncmp(file->tree, kdir, n) && (!file->tree[n] || file->tree[n] == ' ');
		free(real);
		if (same)
			return true;
	}
	return o->nargs == 1;
}

static int drop(const struct options *o, const struct cached_files *files)
{
	size_t i, dropped = 0, busy = 0;

	for (i = 0; i < files->n; i++) {
		if (!is_asked(o, &files->v[i]))
			continue;
		if (cached_file_drop(&files->v[i])) {
			dropped++;
			continue;
		}
		warn("%s: not dropped: in use, or not ours to remove", files->v[i].path);
		busy++;
	}
	if (!dropped && !busy && o->nargs > 1)
		die("cache: no facts are kept of %s; racybits cache lists the trees",
		    clean(o->args[1]));
	return busy ? 2 : 0;
}

int command_cache(const struct options *o)
{
	char *dir = cache_directory();
	struct cached_files files;
	int status = 0;
	size_t i;

	if (o->nargs && strcmp(o->args[0], "drop"))
		die("cache: '%s': expected nothing or drop; see racybits cache --help",
		    clean(o->args[0]));
	if (!dir)
		die("cache: no directory for it: set XDG_CACHE_HOME or HOME");
	cached_files_find(&files, dir);
	if (o->nargs) {
		status = drop(o, &files);
	} else {
		for (i = 0; i < files.n; i++)
			file_print(&files.v[i]);
		size_print(files.bytes);
		printf("  in %s\n", clean(dir));
	}
	cached_files_free(&files);
	free(dir);
	return status;
}
