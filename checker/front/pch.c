// SPDX-License-Identifier: GPL-2.0-only
/* pch.c - which headers are worth precompiling, for which units, and where that is kept. */
#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

#include "facts/facts.h"
#include "front_priv.h"
#include "pch.h"

/* Fewer units than that gain less than a precompiled header costs. */
#define GROUP_MIN 6
/* A header is precompiled if one of so many units includes it, and at least two do. */
#define HEADER_SHARE 50

struct pch_set {
	struct front_options opt;
	char *dir;
	struct pch **pchs;
	size_t n, cap;
	struct pch **of; /* by unit */
};

/* --- units that are compiled alike */

struct group {
	char *key;
	size_t *units; /* indexes */
	size_t n, cap;
	UT_hash_handle hh;
};

/* What kbuild gives each unit for itself (scripts/Makefile.lib). */
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

static struct group *groups_make(const struct tu *const *tus, size_t n)
{
	struct group *groups = NULL, *g;

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
		*vec_add(g->units, g->n, g->cap) = i;
	}
	return groups;
}

/* --- headers they include */

struct header {
	char *name; /* as between <> */
	size_t units;
	const struct tu *last; /* unit counted last */
	UT_hash_handle hh;
};

struct count {
	const struct tu *tu;
	struct header *headers;
	struct text {
		char *path;
		const struct tu *last;
		char *data;
		UT_hash_handle hh;
	} *texts;
};

static void count_header(struct count *c, const char *name, size_t n)
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
	h->units += h->last != c->tu;
	h->last = c->tu;
}

static struct text *text_of(struct count *c, char *path)
{
	struct text *t;

	HASH_FIND_STR(c->texts, path, t);
	if (t) {
		free(path);
		return t;
	}
	t = xcalloc(1, sizeof(*t));
	t->path = path;
	t->data = read_file(path, NULL);
	HASH_ADD_KEYPTR(hh, c->texts, t->path, strlen(t->path), t);
	return t;
}

/* Counts what a file includes, by itself or by headers private to its directory. */
static void count_includes(struct count *c, char *path)
{
	struct text *t = text_of(c, path);
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

static void count_free(struct count *c)
{
	struct header *h, *next_header;
	struct text *t, *next;

	HASH_ITER(hh, c->headers, h, next_header) {
		HASH_DEL(c->headers, h);
		free(h->name);
		free(h);
	}
	HASH_ITER(hh, c->texts, t, next) {
		HASH_DEL(c->texts, t);
		free(t->path);
		free(t->data);
		free(t);
	}
}

static int by_use(const struct header *a, const struct header *b)
{
	if (a->units != b->units)
		return a->units < b->units ? 1 : -1;
	return strcmp(a->name, b->name);
}

/* The header's text, as found by the unit's -I options; NULL: it is not found. */
static char *header_read(const struct tu *tu, const char *name)
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
		path = xasprintf("%s/%s/%s", *dir == '/' ? "" : tu->dir, dir, name);
		text = read_file(path, NULL);
		free(path);
	}
	return text;
}

/* The main file of the group's precompiled header; NULL: there is nothing to gain. */
static char *choose_headers(const struct group *g, const struct tu *const *tus)
{
	size_t bytes, least = g->n / HEADER_SHARE > 2 ? g->n / HEADER_SHARE : 2;
	struct count c = { 0 };
	struct header *h;
	char *out = NULL;
	FILE *f = open_memstream(&out, &bytes);

	if (!f)
		die("out of memory");
	for (size_t i = 0; i < g->n; i++) {
		c.tu = tus[g->units[i]];
		count_includes(&c, xasprintf("%s/%s", c.tu->dir, c.tu->file));
	}
	HASH_SORT(c.headers, by_use);
	for (h = c.headers; h && h->units >= least; h = h->hh.next) {
		char *text = header_read(tus[g->units[0]], h->name);

		/* One that may be meant to be read several times, with other macros each, is not for all. */
		if (text && macros_guarded(text))
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

/* --- the set */

/* The directory while something is being built in it, and whose it is. */
static const char *unfinished;
static pid_t owner;

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* Also when a signal ends the run: pool_run() exits then. */
static void remove_unfinished(void)
{
	if (unfinished && getpid() == owner)
		nftw(unfinished, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	unfinished = NULL;
}

static char *directory_make(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = xasprintf("%s/racybits-XXXXXX", tmp && *tmp ? tmp : "/tmp");

	if (!mkdtemp(dir)) {
		free(dir);
		return NULL;
	}
	if (!owner)
		atexit(remove_unfinished);
	owner = getpid();
	unfinished = dir;
	return dir;
}

static void plan_group(struct pch_set *s, const struct group *g, const struct tu *const *tus)
{
	char *text = g->n < GROUP_MIN ? NULL : choose_headers(g, tus);
	struct pch *pch;

	if (text && !s->dir)
		s->dir = directory_make();
	if (!text || !s->dir) {
		free(text);
		return;
	}
	pch = xcalloc(1, sizeof(*pch));
	pch->tu = tus[g->units[0]];
	pch->text = text;
	pch->fd = -1;
	*vec_add(s->pchs, s->n, s->cap) = pch;
	for (size_t i = 0; i < g->n; i++)
		s->of[g->units[i]] = pch;
}

struct pch_set *pch_plan(const struct tu *const *tus, size_t n, const struct front_options *opt)
{
	struct group *groups = groups_make(tus, n), *g, *next;
	struct pch_set *s = xcalloc(1, sizeof(*s));

	s->opt = *opt;
	s->of = xcalloc(n + 1, sizeof(struct pch *));
	HASH_ITER(hh, groups, g, next) {
		if (!opt->overlay)
			plan_group(s, g, tus);
		HASH_DEL(groups, g);
		free(g->key);
		free(g->units);
		free(g);
	}
	return s;
}

void pch_free(struct pch_set *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct pch *pch = s->pchs[i];

		if (pch->fd >= 0)
			close(pch->fd);
		for (uint32_t f = 0; f < pch->nfiles; f++)
			free(pch->files[f].text);
		HASH_CLEAR(hh, pch->globals);
		HASH_CLEAR(hh, pch->by_name);
		HASH_CLEAR(hh, pch->mentions);
		arena_free(&pch->arena);
		free(pch->text);
		free(pch);
	}
	free(s->dir);
	free(s->pchs);
	free(s->of);
	free(s);
}

size_t pch_count(const struct pch_set *s)
{
	return s->n;
}

const char *pch_label(const struct pch_set *s, size_t i)
{
	return s->pchs[i]->tu->file;
}

struct pch *pch_of(const struct pch_set *s, size_t tu)
{
	return s->of[tu] && s->of[tu]->fd >= 0 ? s->of[tu] : NULL;
}

static char *pch_path(const struct pch_set *s, size_t i)
{
	return xasprintf("%s/%zu.pch", s->dir, i);
}

void pch_build(struct pch_set *s, size_t i, struct buf *reply)
{
	char *path = pch_path(s, i);

	pch_make(s->pchs[i], &s->opt, path, reply);
	free(path);
}

void pch_take(struct pch_set *s, size_t i, const unsigned char *data, size_t n)
{
	char *path = pch_path(s, i);

	if (data && pch_read(s->pchs[i], data, n))
		s->pchs[i]->fd = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	free(path);
	if (i + 1 == s->n)
		remove_unfinished();
}
