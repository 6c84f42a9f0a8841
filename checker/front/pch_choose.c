// SPDX-License-Identifier: GPL-2.0-only
/* pch_choose.c - which tus share a precompiled header, and which headers go into it. */
#include "base/overlay.h"
#include "macro_scan.h"
#include "pch_choose.h"

#include <uthash.h>

/* In a smaller group a precompiled header costs more than it saves. */
#define GROUP_MIN 6
/* A header is precompiled if one in this many tus includes it, and at least two do. */
#define HEADER_SHARE 50

/* --- groups of tus that are compiled alike */

struct tu_group {
	char *key;
	size_t *tus; /* indexes */
	size_t n, cap;
	UT_hash_handle hh;
};

/* Is it a flag that kbuild sets for each file by itself (scripts/Makefile.lib)? */
static bool is_own(const char *arg)
{
	return !strncmp(arg, "-DKBUILD_", 9) || !strncmp(arg, "-D__KBUILD_", 11);
}

static char *group_key(const struct tu *tu)
{
	char *key = NULL;
	size_t bytes;
	FILE *f = open_memstream(&key, &bytes);

	if (!f)
		die("out of memory");
	fputs(tu->dir, f);
	for (char **arg = tu->argv; arg[1]; arg++)
		if (!is_own(*arg) && strncmp(*arg, "-I", 2))
			fprintf(f, " %s", *arg);
	fclose(f);
	return key;
}

static struct tu_group *groups_make(const struct tu *const *tus, size_t n)
{
	struct tu_group *groups = NULL, *g;

	for (size_t i = 0; i < n; i++) {
		char *key = group_key(tus[i]);

		HASH_FIND_STR(groups, key, g);
		if (!g) {
			g = xcalloc(1, sizeof(*g));
			g->key = key;
			HASH_ADD_KEYPTR(hh, groups, g->key, strlen(g->key), g);
		} else {
			free(key);
		}
		*vec_add(g->tus, g->n, g->cap) = i;
	}
	return groups;
}

/* --- the headers they include */

struct header {
	char *name;	       /* as between <> */
	size_t users;	       /* tus that include it */
	const struct tu *last; /* tu counted last */
	UT_hash_handle hh;
};

struct header_count {
	const struct overlay *overlay;
	const struct tu *tu;
	struct header *headers;
	struct file_text {
		char *path;
		const struct tu *last;
		char *data;
		UT_hash_handle hh;
	} *texts;
};

static void count_header(struct header_count *c, const char *name, size_t n)
{
	struct header *h;

	HASH_FIND(hh, c->headers, name, n, h);
	if (!h) {
		h = xcalloc(1, sizeof(*h));
		h->name = strndup(name, n);
		if (!h->name)
			die("out of memory");
		HASH_ADD_KEYPTR(hh, c->headers, h->name, n, h);
	}
	h->users += h->last != c->tu;
	h->last = c->tu;
}

static struct file_text *text_of(struct header_count *c, char *path)
{
	struct file_text *t;

	HASH_FIND_STR(c->texts, path, t);
	if (t) {
		free(path);
		return t;
	}
	t = xcalloc(1, sizeof(*t));
	t->path = path;
	t->data = overlay_read(c->overlay, "/", path, NULL);
	HASH_ADD_KEYPTR(hh, c->texts, t->path, strlen(t->path), t);
	return t;
}

/* Counts what a file includes, itself or through headers in its directory. */
static void count_includes(struct header_count *c, char *path)
{
	struct file_text *t = text_of(c, path);
	const char *s, *end;

	if (t->last == c->tu)
		return;
	t->last = c->tu;
	for (s = t->data; s && (s = strstr(s, "#include")); s = end) {
		s += strlen("#include");
		s += strspn(s, " \t");
		end = s + strcspn(s, "\n");
		if (*s == '<' && memchr(s, '>', (size_t)(end - s)))
			count_header(c, s + 1, strcspn(s + 1, ">"));
		else if (*s == '"' && !memcmp(end - 1, "\"", 1))
			count_includes(c, xasprintf("%.*s/%.*s",
						    (int)(strrchr(t->path, '/') - t->path), t->path,
						    (int)strcspn(s + 1, "\""), s + 1));
	}
}

static void count_free(struct header_count *c)
{
	struct header *h, *next_header;
	struct file_text *t, *next;

	next_header = c->headers;
	HASH_CLEAR(hh, c->headers);
	while ((h = next_header)) {
		next_header = h->hh.next;
		free(h->name);
		free(h);
	}
	next = c->texts;
	HASH_CLEAR(hh, c->texts);
	while ((t = next)) {
		next = t->hh.next;
		free(t->path);
		free(t->data);
		free(t);
	}
}

static int by_use(const struct header *a, const struct header *b)
{
	if (a->users != b->users)
		return a->users < b->users ? 1 : -1;
	return strcmp(a->name, b->name);
}

/* The header's text, found by the tu's -I options; NULL: not found. */
static char *header_read(const struct header_count *c, const struct tu *tu, const char *name)
{
	char *text = NULL;

	for (char **arg = tu->argv; *arg && !text; arg++) {
		const char *dir = *arg + 2;
		char *path;

		if (strncmp(*arg, "-I", 2))
			continue;
		if (!*dir)
			dir = *++arg;
		if (!dir)
			break;
		path = xasprintf("%s/%s", dir, name);
		text = overlay_read(c->overlay, tu->dir, path, NULL);
		free(path);
	}
	return text;
}

/* The main file of the group's precompiled header; NULL: nothing to gain. */
static char *choose_headers(const struct tu_group *g, const struct tu *const *tus,
			    const struct overlay *overlay)
{
	size_t bytes, least = g->n / HEADER_SHARE > 2 ? g->n / HEADER_SHARE : 2;
	struct header_count c = { .overlay = overlay };
	struct header *h;
	char *out = NULL;
	FILE *f = open_memstream(&out, &bytes);

	if (!f)
		die("out of memory");
	for (size_t i = 0; i < g->n; i++) {
		c.tu = tus[g->tus[i]];
		count_includes(&c, xasprintf("%s/%s", c.tu->dir, c.tu->file));
	}
	HASH_SORT(c.headers, by_use);
	for (h = c.headers; h && h->users >= least; h = h->hh.next) {
		char *text = header_read(&c, tus[g->tus[0]], h->name);

		/* A header without include guard may mean something else each time it is included. */
		if (text && macro_include_guarded(text))
			fprintf(f, "#include <%s>\n", h->name);
		free(text);
	}
	fclose(f);
	count_free(&c);
	if (bytes)
		return out;
	free(out);
	return NULL;
}

void pch_choose(const struct tu *const *tus, size_t n, const struct overlay *overlay,
		void (*use)(void *ctx, const struct pch_group *g), void *ctx)
{
	struct tu_group *groups = groups_make(tus, n), *g, *next;

	next = groups;
	HASH_CLEAR(hh, groups);
	while ((g = next)) {
		char *text = g->n < GROUP_MIN ? NULL : choose_headers(g, tus, overlay);

		if (text)
			use(ctx, &(struct pch_group){ .tus = g->tus, .n = g->n, .text = text });
		next = g->hh.next;
		free(g->key);
		free(g->tus);
		free(g);
	}
}
