/* SPDX-License-Identifier: GPL-2.0-only */
/* source.h - files, source locations and names as facts give them. */
#ifndef RACYBITS_FRONT_SOURCE_H
#define RACYBITS_FRONT_SOURCE_H

#include <uthash.h>

#include "front_state.h"

struct source {
	CXFile file;
	str name;	  /* relative to KDIR where it lies below it, else absolute */
	bool ours;	  /* the main file, or a file in its directory or below: report all in it */
	bool local;	  /* read for this tu, not taken from a precompiled header */
	uint32_t pch;	  /* its index in fr->pch->files, or NONE */
	const char *text; /* NUL-terminated contents, or ""; NULL: see source_read() */
	size_t bytes;	  /* of `text`, without the NUL */
	UT_hash_handle hh;
};

/* Returns the entry of a file, never NULL: the NULL file has one without name and text. */
struct source *source_of(struct front *fr, CXFile file);
/* Fills in `text` and `bytes` if they are not there yet. */
void source_read(struct front *fr, struct source *s);

/*
 * Finds the location of a cursor in the file it was written in: for a macro's expansion its first
 * character, for a macro argument the argument itself.  *at (may be NULL): its offset in bytes.
 */
struct source *source_locate(struct front *fr, CXCursor c, struct loc *loc, size_t *at);
struct loc source_loc(struct front *fr, CXCursor c);
/*
 * Finds the bytes [*from, *to) that a cursor takes in the file where its beginning was expanded, and
 * reads that file.  False if the cursor spans files or does not lie within the text.
 */
bool source_extent(struct front *fr, CXCursor c, const struct source **s, size_t *from, size_t *to);

/* The major version of libclang that runs: 19.  A large number if it does not say. */
int source_libclang(void);

/* Was the name of a declaration made by ## in a macro?  Then no file spells it. */
bool source_is_pasted(CXCursor c);
/* The name of what a cursor declares or names; 0: none. */
str source_spelling(CXCursor c);
/*
 * The same for a declaration inside a function, without a number that __COUNTER__ appended: it
 * depends on every header included before.
 */
str source_inner_name(CXCursor c);
/*
 * Where a declaration in a function stands, since another one in the file may have its name (C11
 * 6.2.1p4): "function+line.column", with the line counted from that of the function.  0: at file scope.
 */
str source_scope(struct front *fr, CXCursor c);

#endif
