// SPDX-License-Identifier: GPL-2.0-only
/* series.c - what a series changes: files, lines, and contents that the work tree does not have. */
#include <sys/stat.h>

#include "series.h"

/* --- commits */

static char *commit_find(const struct patch_series *s, const char *name)
{
	char *what = xasprintf("%s^{commit}", *name ? name : "HEAD"), *commit;
	struct args args;

	git_args(s, &args, "rev-parse");
	args_add(&args, "--verify");
	args_add(&args, "--quiet");
	args_add(&args, "--end-of-options");
	args_add(&args, "%s", what);
	commit = git_line(&args);
	if (!commit)
		die("%s: no such commit in %s", plain_line(*name ? name : "HEAD"), s->kdir);
	free(what);
	return commit;
}

/* Where HEAD left BASE; BASE itself if that is not known (a shallow clone). */
static char *fork_point(const struct patch_series *s, const char *base, const char *head)
{
	struct args args;
	char *point;

	git_args(s, &args, "merge-base");
	args_add(&args, "%s", base);
	args_add(&args, "%s", head);
	point = git_line(&args);
	return point ? point : xstrdup(base);
}

static void range_find(struct patch_series *s, const char *range)
{
	const char *dots = strstr(range, "..");
	char *base, *left;

	if (!dots)
		die("%s: expected BASE..HEAD", plain_line(range));
	left = xasprintf("%.*s", (int)(dots - range), range);
	base = commit_find(s, left);
	s->commits[AFTER] = commit_find(s, dots + 2 + (dots[2] == '.'));
	s->commits[BEFORE] = fork_point(s, base, s->commits[AFTER]);
	free(base);
	free(left);
}

/* --- what it touches */

static void touched_find(struct patch_series *s)
{
	const char *name, *end;
	struct args args;
	struct result r;

	git_args(s, &args, "diff-tree");
	args_add(&args, "-r");
	args_add(&args, "-z");
	args_add(&args, "--no-renames");
	args_add(&args, "--name-only");
	args_add(&args, "%s", s->commits[BEFORE]);
	args_add(&args, "%s", s->commits[AFTER]);
	git_must(&r, &args, "compare the commits");
	end = r.out + r.bytes;
	for (name = r.out; name < end; name += strlen(name) + 1)
		args_add(&s->touched, "%s", name);
	result_free(&r);
}

/* "@@ -A,B +C,D @@": lines C to C + D - 1; D is 1 if it is not there. */
static void hunk_read(struct patch_series *s, const char *line, str file)
{
	const char *plus = strchr(line, '+');
	unsigned long first, n = 1;
	char *end;

	if (!plus || !file)
		return;
	first = strtoul(plus + 1, &end, 10);
	if (*end == ',')
		n = strtoul(end + 1, NULL, 10);
	if (n)
		*vec_add(s->added, s->nadded, s->added_cap) =
			(struct added){ file, (uint32_t)first, (uint32_t)(first + n - 1) };
}

/* With no lines of context, a line that starts with "+++ " may still be one that is added. */
static void diff_read(struct patch_series *s, char *text)
{
	static const char to[] = "+++ new/";
	bool head = false;
	char *line, *rest;
	str file = 0;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, "diff --git ", 11)) {
			head = true;
			file = 0;
		} else if (head && !strncmp(line, to, strlen(to))) {
			file = str_intern_n(line + strlen(to), strcspn(line + strlen(to), "\t"));
		} else if (!strncmp(line, "@@ -", 4)) {
			head = false;
			hunk_read(s, line, file);
		}
	}
}

static void added_find(struct patch_series *s)
{
	static const char *const options[] = { "-r",
					       "-p",
					       "-U0",
					       "--no-renames",
					       "--no-ext-diff",
					       "--no-textconv",
					       "--no-color",
					       "--src-prefix=old/",
					       "--dst-prefix=new/" };
	struct args args;
	struct result r;
	size_t i;

	git_args(s, &args, "diff-tree");
	for (i = 0; i < ARRAY_SIZE(options); i++)
		args_add(&args, "%s", options[i]);
	args_add(&args, "%s", s->commits[BEFORE]);
	args_add(&args, "%s", s->commits[AFTER]);
	git_must(&r, &args, "compare the commits");
	diff_read(s, r.out);
	result_free(&r);
}

bool series_adds(const struct patch_series *s, const struct loc *at)
{
	size_t i;

	for (i = 0; i < s->nadded; i++)
		if (s->added[i].file == at->file && at->line >= s->added[i].first &&
		    at->line <= s->added[i].last)
			return true;
	return false;
}

/* --- contents that the work tree does not have */

#define MODE_FILE "100" /* regular: neither a symbolic link nor a submodule */

/* ":OLDMODE NEWMODE OLDBLOB NEWBLOB STATUS\0PATH\0": old is the commit, new the work tree. */
static void contents_list(struct patch_series *s, enum series_state state)
{
	const size_t modes = strlen(":100644 100644 ");
	const char *at, *end;
	struct args args;
	struct result r;

	git_args(s, &args, "diff-index");
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

		*vec_add(c->v, c->n, c->cap) = (struct content){
			.path = xstrdup(path),
			.object = file ? xasprintf("%.*s", (int)strcspn(blob, " "), blob) : NULL,
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

/* "BLOB blob SIZE\nDATA\n" for each object asked for (git-cat-file(1), BATCH OUTPUT). */
static void blobs_write(const char *dir, const char *at, const char *end)
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

/* Reads the contents of both states; each blob becomes a file of its name. */
static void blobs_read(const struct patch_series *s, const char *dir)
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
	git_args(s, &args, "cat-file");
	args.input = list;
	args_add(&args, "--batch");
	git_must(&r, &args, "read the contents of files");
	blobs_write(dir, r.out, r.out + r.bytes);
	result_free(&r);
	free(list);
}

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

static void index_refresh(const struct patch_series *s)
{
	struct args args;
	struct result r;

	git_args(s, &args, "update-index");
	args_add(&args, "-q");
	args_add(&args, "--refresh");
	git_run(&r, &args);
	result_free(&r);
}

static void series_fill(struct patch_series *s)
{
	char *blobs = xasprintf("%s/blobs", s->dir);
	size_t i;

	if (mkdir(blobs, 0777))
		die("cannot make directory %s:", blobs);
	touched_find(s);
	added_find(s);
	index_refresh(s);
	for (i = 0; i < STATES; i++)
		contents_list(s, i);
	blobs_read(s, blobs);
	for (i = 0; i < STATES; i++)
		overlay_fill(s, &s->states[i], blobs);
	free(blobs);
}

/* --- */

void series_of_range(struct patch_series *s, const char *kdir, const char *dir, const char *range)
{
	*s = (struct patch_series){ .kdir = kdir, .dir = dir };
	git_open(s);
	range_find(s, range);
	series_fill(s);
}

void series_of_mail(struct patch_series *s, const char *kdir, const char *dir, const char *file)
{
	*s = (struct patch_series){ .kdir = kdir, .dir = dir };
	git_open(s);
	s->commits[BEFORE] = commit_find(s, "HEAD");
	s->commits[AFTER] = mail_apply(s, file);
	series_fill(s);
}

void series_free(struct patch_series *s)
{
	size_t i, j;

	for (i = 0; i < STATES; i++) {
		for (j = 0; j < s->states[i].n; j++) {
			free(s->states[i].v[j].path);
			free(s->states[i].v[j].object);
		}
		free(s->states[i].v);
		overlay_free(s->states[i].overlay);
		free(s->commits[i]);
	}
	args_free(&s->touched);
	free(s->added);
	free(s->objects);
	free(s->index);
}

/* Both are in git's order. */
static int content_cmp(const void *key, const void *entry)
{
	return strcmp(key, ((const struct content *)entry)->path);
}

bool series_has(const struct patch_series *s, enum series_state state, const char *path,
		bool in_tree)
{
	const struct contents *c = &s->states[state];
	const struct content *found = NULL;

	if (c->n)
		found = bsearch(path, c->v, c->n, sizeof(*c->v), content_cmp);
	return found ? found->object != NULL : in_tree;
}
