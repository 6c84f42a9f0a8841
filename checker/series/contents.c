// SPDX-License-Identifier: GPL-2.0-only
/* contents.c - the files of each state that differ from the work tree. */
#include <sys/stat.h>

#include "contents.h"

#define MODE_FILE "100" /* regular: neither a symbolic link nor a submodule */
#define MODE_EXECUTABLE "100755"

/* Does the path lead out of the tree?  git refuses such a name when it reads a tree into an index only. */
static bool leads_out(const char *path)
{
	const char *at;

	for (at = path; (at = strstr(at, "..")); at += 2)
		if ((at == path || at[-1] == '/') && (!at[2] || at[2] == '/'))
			return true;
	return *path == '/';
}

/*
 * Lists the files of a state that differ from the work tree.  git prints ":OLDMODE NEWMODE OLDBLOB NEWBLOB
 * STATUS\0PATH\0" for each: the old one is that of the state.
 */
static void contents_list(struct patch_series *s, enum series_state state)
{
	const size_t modes = strlen(":100644 100644 ");
	const char *at, *end;
	struct args args;
	struct result r;

	git_args(&s->git, &args, "diff-index");
	args_add(&args, "-z");
	args_add(&args, "--no-renames");
	args_add(&args, "%s", s->commits[state]);
	git_must(&r, &args, "compare with the work tree");
	end = r.out + r.bytes;
	for (at = r.out; at < end;) {
		const char *path = at + strlen(at) + 1, *blob = at + modes;
		bool file = !strncmp(at + 1, MODE_FILE, 3);
		struct contents *c = &s->states[state];

		if (*at != ':' || path >= end || path <= blob)
			die("git cannot compare with the work tree: %s", plain_line(at));
		if (leads_out(path))
			die("%s: a name that leads out of the tree", plain_line(path));
		*vec_add(c->v, c->n, c->cap) = (struct content){
			.path = xstrdup(path),
			.object = file ? xasprintf("%.*s", (int)strcspn(blob, " "), blob) : NULL,
			.executable = !strncmp(at + 1, MODE_EXECUTABLE, strlen(MODE_EXECUTABLE)),
		};
		at = path + strlen(path) + 1;
	}
	result_free(&r);
}

static void blob_write(const char *path, const char *data, size_t n)
{
	struct output out;

	output_open(&out, path);
	fwrite(data, 1, n, out.f);
	output_commit(&out);
}

/* Splits what git prints, "BLOB blob SIZE\nDATA\n" for each object (git-cat-file(1), BATCH OUTPUT). */
static void blobs_split(const char *dir, const char *at, const char *end)
{
	while (at < end) {
		const char *data = strchr(at, '\n'), *size = strstr(at, " blob ");
		size_t n;
		char *path;

		if (!data || !size || size > data)
			die("git cannot read an object: %s", plain_line(at));
		data++;
		n = strtoul(size + strlen(" blob "), NULL, 10);
		if (n >= (size_t)(end - data))
			die("git cannot read an object: %s", plain_line(at));
		path = xasprintf("%s/%.*s", dir, (int)(size - at), at);
		blob_write(path, data, n);
		free(path);
		at = data + n + 1;
	}
}

/* Writes the blobs of both states to files of their names in `dir`. */
static void blobs_write_all(const struct patch_series *s, const char *dir)
{
	char *list = xasprintf("%s/list", s->dir);
	struct output out;
	struct args args;
	struct result r;
	size_t i, j;

	output_open(&out, list);
	for (i = 0; i < STATES; i++)
		for (j = 0; j < s->states[i].n; j++)
			if (s->states[i].v[j].object)
				fprintf(out.f, "%s\n", s->states[i].v[j].object);
	output_commit(&out);
	git_args(&s->git, &args, "cat-file");
	args.input = list;
	args_add(&args, "--batch");
	git_must(&r, &args, "read the contents of files");
	blobs_split(dir, r.out, r.out + r.bytes);
	result_free(&r);
	free(list);
}

/* Makes the overlay of a state. */
static void overlay_fill(const struct patch_series *s, struct contents *c, const char *blobs)
{
	size_t i;

	c->overlay = overlay_new();
	for (i = 0; i < c->n; i++) {
		char *path = xasprintf("%s/%s", s->kdir, c->v[i].path);
		char *actual = xasprintf("%s/%s", blobs, c->v[i].object);

		if (c->v[i].object)
			overlay_add(c->overlay, path, actual);
		free(actual);
		free(path);
	}
}

/* Files whose times alone have changed do not differ. */
static void index_refresh(const struct patch_series *s)
{
	struct args args;
	struct result r;

	git_args(&s->git, &args, "update-index");
	args_add(&args, "-q");
	args_add(&args, "--refresh");
	git_run(&r, &args);
	result_free(&r);
}

void contents_read(struct patch_series *s)
{
	char *blobs = xasprintf("%s/blobs", s->dir);
	size_t i;

	if (mkdir(blobs, 0777))
		die("cannot make directory %s:", blobs);
	index_refresh(s);
	for (i = 0; i < STATES; i++)
		contents_list(s, i);
	blobs_write_all(s, blobs);
	for (i = 0; i < STATES; i++)
		overlay_fill(s, &s->states[i], blobs);
	free(blobs);
}
