/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fix.h - from a racy verdict to a patch: plan, script, rewrite, message, patch, verify.
 *
 * The stages, in order, each one file:
 *   plan      which fields leave a unit, as what and where to; or why not
 *   members   layout of a record whose members are in another order
 *   rewrite   the plan as text: the file as it is to be
 *   smpl      the plan as a Coccinelle script, and what spatch makes of it
 *   message   why, for the people who get the patch
 *   patch     commit, format-patch, recipients, cover letter
 *   verify    does it apply, build, check and lay out as planned
 */
#ifndef RACYBITS_FIX_H
#define RACYBITS_FIX_H

#include "base/process.h"

enum strategy { STRATEGY_SPLIT, STRATEGY_BITOPS };

/* What the user asked for, and how the tree is judged again. */
struct fix_options {
	const char *kdir;   /* absolute; never written to */
	const char *objdir; /* absolute; where it is configured */
	const char *arch;   /* for make: ARCH= */
	const char *kernel; /* version, "6.12.95" */
	bool clang;	    /* configured for clang */
	const char *out;    /* directory for what is made */
	unsigned int jobs;  /* of make */
	enum strategy strategy;
	bool verify;	    /* build and judge the result; else it is only made */
	char *const *names; /* structs asked for */
	size_t nnames;	    /* 0: every racy one */
	char *const *paths; /* directories and files that were analysed */
	size_t npaths;

	/* Judges the same paths of the tree in `kdir`, built in `objdir`; p's memory is in `a`. */
	void (*judge)(void *ctx, const char *kdir, const char *objdir, struct program *p,
		      struct arena *a);
	void *ctx;
};

/*
 * Makes the patches for the racy structs of `p`, which was judged in o->kdir.  Returns the exit
 * status: 0 all made and verified, or nothing to do; 1 something was refused or did not verify,
 * which is then said on stderr; dies (status 2) when it cannot run.
 */
int fix_run(const struct program *p, const struct fix_options *o);

/* ------------------------------------------------------------------ plan */

/* A field that leaves its unit and becomes a member of its own. */
struct move {
	uint32_t field;			 /* index into record.fields */
	const struct unit_verdict *unit; /* that it leaves */
	const struct unit_field *judged; /* what is known of it */
	const char *type;		 /* spelling of its new type */
	uint64_t bits;			 /* size, and alignment, of that type */
	uint32_t behind;		 /* the unmoved member that it is put behind; NONE: it
					  * stays where it is */
	uint32_t rank;			 /* the first move with the same guard */
};

/* What becomes of one record. */
struct plan {
	const struct program *program;
	const struct record *record;	   /* as it is before this patch */
	uint64_t tree_bytes;		   /* its sizeof before the series */
	const struct unit_verdict **units; /* its racy units */
	uint32_t nunits;
	size_t units_cap;
	struct move *moves; /* in their new order */
	uint32_t nmoves;
	uint32_t carried;	 /* a member moved to save space, or NONE */
	uint32_t carried_behind; /* the member, moved or not, that it is put behind */
	uint64_t *offsets;	 /* of each field after the patch, in bits */
	uint64_t bytes;		 /* sizeof after the patch */
	const char *refusal;	 /* why there is no plan, or NULL */
};

/*
 * Plans the record of `plan` (program, record, tree_bytes and units are given) and fills in the rest,
 * allocated from `a`.  With `compact`, a small member is moved into the space that became free if
 * that makes the record smaller.
 */
void plan_make(struct plan *plan, const struct fix_options *o, bool compact, struct arena *a);
/* Chooses the places of plan->moves (placement.c): the rest of plan_make(). */
void plan_place(struct plan *plan, bool compact, struct arena *a);
/* The move of a field, or NULL. */
const struct move *plan_move(const struct plan *plan, uint32_t field);
/* Is `field` a bitfield of a unit that the plan splits? */
bool plan_touches(const struct plan *plan, uint32_t field);

/*
 * The smallest type that holds and returns every value that bitfield `f` of `r` did (field_type.c), with its
 * size in *bits; or NULL and the reason in *why (C11 6.3.1.1p2, 6.3.1.3, 6.7.2.1p5).
 */
const char *fit_type(const struct program *p, const struct record *r, const struct field *f,
		     const char *kdir, uint64_t *bits, const char **why, struct arena *a);

/* ----------------------------------------------------------------- members */

/* One member of a record, in an order that is tried out. */
struct member {
	uint32_t field; /* index into record.fields */
	bool moved;	/* a scalar of `bits` now */
	uint64_t bits;
};

/*
 * Lays out the fields of `r` in the given order, as the System V ABI does: offsets[i] is then the
 * bit offset of r->fields[i].  Returns sizeof, in bytes.  Alignments are told from the types'
 * names, else from where the members are in `r`.
 */
uint64_t members_lay_out(const struct record *r, const struct member *order, uint32_t n,
			 uint64_t *offsets);
/* Does members_lay_out() find the record as it is?  Else *field is the first one elsewhere. */
bool members_understood(const struct record *r, uint32_t *field);
/* Bits of an arithmetic type by its name ("unsigned int", "u8", "enum x", "char *"); 0: not known. */
uint64_t type_bits(const char *name);
/* Copy of `r` in which members of the record `key` have `bytes`, laid out anew. */
const struct record *members_resized(const struct record *r, str key, uint64_t bytes,
				     struct arena *a);

/* -------------------------------------------------------------------- uses */

/*
 * Why code elsewhere in the tree forbids another layout of `r`: its size or an offset is asserted,
 * or an initialiser goes by position.  NULL: nothing does.
 */
const char *uses_forbid(const struct program *p, const struct record *r, const char *kdir,
			struct arena *a);

/* Why not all uses of the plan's fields are known: a file that names them was not analysed; or NULL. */
const char *uses_elsewhere(const struct program *p, const struct plan *plan, const char *kdir,
			   struct arena *a);

/* ----------------------------------------------------------------- decl */

/* A member declaration in the text of a record; offsets into that text. */
struct declaration_text {
	size_t from, to;	     /* from its first word to behind its `;` */
	size_t lines_from, lines_to; /* the whole lines it is on, comments behind it included */
	size_t above;		     /* where comment lines right above it start, or lines_from */
	size_t comment_from, comment_to; /* comment behind it, both 0: none */
	bool shared_line;		 /* other code is on its lines */
	bool blank_below;		 /* the next line is blank, commented, or ends the record */
	uint32_t condition;		 /* number of the preprocessor section it is in */
};

struct record_text {
	const char *text;
	size_t open, close; /* its braces */
	struct declaration_text *decls;
	size_t n, cap;
};

/* Splits the record defined at `loc` of `text` into declarations; false: no such text there. */
bool decl_parse(struct record_text *t, const char *text, const struct loc *loc);
void decl_free(struct record_text *t);
/* Offset of a line (from 1) and column (from 1) of a text. */
size_t text_offset(const char *text, uint32_t line, uint32_t col);
/* The declaration that a field's name is in, or NULL if it is not written out there. */
const struct declaration_text *decl_of(const struct record_text *t, const struct field *f);
/* Behind the C comment, string or character constant that starts at `at`, or `at` if none does. */
size_t skip_literal(const char *text, size_t at);

/* ----------------------------------------------------------------- rewrite */

/* A change of a text; those of one text do not overlap. */
struct edit {
	size_t from, to; /* what is replaced */
	char *with;
};

struct edits {
	struct edit *v;
	size_t n, cap;
};

void edits_add(struct edits *e, size_t from, size_t to, const char *fmt, ...) PRINTF(4, 5);
/* The text with the edits made, those at one place in the order in which they were added. */
char *edits_apply(struct edits *e, const char *text);
void edits_free(struct edits *e);

/*
 * The file of plan->record as it is to be, from `text`, what it is; malloc'd.  Or NULL, and
 * plan->refusal says why.  *lists: declarations with several names were taken apart, which SmPL
 * cannot say.
 */
char *rewrite_split(struct plan *plan, const char *text, bool *lists, struct arena *a);
/* Comments of the plan: over what stays a bitfield in `u` (NULL: none), over moved fields. */
const char *plan_kept_comment(const struct plan *plan, const struct unit_verdict *u,
			      struct arena *a);
const char *plan_moved_comment(const struct plan *plan, const struct move *m, struct arena *a);
/* The comment as lines of their own, several if one is too long (coding-style.rst, 8). */
const char *comment_lines(struct arena *a, const char *indent, const char *comment);
/* "write locked by LOCK", without the name of the record whose own lock it is. */
const char *lock_phrase(const struct record *r, str guard, struct arena *a);
/* Does a group of moved fields, under one comment, start with moves[i]? */
bool plan_group_starts(const struct plan *plan, uint32_t i);

/* -------------------------------------------------------------------- smpl */

enum smpl_result {
	SMPL_SAME,     /* spatch makes what is planned, but for white space */
	SMPL_COMMENTS, /* ... and but for comments, which it leaves behind */
	SMPL_DIFFERS,  /* it cannot express the change */
};

/* The Coccinelle script for a plan; `text` is the file it changes; malloc'd. */
char *smpl_split(const struct plan *plan, const char *text, bool lists);
/*
 * Lets spatch apply the script in file `cocci` to the file `path`, whose text is to become `planned`.
 * Dies if spatch is missing or breaks down; *said is what it does not understand, or NULL.
 */
enum smpl_result smpl_apply(const char *cocci, const char *path, const char *planned,
			    const char *scratch, char **said);
/* Are the texts the same words in the same order?  Comments count if asked for. */
bool words_equal(const char *a, const char *b, bool comments);

/* ------------------------------------------------------------------ patch */

/* A file that a patch changes; texts are malloc'd. */
struct touched {
	const char *file; /* relative to KDIR */
	char *before, *after;
};

/* A step of verification that was taken. */
struct check {
	const char *what; /* in the words of the message: "built with gcc 12, W=1: ..." */
	enum { CHECK_OK, CHECK_FAILED, CHECK_SKIPPED } outcome;
	const char *detail; /* what was seen, or NULL; may have several lines */
};

struct patch {
	struct plan plan;
	struct touched *files;
	size_t nfiles, files_cap;
	const char *cocci; /* path of the script */
	char *script;	   /* its text */
	enum smpl_result smpl;
	const char *smpl_said; /* what spatch complained about, or NULL */
	const char *subject, *body;
	char *commit; /* in the scratch repository */
	char *path;   /* of the patch that was written */
	struct check *checks;
	size_t nchecks, checks_cap;
};

/* The patches that are made in one run, in order: a record comes after those that it embeds. */
struct series {
	const struct program *p;
	const struct fix_options *o;
	struct arena a;
	struct patch *patches;
	size_t n, cap;
	const char *scratch; /* a temporary directory */
	char *repo;	     /* in it: a repository with nothing but the touched files */
	char *base;	     /* its first commit */
};

/* Fills in subject and body of the patch, from its plan and the checks made so far (message.c). */
void message_write(struct series *s, struct patch *patch);
/*
 * "PREFIX: Use dedicated storage for RECORD flags" (patch_subject.c), the prefix from the history of the
 * file, else from the directory that the writers have in common.
 */
const char *message_subject(struct series *s, const struct patch *patch);
/*
 * Prints `head` and the words of `text` on lines fit for a commit message, indented further after
 * the first.
 */
void put_wrapped(FILE *f, const char *head, const char *text);
/* Subject and text of the cover letter; a series of one has none. */
const char *message_cover(struct series *s);
/* The commits that brought the fields of the patch together, as Fixes: lines, or "". */
const char *message_fixes(struct series *s, const struct patch *patch);

/* The repository, with the touched files as they are in the tree. */
void patch_begin(struct series *s);
/* Commits the patch with its message, on top of those before it. */
void patch_commit(struct series *s, struct patch *patch);
/* Writes all patches, and the cover letter of a series, to the output directory. */
void patch_format(struct series *s);

/*
 * Fills in patch->files by the other strategy: the fields of the plan become bits of an unsigned
 * long, and every use of them an atomic bit operation.  False: plan.refusal says why not.
 */
bool bitops_make(struct series *s, struct patch *patch);

/* ------------------------------------------------------------------ verify */

/*
 * Builds, checks and judges the series patch by patch and adds what was seen to their checks;
 * `verify_end` adds those that need the finished patches.  Both return false if a check failed.
 */
bool verify_begin(struct series *s);
bool verify_end(struct series *s);
/* Writes what was checked beside each patch. */
void verify_store(struct series *s);

#endif
