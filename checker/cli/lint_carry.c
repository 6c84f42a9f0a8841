// SPDX-License-Identifier: GPL-2.0-only
/*
 * lint_carry.c - facts of the tree before a series that hold after it, too, although headers change.
 *
 * A file is concerned by the change of a header if it has one of the words that the change declares, anywhere,
 * be it in a comment.  The words of thousands of files are told apart without clang: a word too many costs the
 * time to parse.
 */
#include <ctype.h>

#include "base/pool.h"
#include "extract.h"
#include "front/header_change.h"
#include "lint_carry.h"
#include "lint_confine.h"
#include "series/packed.h"
#include "store/carry.h"
#include "tree/tree_path.h"

struct changed_header {
	const char *name; /* relative to the tree, as facts name it */
	char *path, *before;
	struct source_change change;
	bool known; /* what the change can mean */
};

struct lint_carry {
	const struct lint *l;
	struct changed_header *v;
	size_t n;
	bool layouts; /* compare so that the sizes of records do not matter */
};

/* --- which files they concern */

/* Is the word at `at` the name of a macro that the line defines or drops? */
static bool is_macro(const char *text, const char *at)
{
	const char *end = at;

	while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	return (end - text >= 6 && !memcmp(end - 6, "define", 6)) ||
	       (end - text >= 5 && !memcmp(end - 5, "undef", 5));
}

/* Is it a word of what changes in a header, but for header number `but`? */
static bool has_word(const struct lint_carry *c, size_t but, const char *text, const char *at,
		     size_t n)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (i != but && c->v[i].known &&
		    (args_has(&c->v[i].change.names, at, n) ||
		     (is_macro(text, at) && args_has(&c->v[i].change.words, at, n))))
			return true;
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool has_words(const struct lint_carry *c, size_t but, const char *path)
{
	size_t bytes, n;
	char *text = read_file(path, &bytes);
	const char *at;
	bool found = !text;

	for (at = text; !found && at < text + bytes; at += n ? n : 1) {
		for (n = 0; is_word(at[n]); n++)
			;
		found = n && has_word(c, but, text, at, n);
	}
	free(text);
	return found;
}

static bool concerns(void *ctx, const char *path)
{
	const struct lint_carry *c = ctx;

	return has_words(c, c->n, path);
}

/* --- what the changes are: in worker processes, as nothing of the series is trusted */

static void confine(void *ctx)
{
	const struct lint_carry *c = ctx;

	lint_confine_worker(c->l);
}

static void list_put(struct buf *out, const struct args *list)
{
	size_t i;

	buf_varint(out, list->n);
	for (i = 0; i < list->n; i++)
		packed_text_put(out, list->v[i]);
}

/* Finds what the header changes, with other layouts of records only if it must be. */
static bool change_find(const struct lint_carry *c, const struct changed_header *h,
			struct source_change *change)
{
	char *after = series_content(&c->l->series, AFTER, h->name);
	bool known = (!c->layouts && header_change_find(h->before, after, false, change)) ||
		     header_change_find(h->before, after, true, change);

	free(after);
	return known;
}

static void compare(size_t job, struct buf *reply, void *ctx)
{
	const struct lint_carry *c = ctx;
	struct source_change change;
	size_t i;

	if (change_find(c, &c->v[job], &change)) {
		buf_varint(reply, change.layouts);
		buf_varint(reply, change.nmoved);
		for (i = 0; i < change.nmoved; i++) {
			buf_varint(reply, change.moved[i].first);
			buf_varint(reply, change.moved[i].last);
			buf_varint(reply, (uint64_t)change.moved[i].by);
		}
		list_put(reply, &change.names);
		list_put(reply, &change.records);
		list_put(reply, &change.words);
		source_change_free(&change);
	}
}

static uint64_t number_get(struct packed *p)
{
	uint64_t n;

	if (!varint_read(&p->at, p->end, &n))
		die("what another process found in a header is damaged");
	return n;
}

static void list_get(struct packed *p, struct args *list)
{
	size_t n;

	for (n = packed_number(p); n; n--)
		args_add(list, "%s", packed_text(p));
}

static void compared(size_t job, const unsigned char *data, size_t n, const char *failure,
		     void *ctx)
{
	struct lint_carry *c = ctx;
	struct changed_header *h = &c->v[job];
	struct packed p = { .at = data, .end = data + n };
	size_t lines;

	source_change_free(&h->change);
	h->change = (struct source_change){ 0 };
	h->known = !failure && n;
	if (!h->known)
		return;
	h->change.layouts = packed_number(&p);
	for (lines = packed_number(&p); lines; lines--) {
		struct moved_lines *m = vec_add(h->change.moved, h->change.nmoved, h->change.cap);

		m->first = (uint32_t)number_get(&p);
		m->last = (uint32_t)number_get(&p);
		m->by = (int64_t)number_get(&p);
	}
	list_get(&p, &h->change.names);
	list_get(&p, &h->change.records);
	list_get(&p, &h->change.words);
}

/* A header that the change of another one concerns: what uses it in there was not looked for. */
static void meets_other(struct lint_carry *c, size_t i)
{
	struct changed_header *h = &c->v[i];
	char *after = series_content(&c->l->series, AFTER, h->name);

	if (has_words(c, i, h->before) || has_words(c, i, after))
		h->known = false;
	free(after);
}

static void changes_find(struct lint_carry *c)
{
	const struct pool_job job = {
		.confine = confine, .work = compare, .done = compared, .ctx = c
	};
	size_t i;

	if (c->n)
		pool_run(c->l->o->jobs, c->n, &job, NULL);
	for (i = 0; i < c->n && c->n > 1; i++)
		meets_other(c, i);
}

void lint_carry_find(struct lint *l)
{
	struct lint_carry *c = l->carry = xcalloc(1, sizeof(*c));
	size_t i;

	c->l = l;
	c->v = xcalloc(l->series.touched.n + 1, sizeof(*c->v));
	for (i = 0; i < l->series.touched.n; i++) {
		const char *name = l->series.touched.v[i];
		bool in_tree = tree_has(&l->tree, name);

		if (name_ends_in(name, ".h") && series_has(&l->series, BEFORE, name, in_tree) &&
		    series_has(&l->series, AFTER, name, in_tree))
			c->v[c->n++] = (struct changed_header){
				.name = name,
				.path = xasprintf("%s/%s", l->tree.kdir, name),
				.before = series_content(&l->series, BEFORE, name),
			};
	}
	changes_find(c);
}

void lint_carry_free(struct lint *l)
{
	struct lint_carry *c = l->carry;
	size_t i;

	for (i = 0; i < c->n; i++) {
		source_change_free(&c->v[i].change);
		free(c->v[i].path);
		free(c->v[i].before);
	}
	free(c->v);
	free(c);
}

/* --- taking over */

/* The tus that are taken over, or the others; the caller frees the array. */
static struct tu_list chosen(const struct carry *plan, const struct tu_list *tus, bool taken)
{
	struct tu_list list = { .tus = xcalloc(tus->n + 1, sizeof(*list.tus)) };
	size_t i;

	for (i = 0; i < tus->n; i++)
		if (carry_takes(plan, i) == taken)
			list.tus[list.n++] = tus->tus[i];
	return list;
}

/* Parses some of the tus and takes over the others, of which it returns the list if it could not; the caller frees that. */
static struct tu_list carry_over(struct lint *l, const struct extraction *x, const char *before,
				 const struct tu_list *tus, size_t *parsed)
{
	struct carry_file *files;
	struct carry *plan;
	struct tu_list rest, taken;
	size_t i, n = 0;

	files = xcalloc(l->carry->n + 1, sizeof(*files));
	for (i = 0; i < l->carry->n; i++) {
		const struct changed_header *h = &l->carry->v[i];

		if (h->known)
			files[n++] = (struct carry_file){ .path = h->path,
							  .name = h->name,
							  .before = h->before,
							  .change = &h->change };
	}
	plan = carry_plan(x->store, before, tus, x->key, files, n, concerns, l->carry);
	rest = chosen(plan, tus, false);
	taken = chosen(plan, tus, true);
	*parsed += extract_stale(x, &rest);
	if (carry_put(plan))
		taken.n = 0;
	carry_free(plan);
	free(rest.tus);
	free(files);
	return taken;
}

/* Do the sizes of records matter to what is known of a header? */
static bool sizes_matter(const struct lint_carry *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->v[i].known && !c->v[i].change.layouts)
			return true;
	return false;
}

size_t lint_carry(void *ctx, const struct extraction *x, const char *before,
		  const struct tu_list *tus)
{
	struct lint *l = ctx;
	struct tu_list left, more;
	size_t parsed = 0;

	if (x->plain)
		return extract_stale(x, tus);
	left = carry_over(l, x, before, tus, &parsed);
	if (left.n && sizes_matter(l->carry)) {
		l->carry->layouts = true;
		changes_find(l->carry);
		more = carry_over(l, x, before, &left, &parsed);
		free(left.tus);
		left = more;
	}
	parsed += extract_stale(x, &left);
	free(left.tus);
	return parsed;
}
