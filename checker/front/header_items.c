// SPDX-License-Identifier: GPL-2.0-only
/* header_items.c - a header as a sequence of items. */
#include <ctype.h>

#include "base/util.h"
#include "header_items.h"

/* --- tokens */

static void token_take(void *ctx, const struct token *t)
{
	struct header_text *h = ctx;

	if (t->kind != TOKEN_COMMENT)
		*vec_add(h->tokens, h->ntokens, h->tokens_cap) = *t;
}

static bool is(const struct header_text *h, const struct token *t, const char *text)
{
	size_t n = t->to - t->from;

	return strlen(text) == n && !memcmp(h->text + t->from, text, n);
}

bool header_token_is(const struct header_text *h, size_t i, const char *text)
{
	return is(h, &h->tokens[i], text);
}

void header_token_add(struct args *list, const struct header_text *h, size_t i)
{
	args_add_once(list, h->text + h->tokens[i].from, h->tokens[i].to - h->tokens[i].from);
}

bool header_token_begins_line(const struct header_text *h, size_t i)
{
	const char *at = h->text + (i ? h->tokens[i - 1].to : 0),
		   *end = h->text + h->tokens[i].from;

	if (!i)
		return true;
	for (; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		if (at[-1] != '\\' && !(at[-1] == '\r' && at[-2] == '\\'))
			return true;
	return false;
}

/* --- items */

struct splitting {
	struct header_text *h;
	size_t first;	      /* token of the item at hand */
	size_t depth;	      /* of brackets */
	bool body, directive; /* its braces are those of a function; it is a directive */
};

static void item_end(struct splitting *s, size_t next)
{
	struct header_text *h = s->h;
	struct header_item *last = h->nitems ? &h->items[h->nitems - 1] : NULL;
	size_t from = last ? last->to : 0;

	while (next > s->first && isspace((unsigned char)h->text[from]))
		from++;
	if (next > s->first)
		*vec_add(h->items, h->nitems, h->items_cap) = (struct header_item){
			.from = from,
			.to = h->tokens[next - 1].to,
			.first = s->first,
			.n = next - s->first,
		};
	s->first = next;
	s->body = s->directive = false;
}

/* False if the brackets do not match. */
static bool token_pass(struct splitting *s, size_t i)
{
	const struct header_text *h = s->h;
	char c = '\0';

	if (h->tokens[i].to == h->tokens[i].from + 1)
		c = h->text[h->tokens[i].from];
	if (!s->depth && c == '{')
		s->body = i > s->first && header_token_is(h, i - 1, ")");
	if (c == '{' || c == '(' || c == '[')
		s->depth++;
	if (c != '}' && c != ')' && c != ']') {
		if (!s->depth && c == ';')
			item_end(s, i + 1);
		return true;
	}
	if (!s->depth--)
		return false;
	if (!s->depth && c == '}' && s->body)
		item_end(s, i + 1);
	return true;
}

static bool items_split(struct header_text *h)
{
	struct splitting s = { .h = h };
	size_t i;

	for (i = 0; i < h->ntokens; i++) {
		bool hash = !s.depth && header_token_is(h, i, "#") &&
			    header_token_begins_line(h, i);

		if (hash || (s.directive && header_token_begins_line(h, i)))
			item_end(&s, i);
		s.directive |= hash;
		if (!s.directive && !token_pass(&s, i))
			return false;
	}
	item_end(&s, h->ntokens);
	return !s.depth;
}

static void lines_count(struct header_text *h)
{
	const char *at = h->text;
	uint32_t line = 1;
	size_t i;

	for (i = 0; i < h->nitems; i++) {
		struct header_item *it = &h->items[i];
		const char *end = h->text + h->tokens[it->first].from;

		for (; at < end; at++)
			line += *at == '\n';
		it->line = line;
		for (end = h->text + it->to; at < end; at++)
			line += *at == '\n';
		it->last = line;
	}
}

bool header_read(struct header_text *h, const char *path)
{
	*h = (struct header_text){ 0 };
	h->text = read_file(path, &h->bytes);
	if (!h->text || !tokens_each(h->text, h->bytes, token_take, h) || !items_split(h))
		return false;
	lines_count(h);
	return true;
}

void header_free(struct header_text *h)
{
	free(h->text);
	free(h->tokens);
	free(h->items);
}

/* --- what they are */

static bool is_name(const struct header_text *h, size_t i)
{
	return h->tokens[i].kind == TOKEN_NAME;
}

/* A struct or union, or its tag alone: the tag follows. */
static enum item_kind tagged(const struct header_text *h, const struct header_item *it,
			     struct args *names)
{
	size_t last = it->first + it->n - 1;

	if (it->n < 3 || !is_name(h, it->first + 1))
		return ITEM_OTHER;
	if (it->n > 3 &&
	    !(header_token_is(h, it->first + 2, "{") && header_token_is(h, last - 1, "}")))
		return ITEM_OTHER;
	header_token_add(names, h, it->first + 1);
	return it->n > 3 ? ITEM_RECORD : ITEM_NAMED;
}

static bool is_tagged(const struct header_text *h, const struct header_item *it, const char *next)
{
	return it->n > 2 &&
	       (header_token_is(h, it->first, "struct") ||
		header_token_is(h, it->first, "union")) &&
	       header_token_is(h, it->first + 2, next);
}

bool header_item_is_record(const struct header_text *h, const struct header_item *it)
{
	return is_tagged(h, it, "{");
}

static enum item_kind directive(const struct header_text *h, const struct header_item *it,
				struct args *names)
{
	if (it->n < 3 || !header_token_is(h, it->first + 1, "define") || !is_name(h, it->first + 2))
		return ITEM_OTHER;
	header_token_add(names, h, it->first + 2);
	return ITEM_NAMED;
}

size_t header_item_enum(const struct header_text *h, const struct header_item *it)
{
	size_t open = it->first + 1, last = it->first + it->n - 1;

	if (it->n < 5 || !header_token_is(h, it->first, "enum"))
		return 0;
	open += is_name(h, open);
	return header_token_is(h, open, "{") && header_token_is(h, last - 1, "}") ? open : 0;
}

/* Is token number `i` of an enum the name of an enumerator that it declares? */
static bool is_enumerator(const struct header_text *h, size_t i)
{
	return is_name(h, i) && (header_token_is(h, i - 1, "{") || header_token_is(h, i - 1, ","));
}

bool header_item_has(const struct header_text *h, const struct header_item *it, const char *name)
{
	size_t i, end = it->first + it->n, open = header_item_enum(h, it);

	/* (in parentheses a comma may separate anything) */
	for (i = open; open && i < end; i++)
		if (header_token_is(h, i, "("))
			open = 0;
	for (i = it->first; i < end; i++)
		if (header_token_is(h, i, name) && !(open && i > open && is_enumerator(h, i)))
			return true;
	return false;
}

/* The tag, if there is one, and all enumerators. */
static enum item_kind enumeration(const struct header_text *h, const struct header_item *it,
				  struct args *names)
{
	size_t i, open = header_item_enum(h, it), end = it->first + it->n - 2;

	for (i = open; i < end; i++)
		if (header_token_is(h, i, "#"))
			return ITEM_OTHER;
	for (i = it->first + 1; i < end; i++)
		if (i < open ? is_name(h, i) : is_enumerator(h, i))
			header_token_add(names, h, i);
	return ITEM_NAMED;
}

/* `typedef TYPE NAME;`, also of an array, or of a pointer to a function. */
static enum item_kind type_name(const struct header_text *h, const struct header_item *it,
				struct args *names)
{
	size_t i, end = it->first + it->n - 1;

	for (i = it->first + 1; i < end; i++) {
		if (header_token_is(h, i, "{"))
			return ITEM_OTHER;
		if (header_token_is(h, i, "[") || header_token_is(h, i, "("))
			break;
	}
	if (i + 3 < end && header_token_is(h, i, "(") && header_token_is(h, i + 1, "*") &&
	    header_token_is(h, i + 3, ")"))
		i += 3;
	else if (i < end && !header_token_is(h, i, "["))
		return ITEM_OTHER;
	if (i < it->first + 3 || !is_name(h, i - 1))
		return ITEM_OTHER;
	header_token_add(names, h, i - 1);
	return ITEM_NAMED;
}

/* `extern TYPE NAME;`, also of an array. */
static enum item_kind variable(const struct header_text *h, const struct header_item *it,
			       struct args *names)
{
	size_t i;

	for (i = it->first + 2; i < it->first + it->n; i++)
		if (header_token_is(h, i, ";") || header_token_is(h, i, "["))
			break;
	if (!header_token_is(h, it->first, "extern") || i == it->first + it->n ||
	    !is_name(h, i - 1))
		return ITEM_OTHER;
	header_token_add(names, h, i - 1);
	return ITEM_NAMED;
}

/* Is there a token at the depth of the item itself that makes it none of a function? */
static bool is_no_function(const struct header_text *h, const struct header_item *it)
{
	static const char *const words[] = { "typedef", "=", "asm", "__asm__", "_Static_assert" };
	size_t i, w, end = it->first + it->n;

	for (i = it->first; i < end && !header_token_is(h, i, "{"); i++)
		for (w = 0; w < ARRAY_SIZE(words); w++)
			if (header_token_is(h, i, words[w]))
				return true;
	return i < end && !header_token_is(h, i - 1, ")");
}

/* A prototype or a function: every name in front of a parenthesis outside of others, of which one is its own. */
static enum item_kind function(const struct header_text *h, const struct header_item *it,
			       struct args *names)
{
	size_t i, depth = 0, found = 0;

	for (i = it->first; i < it->first + it->n && !header_token_is(h, i, "{"); i++) {
		bool opens = header_token_is(h, i, "(");

		if (opens && !depth && (i < it->first + 2 || !is_name(h, i - 1)))
			return ITEM_OTHER;
		if (opens && !depth++)
			found++;
		depth -= depth && header_token_is(h, i, ")");
	}
	if (!found)
		return variable(h, it, names);
	for (i = it->first, depth = 0; i < it->first + it->n && !header_token_is(h, i, "{"); i++) {
		if (header_token_is(h, i, "(") && !depth++)
			header_token_add(names, h, i - 1);
		depth -= depth && header_token_is(h, i, ")");
	}
	return ITEM_NAMED;
}

enum item_kind header_item_names(const struct header_text *h, const struct header_item *it,
				 struct args *names)
{
	if (header_token_is(h, it->first, "#"))
		return directive(h, it, names);
	if (is_tagged(h, it, "{") || is_tagged(h, it, ";"))
		return tagged(h, it, names);
	if (header_item_enum(h, it))
		return enumeration(h, it, names);
	if (header_token_is(h, it->first, "typedef"))
		return type_name(h, it, names);
	return is_no_function(h, it) ? ITEM_OTHER : function(h, it, names);
}
