/* SPDX-License-Identifier: GPL-2.0-only */
/* source_text.h - comments and preprocessor conditionals around a declaration. */
#ifndef RACYBITS_FRONT_SOURCE_TEXT_H
#define RACYBITS_FRONT_SOURCE_TEXT_H

#include "source.h"

/* Offsets are in bytes of s->text; a comment is returned without its marks, its white space as single
 * blanks; 0: there is none. */

/* The comment over the declaration at [from, to), then the one behind it on its line. */
str text_comment(const struct source *s, size_t from, size_t to);

/* How far the members of a record were scanned for comments that head several of them. */
struct group_scan {
	size_t at; /* start of a line */
	str alone; /* last comment that a blank line follows: it heads all members behind it */
	str run;   /* last comment without one: it heads the lines up to the next blank line */
};
/* Those two comments for the declaration at `from`; ask in the order of declaration. */
str text_group_comment(const struct source *s, struct group_scan *g, size_t from);

/* Does an #if opened behind `from` enclose `at`? */
bool text_is_conditional(const struct source *s, size_t from, size_t at);
/* Offset of the first byte from `at` on that is neither white space nor comment. */
size_t text_skip(const struct source *s, size_t at);

#endif
