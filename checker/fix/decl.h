/* SPDX-License-Identifier: GPL-2.0-only */
/* decl.h - the text of a record as a list of member declarations. */
#ifndef RACYBITS_FIX_DECL_H
#define RACYBITS_FIX_DECL_H

#include "base/util.h"

/* A member declaration; all positions are offsets into the text of the file. */
struct declaration_text {
	size_t from, to;	     /* from its first word to behind its `;` */
	size_t lines_from, lines_to; /* the whole lines it is on, with a comment behind it */
	size_t above;		     /* start of the comment lines right above it, or lines_from */
	size_t comment_from, comment_to; /* the comment behind it; both 0: none */
	bool shared_line;		 /* its lines have other code, too */
	bool blank_below;   /* the next line is blank, a comment, a directive or the record's end */
	bool divided;	    /* a directive is in it */
	uint32_t condition; /* number of the preprocessor section that it is in */
};

struct record_text {
	const char *text;
	size_t open, close; /* offsets of the record's braces */
	struct declaration_text *decls;
	size_t n, cap;
};

/*
 * Splits the record that is defined at `loc` of `text` into declarations, down to those of anonymous
 * members.  Returns false if no record is written out there; decl_free() is due in both cases.
 */
bool decl_parse(struct record_text *t, const char *text, const struct loc *loc);
void decl_free(struct record_text *t);

/* The declaration that has the field's name in it, or NULL: a macro declares the field. */
const struct declaration_text *decl_of(const struct record_text *t, const struct field *f);

/* Offset of a line and column of a text, both counted from 1; that of the end if it has fewer lines. */
size_t text_offset(const char *text, uint32_t line, uint32_t col);
/* Offset behind the comment, string or character constant that starts at `at`; else `at`. */
size_t skip_literal(const char *text, size_t at);

#endif
