/* SPDX-License-Identifier: GPL-2.0-only */
/* front_state.h - the state of one translation unit (tu) while its facts are extracted. */
#ifndef RACYBITS_FRONT_FRONT_STATE_H
#define RACYBITS_FRONT_FRONT_STATE_H

#include <clang-c/Index.h>

#include "front.h"
#include "base/util.h"

struct callee;
struct file_scope_decl;
struct memo;
struct record_decl;
struct source;
struct typedef_name;

/* All memory is the arena's, except the arrays and hash tables that front_free() drops. */
struct front {
	CXTranslationUnit tu;
	const struct sink *sink;
	struct arena arena;
	char *kdir, *kdir_real; /* as given, and with symlinks resolved; no trailing slash */
	CXFile main;		/* the .c file */
	CXFile annotations;	/* annotations.h, which yields no facts; NULL: not included */
	struct pch *pch;	/* precompiled header the tu was parsed with, or NULL */
	bool *reached;		/* by file of pch: the #include directives of the tu lead to it */
	struct file_scope_decl *decls; /* by name, see pch_visible_find() */
	bool decls_known;	       /* `decls` is filled */
	bool fatal; /* the last parse failed in a way that annotations.h cannot have caused */
	const char *main_dir;	/* directory of the main file as facts name it, with its slash */
	struct source *sources; /* by CXFile */
	struct memo *memos;	/* by declaration, see front_memo() */
	struct record_decl *recs, **recs_end; /* every record met, in order */
	struct typedef_name *typedefs;	      /* those that were asked for, see node_generic.c */
	struct memo *unreached;	 /* static functions that cannot run, see references_reach() */
	struct callee **pending; /* header functions that are used: to be extracted */
	size_t npending, pending_cap;
	CXCursor *kids; /* stack of child cursors, see node_push() */
	size_t nkids, kids_cap;
};

/* Fills in everything but `tu`.  `sink` may be NULL; `opt` and `tu` must outlive `fr`. */
void front_init(struct front *fr, const struct front_options *opt, const struct tu *tu,
		const struct sink *sink);
/* Frees everything but `tu`, which is the caller's to dispose of. */
void front_free(struct front *fr);

/*
 * Creates a libclang index; the caller disposes of it.  Crash recovery is switched off: libclang would
 * go on with the state of a parser that crashed in mid-work.  A crash ends the worker process
 * instead, and the pool reports which file it was at.
 */
CXIndex front_index(int exclude_precompiled);

/*
 * The memo of a declaration: a struct record_decl, member_decl or callee, by the kind of
 * the declaration.  Returns where the pointer to it is kept; it is NULL at first.
 */
void **front_memo(struct front *fr, CXCursor decl);

#endif
