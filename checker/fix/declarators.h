/* SPDX-License-Identifier: GPL-2.0-only */
/* declarators.h - the names that one member declaration declares, each with the comments that are about it. */
#ifndef RACYBITS_FIX_DECLARATORS_H
#define RACYBITS_FIX_DECLARATORS_H

#include "decl.h"

/* A part of a text. */
struct span {
	size_t from, to;
};

/* One name with its width; all positions are offsets into the text. */
struct declarator {
	size_t lead;	  /* start of the white space and comments in front of it */
	size_t from, to;  /* from its first character to behind its last one */
	size_t sep;	  /* its `,` or `;`: comments between `to` and that are about it */
	struct span tail; /* what is behind that on its line, if that is nothing but comments */
	uint32_t field;	  /* index into the fields of its record, or NONE */
};

struct declarators {
	struct declarator *v;
	size_t n;
	size_t type_to; /* behind the last character of the type */
	/* Behind the comments that end the line of the type, else type_to; those are about all names. */
	size_t names_from;
};

/*
 * The names that `d` declares, one at least; from `a`.  A comment that ends a line with a name is about that
 * name, one in front of a name, on its line or on lines above, about the next one.
 */
struct declarators declarators_of(const struct record_text *t, const struct declaration_text *d,
				  const struct record *r, struct arena *a);

/* Does the declaration declare several names? */
bool declares_list(const struct record_text *t, const struct declaration_text *d);

/* Finds the next comment of text[at->from, at->to), moves at->from behind it; false: there is no other. */
bool next_comment(const char *text, struct span *at, struct span *comment);

#endif
