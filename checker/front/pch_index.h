/* SPDX-License-Identifier: GPL-2.0-only */
/* pch_index.h - a precompiled header and the index of what it contains. */
#ifndef RACYBITS_FRONT_PCH_INDEX_H
#define RACYBITS_FRONT_PCH_INDEX_H

#include <clang-c/Index.h>
#include <uthash.h>

#include "base/util.h"

/* A file that the header was made from. */
struct pch_file {
	str name;	    /* as in facts */
	str opened;	    /* as clang opened it */
	uint32_t *includes; /* indexes of the files it includes */
	uint32_t n;	    /* how many */
	bool root;	    /* included by the command line */
	char *text;	    /* its contents; NULL: not read yet */
	size_t bytes;
	UT_hash_handle hh;
};

/* A declaration at file scope, see pch_is_indexed(). */
struct pch_decl {
	str name;
	uint32_t file;	       /* index of a file */
	uint32_t offset;       /* of its name in the file, in bytes */
	struct pch_decl *next; /* another declaration of the name, in order */
	UT_hash_handle hh;
};

/* The files that mention a name: they may mean something else if it is a macro. */
struct pch_mentions {
	str name;
	uint32_t n;
	uint32_t *files; /* indexes */
	UT_hash_handle hh;
};

struct pch {
	const struct tu *tu; /* the tu whose command line it is compiled with */
	char *text;	     /* its main file: #include lines */
	const struct overlay *
		overlay; /* files that it was made from others than those of their names; NULL: none */
	int fd;		 /* the finished file; -1: not to be used */
	struct arena arena; /* of what follows */
	struct pch_file *files, *by_name;
	uint32_t nfiles;
	struct pch_decl *decls;	       /* by name */
	struct pch_mentions *mentions; /* by name */
};

/*
 * Is it a declaration that is looked up by name: a variable, or a function with one parameter, a pointer,
 * such as a cleanup attribute names?
 */
bool pch_is_looked_up(CXCursor decl);
/*
 * ... that the index of a precompiled header has?  A name that a macro makes by ## stands in no file; it has
 * none.
 */
bool pch_is_indexed(CXCursor decl);

/*
 * Is what cleanup guards call found in a precompiled header?  libclang before 18 does not show the arguments
 * of annotate attributes, and the names of these functions, made by ##, are not in the index.
 */
bool pch_is_usable(void);

#endif
