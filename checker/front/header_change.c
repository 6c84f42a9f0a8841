// SPDX-License-Identifier: GPL-2.0-only
/* header_change.c - which names does a change of a header concern? */
#include <ctype.h>

#include "base/util.h"
#include "header_change.h"
#include "header_items.h"

/* More pairs of items than this are not compared: all is parsed. */
#define MANY_PAIRS 4000000

struct header_comparison {
	struct header_text h[2]; /* before, after */
	bool *changed[2];	 /* by item */
	struct source_change *out;
	struct args members; /* names of members that differ */
	bool layouts;	     /* as header_change_find() takes it */
};

/* --- which items differ */

static bool same_text(const struct header_comparison *c, size_t i, size_t j)
{
	const struct header_item *a = &c->h[0].items[i], *b = &c->h[1].items[j];

	return a->to - a->from == b->to - b->from &&
	       !memcmp(c->h[0].text + a->from, c->h[1].text + b->from, a->to - a->from);
}

/* Item `i` has become item `j`, and is the same. */
static void item_moved(struct header_comparison *c, size_t i, size_t j)
{
	const struct header_item *a = &c->h[0].items[i], *b = &c->h[1].items[j];
	struct source_change *o = c->out;

	c->changed[0][i] = c->changed[1][j] = false;
	*vec_add(o->moved, o->nmoved, o->cap) = (struct moved_lines){
		.first = a->line,
		.last = a->last,
		.by = (int64_t)b->line - a->line,
	};
}

/*
 * The longest common subsequence of the items i to n before and j to m after; the table has its length from each
 * pair on, in rows of m - j + 1.
 */
static void match_between(struct header_comparison *c, size_t i, size_t n, size_t j, size_t m)
{
	size_t width = m - j + 1, rows = n - i + 1, a, b;
	uint32_t *best = xcalloc(width * rows, sizeof(*best));

	for (a = n - i; a--;)
		for (b = m - j; b--;) {
			uint32_t *at = &best[a * width + b], down = at[width], right = at[1];

			*at = same_text(c, i + a, j + b) ? at[width + 1] + 1 :
			      down > right		 ? down :
							   right;
		}
	for (a = b = 0; a < n - i && b < m - j;) {
		const uint32_t *at = &best[a * width + b];

		if (same_text(c, i + a, j + b))
			item_moved(c, i + a++, j + b++);
		else if (at[width] >= at[1])
			a++;
		else
			b++;
	}
	free(best);
}

static bool items_match(struct header_comparison *c)
{
	size_t n = c->h[0].nitems, m = c->h[1].nitems, i = 0, tail = 0, k;

	for (k = 0; k < 2; k++) {
		c->changed[k] = xcalloc(c->h[k].nitems + 1, sizeof(bool));
		memset(c->changed[k], true, c->h[k].nitems);
	}
	for (; i < n && i < m && same_text(c, i, i); i++)
		item_moved(c, i, i);
	while (tail < n - i && tail < m - i && same_text(c, n - tail - 1, m - tail - 1))
		tail++;
	if ((n - tail - i + 1) * (m - tail - i + 1) > MANY_PAIRS)
		return false;
	match_between(c, i, n - tail, i, m - tail);
	for (; tail; tail--)
		item_moved(c, n - tail, m - tail);
	return true;
}

/* Has no changed item a line in common with one that is the same? */
static bool lines_apart(const struct header_comparison *c)
{
	size_t k, i;

	for (k = 0; k < 2; k++)
		for (i = 1; i < c->h[k].nitems; i++)
			if (c->changed[k][i] != c->changed[k][i - 1] &&
			    c->h[k].items[i].line == c->h[k].items[i - 1].last)
				return false;
	return true;
}

/* --- the members of a record that differ */

/* Tokens `from` to `to` of a header, the last one a semicolon; or those of a directive. */
struct member {
	size_t from, to;
};

/* The next member from token *at on; false: `end` is reached. */
static bool member_next(const struct header_text *h, size_t *at, size_t end, struct member *m)
{
	size_t depth = 0;

	bool directive = *at < end && header_token_is(h, *at, "#");

	m->from = *at;
	while (*at < end) {
		bool begins = *at > m->from && !depth && header_token_begins_line(h, *at);

		if (begins && (directive || header_token_is(h, *at, "#")))
			return true;
		depth += header_token_is(h, *at, "{");
		depth -= depth && header_token_is(h, *at, "}");
		m->to = ++*at;
		if (!depth && header_token_is(h, *at - 1, ";"))
			return true;
	}
	return m->from < end;
}

static bool same_member(const struct header_text *a, struct member m, const struct header_text *b,
			struct member o)
{
	size_t i;

	if (m.to - m.from != o.to - o.from)
		return false;
	for (i = 0; i < m.to - m.from; i++) {
		const struct token *s = &a->tokens[m.from + i], *t = &b->tokens[o.from + i];

		if (s->to - s->from != t->to - t->from ||
		    memcmp(a->text + s->from, b->text + t->from, s->to - s->from) != 0)
			return false;
	}
	return true;
}

/* Adds the name of a member that differs; false: it is more than a type, a name and a width or length. */
static bool member_plain(struct header_comparison *c, const struct header_text *h, struct member m)
{
	static const char *const others[] = { "{", "}", "(", ")", "#", "," };
	size_t i, k, name = 0;

	for (i = m.from; i < m.to; i++) {
		bool ends = header_token_is(h, i, ":") || header_token_is(h, i, "[") ||
			    header_token_is(h, i, ";");

		for (k = 0; k < ARRAY_SIZE(others); k++)
			if (header_token_is(h, i, others[k]))
				return false;
		if (ends && !name)
			name = i - 1;
		if (h->tokens[i].kind == TOKEN_NAME)
			header_token_add(&c->out->words, h, i);
	}
	if (name <= m.from || h->tokens[name].kind != TOKEN_NAME)
		return false;
	header_token_add(&c->members, h, name);
	/* (an attribute may stand behind the name) */
	if (name > m.from + 1 && h->tokens[name - 1].kind == TOKEN_NAME)
		header_token_add(&c->members, h, name - 1);
	return true;
}

/* Where layouts count, a member may be anything but a directive, or what has one inside. */
static bool member_name(struct header_comparison *c, const struct header_text *h, struct member m)
{
	size_t i;

	if (!c->layouts)
		return member_plain(c, h, m);
	for (i = m.from; i < m.to; i++) {
		if (header_token_is(h, i, "#"))
			return false;
		if (h->tokens[i].kind == TOKEN_NAME)
			header_token_add(&c->out->words, h, i);
	}
	return true;
}

/* Adds the names of the members of `it` that `other` does not have. */
static bool members_differ(struct header_comparison *c, int k, const struct header_item *it,
			   const struct header_item *other)
{
	const struct header_text *h = &c->h[k], *g = &c->h[!k];
	size_t at = it->first + 3, end = it->first + it->n - 2;
	struct member m, o;

	while (member_next(h, &at, end, &m)) {
		size_t from = other->first + 3, to = other->first + other->n - 2;
		bool found = false;

		while (!found && member_next(g, &from, to, &o))
			found = same_member(h, m, g, o);
		if (!found && !member_name(c, h, m))
			return false;
	}
	return true;
}

static bool is_enum(const struct header_text *h, const struct header_item *it)
{
	return header_item_enum(h, it);
}

/* The changed item of that tag and kind in one of the states; NULL: there is none. */
static const struct header_item *
tagged_in(const struct header_comparison *c, int k, const char *tag,
	  bool (*is)(const struct header_text *h, const struct header_item *it))
{
	size_t i;

	for (i = 0; i < c->h[k].nitems; i++) {
		const struct header_item *it = &c->h[k].items[i];

		if (c->changed[k][i] && is(&c->h[k], it) &&
		    header_token_is(&c->h[k], it->first + 1, tag))
			return it;
	}
	return NULL;
}

/* --- what an item that differs declares */

static bool record_changed(struct header_comparison *c, int k, const struct header_item *it,
			   const char *tag)
{
	const struct header_item *other = tagged_in(c, !k, tag, header_item_is_record);

	if (!other) {
		args_add_once(&c->out->names, tag, strlen(tag));
		return true;
	}
	args_add_once(&c->out->records, tag, strlen(tag));
	if (c->layouts)
		args_add_once(&c->out->names, tag, strlen(tag));
	return header_token_is(&c->h[!k], other->first, "struct") ==
		       header_token_is(&c->h[k], it->first, "struct") &&
	       members_differ(c, k, it, other);
}

/* Decimal or hexadecimal, without a suffix? */
static bool is_number(const struct header_text *h, const struct token *t, size_t most)
{
	size_t n = t->to - t->from;

	return isdigit((unsigned char)h->text[t->from]) && n <= most &&
	       strspn(h->text + t->from, "0123456789abcdefABCDEFx") >= n;
}

/* A number that an int can have, for sure, or one shifted to the left, as the value of an enumerator. */
static bool is_small(const struct header_text *h, size_t from, size_t to)
{
	bool shifted = to - from == 3 && header_token_is(h, from + 1, "<<");
	size_t i;

	if (to - from != 1 && !shifted)
		return false;
	for (i = from; i < to; i += 2)
		if (!is_number(h, &h->tokens[i], shifted ? 1 : 7))
			return false;
	return true;
}

/*
 * Enumerators `from` to `to` behind others: adds their names, if they leave the type of the enum as it is (C11
 * 6.7.2.2p4) as far as `small` says of the last value before them.
 */
static bool enumerators_add(struct header_comparison *c, const struct header_text *h, size_t from,
			    size_t to, bool small)
{
	size_t i, end;

	for (i = from; i < to; i = end + 1) {
		for (end = i; end < to && !header_token_is(h, end, ","); end++)
			;
		if (end == i)
			continue;
		if (h->tokens[i].kind != TOKEN_NAME)
			return false;
		if (end > i + 1)
			small = header_token_is(h, i + 1, "=") && is_small(h, i + 2, end);
		if (!small)
			return false;
		args_add_once(&c->out->names, h->text + h->tokens[i].from,
			      h->tokens[i].to - h->tokens[i].from);
	}
	return true;
}

/* The last initialiser in these enumerators is small, or there is none. */
static bool ends_small(const struct header_text *h, size_t from, size_t to)
{
	size_t i, end = to;

	for (i = to; i > from; i--) {
		if (header_token_is(h, i - 1, ","))
			end = i - 1;
		if (header_token_is(h, i - 1, "="))
			return is_small(h, i, end);
	}
	return true;
}

/* An enum with a tag that was there: known if enumerators were added behind the last one. */
static bool enum_grown(struct header_comparison *c, const struct header_item *was,
		       const struct header_item *it)
{
	const struct header_text *g = &c->h[0], *h = &c->h[1];
	struct member a = { header_item_enum(g, was), was->first + was->n - 2 };
	struct member b = { header_item_enum(h, it), it->first + it->n - 2 };
	size_t end;

	a.to -= header_token_is(g, a.to - 1, ",");
	end = b.from + (a.to - a.from);
	if (end > b.to || !same_member(g, a, h, (struct member){ b.from, end }) ||
	    (end < b.to && !header_token_is(h, end, ",")))
		return false;
	return enumerators_add(c, h, end, b.to, ends_small(g, a.from + 1, a.to));
}

/* An enum without a tag may be what another one was: nothing is known of one that was there. */
static bool enum_changed(struct header_comparison *c, int k, const struct header_item *it,
			 const struct args *names)
{
	bool tagged = header_item_enum(&c->h[k], it) > it->first + 1;
	const struct header_item *other = tagged ? tagged_in(c, !k, names->v[0], is_enum) : NULL;
	size_t i;

	if (other)
		return enum_grown(c, k ? other : it, k ? it : other);
	for (i = 0; k && i < names->n; i++)
		args_add_once(&c->out->names, names->v[i], strlen(names->v[i]));
	return k == 1;
}

/* A macro or type that was there may be used by a name that ## makes. */
static bool may_be_pasted(const struct header_text *h, const struct header_item *it)
{
	return header_token_is(h, it->first, "#") || header_token_is(h, it->first, "typedef");
}

static bool item_changed(struct header_comparison *c, int k, const struct header_item *it)
{
	struct args names = { 0 };
	enum item_kind kind = header_item_names(&c->h[k], it, &names);
	bool known = kind == ITEM_NAMED;
	size_t i;
	bool enumerates = known && is_enum(&c->h[k], it);

	if (enumerates)
		known = enum_changed(c, k, it, &names);
	else if (known && k == 0 && may_be_pasted(&c->h[k], it))
		known = false;
	for (i = 0; known && !enumerates && i < names.n; i++)
		args_add_once(&c->out->names, names.v[i], strlen(names.v[i]));
	if (kind == ITEM_RECORD)
		known = record_changed(c, k, it, names.v[0]);
	args_free(&names);
	return known;
}

static bool changes_find(struct header_comparison *c)
{
	size_t i;
	int k;

	for (k = 0; k < 2; k++)
		for (i = 0; i < c->h[k].nitems; i++)
			if (c->changed[k][i] && !item_changed(c, k, &c->h[k].items[i]))
				return false;
	return true;
}

/* --- what depends on that in the header itself */

static bool mentions(const struct header_text *h, const struct header_item *it,
		     const struct args *names)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		if (header_item_has(h, it, names->v[i]))
			return true;
	return false;
}

static bool is_changed_record(const struct header_comparison *c, const struct header_text *h,
			      const struct header_item *it)
{
	size_t i;

	for (i = 0; i < c->out->records.n; i++)
		if (header_token_is(h, it->first + 1, c->out->records.v[i]))
			return true;
	return false;
}

/*
 * Adds the names of items that use one of the names; false: one is not known by names alone.  A record depends on
 * no member of another one, but has members of such names.
 */
static bool users_add(struct header_comparison *c, const struct header_text *h)
{
	struct args *names = &c->out->names;
	size_t i;

	for (i = 0; i < h->nitems; i++) {
		const struct header_item *it = &h->items[i];
		bool record = header_item_is_record(h, it);

		if (record && is_changed_record(c, h, it))
			continue;
		if (!mentions(h, it, names) && (record || !mentions(h, it, &c->members)))
			continue;
		if (header_item_names(h, it, names) == ITEM_OTHER)
			return false;
		if (record && c->layouts)
			header_token_add(&c->out->records, h, it->first + 1);
	}
	return true;
}

static bool users_find(struct header_comparison *c)
{
	struct args *names = &c->out->names;
	size_t n, i;

	do {
		n = names->n;
		if (!users_add(c, &c->h[0]) || !users_add(c, &c->h[1]))
			return false;
	} while (names->n > n);
	for (i = 0; i < c->members.n; i++)
		args_add_once(names, c->members.v[i], strlen(c->members.v[i]));
	return true;
}

static bool change_find(struct header_comparison *c)
{
	return items_match(c) && lines_apart(c) && changes_find(c) && users_find(c);
}

bool header_change_find(const char *before, const char *after, bool layouts,
			struct source_change *out)
{
	struct header_comparison c = { .out = out, .layouts = layouts };
	bool known;

	*out = (struct source_change){ .layouts = layouts };
	known = header_read(&c.h[0], before);
	known = header_read(&c.h[1], after) && known;
	known = known && change_find(&c);
	header_free(&c.h[0]);
	header_free(&c.h[1]);
	free(c.changed[0]);
	free(c.changed[1]);
	args_free(&c.members);
	if (!known)
		source_change_free(out);
	return known;
}
