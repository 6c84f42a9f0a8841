// SPDX-License-Identifier: GPL-2.0-only
/* mirror.c - one state of the tree as a directory, for make. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mirror.h"

/* Does make at most hand the file to a compiler? */
static bool is_source(const char *name)
{
	static const char *const ends[] = { ".c",    ".h",   ".S",   ".dts",
					    ".dtsi", ".rst", ".txt", ".yaml" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ends); i++)
		if (name_ends_in(name, ends[i]))
			return true;
	return false;
}

bool mirror_needed(const struct patch_series *s, enum series_state state)
{
	const struct contents *c = &s->states[state];
	size_t i;

	for (i = 0; i < c->n; i++)
		if (!is_source(c->v[i].path))
			return true;
	return false;
}

/* --- links and files */

struct mirror {
	const struct patch_series *s;
	const struct contents *differ;
	const char *to;
};

/* Index of the first file that differs whose path is not less than `path`; they are sorted. */
static size_t lower_bound(const struct contents *c, const char *path)
{
	size_t from = 0, to = c->n, middle;

	while (from < to) {
		middle = from + (to - from) / 2;
		if (strcmp(c->v[middle].path, path) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool is_differing(const struct contents *c, const char *path)
{
	size_t i = lower_bound(c, path);

	return i < c->n && !strcmp(c->v[i].path, path);
}

/* Is there a file that differs below the directory? */
static bool has_differing(const struct contents *c, const char *dir)
{
	char *inside = xasprintf("%s/", dir);
	size_t i = lower_bound(c, inside);
	bool has = i < c->n && !strncmp(c->v[i].path, inside, strlen(inside));

	free(inside);
	return has;
}

static void make_directory(const char *path)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		die("cannot make directory %s:", path);
}

static void link_directory(const struct mirror *m, const char *dir);

/* Links to an entry of the work tree; a directory with files that differ becomes one. */
static void link_entry(const struct mirror *m, const char *path)
{
	char *from = xasprintf("%s/%s", m->s->kdir, path);
	char *to = xasprintf("%s/%s", m->to, path);
	bool changed = has_differing(m->differ, path);
	struct stat st;

	if (changed && !lstat(from, &st) && S_ISDIR(st.st_mode))
		link_directory(m, path);
	else if (!changed && !is_differing(m->differ, path) && symlink(from, to))
		die("cannot make %s:", to);
	free(from);
	free(to);
}

/* Makes a directory, "" for the top, of links. */
static void link_directory(const struct mirror *m, const char *dir)
{
	char *from = xasprintf("%s/%s", m->s->kdir, dir), *to = xasprintf("%s/%s", m->to, dir);
	DIR *d = opendir(from);
	struct dirent *e;

	if (!d)
		die("cannot read %s:", from);
	make_directory(to);
	while ((e = readdir(d))) {
		char *path = xasprintf("%s%s%s", dir, *dir ? "/" : "", e->d_name);

		if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..") && strcmp(path, ".git"))
			link_entry(m, path);
		free(path);
	}
	closedir(d);
	free(from);
	free(to);
}

/* Makes the directories that the path, a file below `to`, is in. */
static void make_parents(const struct mirror *m, char *path)
{
	char *slash = path + strlen(m->to);

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		make_directory(path);
		*slash = '/';
	}
}

static void put_file(const struct mirror *m, const struct content *c)
{
	char *blob = xasprintf("%s/blobs/%s", m->s->dir, c->object), *data;
	char *path = xasprintf("%s/%s", m->to, c->path);
	struct output out;
	size_t n;

	data = read_file(blob, &n);
	if (!data)
		die("cannot read %s:", blob);
	make_parents(m, path);
	output_open(&out, path);
	fwrite(data, 1, n, out.f);
	output_commit(&out);
	if (c->executable && chmod(path, 0777))
		die("cannot change %s:", path);
	free(data);
	free(blob);
	free(path);
}

void mirror_make(const struct patch_series *s, enum series_state state, const char *to)
{
	const struct mirror m = { .s = s, .differ = &s->states[state], .to = to };
	size_t i;

	link_directory(&m, "");
	for (i = 0; i < m.differ->n; i++)
		if (m.differ->v[i].object)
			put_file(&m, &m.differ->v[i]);
}
