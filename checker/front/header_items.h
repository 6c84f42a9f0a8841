/* SPDX-License-Identifier: GPL-2.0-only */
/* header_items.h - a header as a sequence of items: directives, declarations and definitions at file scope. */
#ifndef RACYBITS_FRONT_HEADER_ITEMS_H
#define RACYBITS_FRONT_HEADER_ITEMS_H

#include "base/process.h"
#include "tokens.h"

/* An item, with the comments in front of it. */
struct header_item {
	size_t from, to;     /* bytes of the text */
	size_t first, n;     /* its tokens */
	uint32_t line, last; /* lines of its first and its last token */
};

struct header_text {
	char *text;
	size_t bytes;
	struct token *tokens; /* without comments */
	size_t ntokens, tokens_cap;
	struct header_item *items;
	size_t nitems, items_cap;
};

/* Reads a file; false if it cannot be read, or its braces do not match.  header_free() frees it, in any case. */
bool header_read(struct header_text *h, const char *path);
void header_free(struct header_text *h);

/* Is token number `i` the first one of its line?  A line that ends in a backslash goes on. */
bool header_token_begins_line(const struct header_text *h, size_t i);
/* Is token number `i` this text? */
bool header_token_is(const struct header_text *h, size_t i, const char *text);
/* Is the name one of the words of the item?  An enumerator that it declares does not count. */
bool header_item_has(const struct header_text *h, const struct header_item *it, const char *name);
/* Appends token number `i` to a list that does not have it. */
void header_token_add(struct args *list, const struct header_text *h, size_t i);

enum item_kind {
	ITEM_OTHER,  /* anything else */
	ITEM_NAMED,  /* what only a text with one of its names can depend on */
	ITEM_RECORD, /* a struct or union with a tag and its members; the names are its tag */
};
/* A struct or union with a tag and members? */
bool header_item_is_record(const struct header_text *h, const struct header_item *it);
/* The token of an enum that opens the list of its enumerators, which the last two tokens of the item end; 0: it is none. */
size_t header_item_enum(const struct header_text *h, const struct header_item *it);
/* Says what an item is and appends the names that it declares to the list; of ITEM_OTHER none. */
enum item_kind header_item_names(const struct header_text *h, const struct header_item *it,
				 struct args *names);

#endif
