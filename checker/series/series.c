// SPDX-License-Identifier: GPL-2.0-only
/* series.c - what a series of patches changes. */
#include "base/added_lines.h"
#include "contents.h"
#include "diff.h"
#include "mail.h"
#include "repository.h"
#include "series.h"

/* --- commits */

/* The name of the commit `name` ("": HEAD), malloc'd; dies if there is none. */
static char *commit_find(const struct patch_series *s, const char *name)
{
	char *what = xasprintf("%s^{commit}", *name ? name : "HEAD"), *commit;
	struct args args;

	git_args(&s->git, &args, "rev-parse");
	args_add(&args, "--verify");
	args_add(&args, "--quiet");
	args_add(&args, "--end-of-options");
	args_add(&args, "%s", what);
	commit = git_line(&args);
	if (!commit)
		die("%s: no such commit in %s: fetch it, or name another",
		    plain_line(*name ? name : "HEAD"), s->kdir);
	free(what);
	return commit;
}

/* The commit at which HEAD left BASE; BASE itself if that is not known (a shallow clone). */
static char *fork_point(const struct patch_series *s, const char *base, const char *head)
{
	struct args args;
	char *point;

	git_args(&s->git, &args, "merge-base");
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
		die("%s: expected BASE..HEAD, as in HEAD~..HEAD", plain_line(range));
	left = xasprintf("%.*s", (int)(dots - range), range);
	base = commit_find(s, left);
	s->commits[AFTER] = commit_find(s, dots + 2 + (dots[2] == '.'));
	s->commits[BEFORE] = fork_point(s, base, s->commits[AFTER]);
	free(base);
	free(left);
}

/* --- */

static void series_fill(struct patch_series *s)
{
	diff_read(s);
	added_lines_sort(s->added, s->nadded);
	contents_read(s);
}

void series_of_range(struct patch_series *s, const char *kdir, const char *dir, const char *range)
{
	*s = (struct patch_series){ .kdir = kdir, .dir = dir, .base = kdir };
	repository_open(s);
	range_find(s, range);
	series_fill(s);
}

void series_of_mail(struct patch_series *s, const char *kdir, const char *dir, const char *file)
{
	*s = (struct patch_series){ .kdir = kdir, .dir = dir, .base = kdir };
	repository_open(s);
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
	git_close(&s->git);
	free(s->index);
}

/* --- questions */

/* The order of git: that of bytes. */
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

bool series_adds(const struct patch_series *s, const struct loc *at)
{
	return lines_add(s->added, s->nadded, at);
}

char *series_content(const struct patch_series *s, enum series_state state, const char *path)
{
	char *full = xasprintf("%s/%s", s->kdir, path);
	const char *actual = overlay_find(s->states[state].overlay, full);

	if (!actual)
		return full;
	free(full);
	return xstrdup(actual);
}

static void lines_drop(struct patch_series *s, str file)
{
	size_t i, n = 0;

	for (i = 0; i < s->nadded; i++)
		if (s->added[i].file != file)
			s->added[n++] = s->added[i];
	s->nadded = n;
}

void series_leave(struct patch_series *s, size_t i, enum series_state state)
{
	enum series_state other = state == BEFORE ? AFTER : BEFORE;
	char *name = s->touched.v[i], *path = xasprintf("%s/%s", s->kdir, name);

	overlay_set(s->states[other].overlay, path, overlay_find(s->states[state].overlay, path));
	lines_drop(s, str_intern(name));
	memmove(&s->touched.v[i], &s->touched.v[i + 1], (s->touched.n - i) * sizeof(*s->touched.v));
	s->touched.n--;
	free(name);
	free(path);
}
