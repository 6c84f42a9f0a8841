/* SPDX-License-Identifier: GPL-2.0-only */
/* rewrite_member.h - the lines that declare a member, with the comments that are about it. */
#ifndef RACYBITS_FIX_REWRITE_MEMBER_H
#define RACYBITS_FIX_REWRITE_MEMBER_H

#include "declarators.h"
#include "edits.h"
#include "plan.h"

struct rewrite {
	struct fix_plan *plan;
	struct record_text text;
	struct edits edits;
	struct arena *a; /* all strings that are returned are from here */
	bool lists;	 /* a declaration of several names was taken apart */
};

/*
 * White space to put behind column `from` where the text has other white space in front of text[at]: one blank for one
 * blank, else as much as leads to the column of text[at], with tabs if that had a tab; from `a`.
 */
const char *padding(struct arena *a, size_t from, const char *text, size_t at);
/* The white space in front of the line of the declaration. */
const char *indent_of(struct rewrite *w, const struct declaration_text *d);

/*
 * The text with the comments of `at` behind it; with `stays`, what is behind the text stays where it was if it can.
 */
const char *with_comments(struct rewrite *w, const char *out, struct span at, bool stays);
/* Lines of the comments of `at`, indented as the declaration is; "" if there are none. */
const char *comments_above(struct rewrite *w, const struct declaration_text *d, struct span at);
/* The comment above moves[i], indented as `near` is, if it is the first of its group; else "". */
const char *group_comment(struct rewrite *w, uint32_t i, const struct declaration_text *near);

/* The move of the name, or NULL. */
const struct field_move *move_of(const struct rewrite *w, const struct declarator *n);
/* Does the name stay in its declaration: it does not move, and is not the member that is carried? */
bool is_left(const struct rewrite *w, const struct declarator *n);
/*
 * The names that `d` declares, as declarators_of() finds them; but a comment behind several names of one line is
 * with the last of them that stays, if one does.
 */
struct declarators names_of(struct rewrite *w, const struct declaration_text *d);
/* Is each name of the declaration to be declared elsewhere? */
bool all_move_away(const struct rewrite *w, const struct declarators *l);

/*
 * The lines that declare the field that `d` declares as a member of its own, with the comments in that declaration
 * and behind it that are about the field.
 */
const char *member(struct rewrite *w, const struct field_move *m, const struct declaration_text *d);

#endif
