// SPDX-License-Identifier: GPL-2.0-only
/*
 * tu_cache.c - the compile commands of a tree, kept between runs.
 *
 * A list is one blob: for each tu its file, its directory, its arguments and 0.  A string is written
 * as its number, from 1 on; where it occurs first, its length and bytes follow.
 */
#include "base/buf.h"
#include "store_priv.h"
#include "tu_cache.h"

struct tu_writer {
	struct buf out;
	uint32_t *number; /* by str; 0: none given yet */
	size_t n, cap;	  /* numbers given; size of the array */
};

static void put_string(struct tu_writer *w, const char *text)
{
	str s = str_intern(text);
	size_t cap, length = strlen(text);

	if (s >= w->cap) {
		cap = (size_t)s * 2 + 1024;
		w->number = xrealloc(w->number, cap * sizeof(*w->number));
		memset(w->number + w->cap, 0, (cap - w->cap) * sizeof(*w->number));
		w->cap = cap;
	}
	if (w->number[s]) {
		buf_varint(&w->out, w->number[s]);
		return;
	}
	w->number[s] = (uint32_t)++w->n;
	buf_varint(&w->out, w->n);
	buf_varint(&w->out, length);
	buf_add(&w->out, text, length);
}

static void put_tu(struct tu_writer *w, const struct tu *tu)
{
	char **arg;

	put_string(w, tu->file);
	put_string(w, tu->dir);
	for (arg = tu->argv; *arg; arg++)
		put_string(w, *arg);
	buf_varint(&w->out, 0);
}

struct tu_reader {
	const unsigned char *at, *end;
	const char **strings; /* by number - 1; allocated from `text` */
	size_t n, cap;
	struct arena text;
	bool bad;
};

/* NULL at the end of a tu, or if the blob is damaged. */
static const char *get_string(struct tu_reader *r)
{
	uint64_t number, length;
	char *text;

	if (!varint_read(&r->at, r->end, &number) || number > r->n + 1)
		r->bad = true;
	if (r->bad || !number)
		return NULL;
	if (number <= r->n)
		return r->strings[number - 1];
	if (!varint_read(&r->at, r->end, &length) || length > (size_t)(r->end - r->at)) {
		r->bad = true;
		return NULL;
	}
	text = arena_alloc(&r->text, length + 1);
	memcpy(text, r->at, length);
	r->at += length;
	return *vec_add(r->strings, r->n, r->cap) = text;
}

/* One block, as ccargs.c makes it: the pointers and behind them the strings. */
static char **get_argv(struct tu_reader *r)
{
	const char **args = NULL, *arg;
	size_t n = 0, cap = 0, bytes = 0, i;
	char **argv, *text;

	while ((arg = get_string(r))) {
		*vec_add(args, n, cap) = arg;
		bytes += strlen(arg) + 1;
	}
	argv = xmalloc((n + 1) * sizeof(*argv) + bytes);
	text = (char *)(argv + n + 1);
	for (i = 0; i < n; i++) {
		argv[i] = text;
		text = stpcpy(text, args[i]) + 1;
	}
	argv[n] = NULL;
	free(args);
	return argv;
}

static void get_tu(struct tu_reader *r, struct tu_list *out, size_t *cap)
{
	const char *file = get_string(r), *dir = file ? get_string(r) : NULL;

	r->bad |= !dir;
	if (!r->bad)
		*vec_add(out->tus, out->n, *cap) = (struct tu){
			.file = xstrdup(file),
			.dir = xstrdup(dir),
			.argv = get_argv(r),
		};
}

/* The last list asked for is that of tu_cache_asked(). */
static void touch(struct store *s, const char *paths)
{
	struct sqlite3_stmt *st = db_query(&s->db, COMMANDS_TOUCH);

	db_bind_int(st, 1, s->tree);
	db_bind_text(st, 2, paths);
	db_row(&s->db, st);
}

static void get_tus(struct store *s, struct bytes list, struct tu_list *out)
{
	struct tu_reader r = { .at = list.p, .end = list.p + list.n };
	size_t cap = 0;

	*out = (struct tu_list){ 0 };
	while (r.at < r.end && !r.bad)
		get_tu(&r, out, &cap);
	if (r.bad)
		db_damaged(&s->db, "table commands");
	arena_free(&r.text);
	free(r.strings);
}

bool tu_cache_get(struct store *s, const char *paths, uint64_t key, struct tu_list *out)
{
	struct sqlite3_stmt *st = db_query(&s->db, COMMANDS_GET);
	struct bytes list;
	bool found;

	db_bind_int(st, 1, s->tree);
	db_bind_text(st, 2, paths);
	found = db_row(&s->db, st) && (uint64_t)db_int(st, 0) == key;
	if (found) {
		list = db_bytes(st, 1);
		if ((uint64_t)db_int(st, 2) != hash_bytes(HASH_SEED, list.p, list.n))
			db_damaged(&s->db, "table commands");
		get_tus(s, list, out);
	}
	db_end(st);
	if (found)
		touch(s, paths);
	return found;
}

char *tu_cache_asked(struct store *s)
{
	struct sqlite3_stmt *st = db_query(&s->db, COMMANDS_ASKED);
	const char *paths;
	char *asked = NULL;

	db_bind_int(st, 1, s->tree);
	if (db_row(&s->db, st)) {
		paths = db_text(st, 0);
		asked = paths ? xstrdup(paths) : NULL;
		db_end(st);
	}
	return asked;
}

void tu_cache_put(struct store *s, const char *paths, uint64_t key, const struct tu_list *tus)
{
	struct sqlite3_stmt *st = db_query(&s->db, COMMANDS_PUT);
	struct tu_writer w = { 0 };
	size_t i;

	for (i = 0; i < tus->n; i++)
		put_tu(&w, &tus->tus[i]);
	db_bind_int(st, 1, s->tree);
	db_bind_text(st, 2, paths);
	db_bind_int(st, 3, (int64_t)key);
	db_bind_bytes(st, 4, (struct bytes){ w.out.data, w.out.n });
	db_bind_int(st, 5, (int64_t)hash_bytes(HASH_SEED, w.out.data, w.out.n));
	db_row(&s->db, st);
	free(w.out.data);
	free(w.number);
}
