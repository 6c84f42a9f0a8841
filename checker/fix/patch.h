/* SPDX-License-Identifier: GPL-2.0-only */
/* patch.h - the patches of one run: plans, changed files, messages, what was verified. */
#ifndef RACYBITS_FIX_PATCH_H
#define RACYBITS_FIX_PATCH_H

#include "base/git.h"
#include "fix.h"
#include "lock_calls.h"
#include "plan.h"
#include "smpl_apply.h"

/* A file that a patch changes; both texts are malloc'd. */
struct changed_file {
	const char *file; /* relative to the tree */
	char *before, *after;
};

enum verify_outcome { VERIFY_OK, VERIFY_FAILED, VERIFY_SKIPPED };

/* A step of verification. */
struct verify_step {
	const char *what; /* as the message says it: "built with gcc 12, W=1: ..." */
	enum verify_outcome outcome;
	const char *brief;  /* the same in few words, for the message; NULL: not worth mentioning */
	const char *detail; /* what failed, or why the step was skipped, in lines; or NULL */
};

/* How a store comes to be made under a lock. */
enum taken_way {
	TAKEN_AROUND,  /* the lock is taken and dropped around it */
	TAKEN_EARLIER, /* the lock was taken behind it */
	MOVED_INSIDE,  /* it was moved to where the lock is held behind it */
	DROPPED_LATER, /* the lock was dropped before it */
	TAKEN_WAYS,
};

/* A function whose stores come to be made under a lock. */
struct taken_function {
	str name;
	unsigned int ways; /* bits by enum taken_way */
};

/* The patch for one record, filled in from top to bottom. */
struct patch {
	struct fix_plan plan;
	enum strategy strategy; /* not auto: what was done */
	struct changed_file *files;
	size_t nfiles, files_cap;
	char *script;	   /* the semantic patch, malloc'd, or NULL */
	const char *cocci; /* path of its file */
	enum smpl_result smpl;
	const char *smpl_said; /* what spatch did not understand, or NULL */
	str lock;	       /* that its stores take: STRATEGY_LOCK */
	bool lock_is_held;     /* at another store */
	const char *lock_under; /* locks that sleep and are held where it is taken, "a, b"; or NULL */
	struct taken_function *taken; /* malloc'd */
	size_t ntaken, taken_cap;
	const char *not_taken; /* strategy auto: why stores do not take a lock instead; or NULL */
	const char *why_bits;  /* strategy auto: why its fields become atomic bits; or NULL */
	const char *not_bits; /* strategy auto: why they do not, though it would be better; or NULL */
	struct verify_step *steps;
	size_t nsteps, steps_cap;
	const char *subject, *body; /* of the message */
	const char *notes;	    /* for below its ---, or NULL */
	struct args recipients;	    /* "--to=ADDRESS" and "--cc=ADDRESS": recipients.h */
	char *commit;		    /* in the scratch repository */
	char *path;		    /* absolute, of the file that git format-patch wrote */
};

/* Patches that are mailed as one series. */
struct posting {
	const char *name; /* the subsystem: "usb" */
	size_t first, n;  /* patches[first] to [first + n - 1] of the run */
};

/* The patches of one run, in order: a record comes behind those that are embedded in it. */
struct fix_series {
	const struct program *p;
	const struct fix_options *o;
	struct git git; /* of the tree */
	struct arena a;
	struct patch *patches;
	size_t n, cap;
	const char *scratch;	  /* a temporary directory */
	char *out;		  /* absolute path of the output directory */
	struct posting *postings; /* from `a`; together they have all patches */
	size_t npostings;
	struct git repo; /* in the scratch directory: a repository of the changed files */
	char *base;	 /* its first commit: the files as they are in the tree */
	struct lock_functions lock_functions; /* of p; filled in by series_lock_functions() */
	struct lock_calls lock_calls;	      /* those of p that take a lock: series_lock_calls() */
};

/* Adds a file to a patch, which owns both texts. */
void patch_add_file(struct patch *patch, const char *file, char *before, char *after);
/* The file in the patch; adds it, as it is in the tree, if it is not there.  Dies if it cannot be read. */
struct changed_file *patch_file(const struct fix_series *s, struct patch *patch, const char *file);
/* Does it move fields in the record, as plan says, and not change what they are? */
bool patch_moves_fields(const struct patch *patch);
/* Forgets all files. */
void patch_drop_files(struct patch *patch);
/* Has no step of verification failed so far? */
bool series_verified(const struct fix_series *s);
/* s->lock_functions and s->lock_calls, which are made when first asked for. */
const struct lock_functions *series_lock_functions(struct fix_series *s);
const struct lock_calls *series_lock_calls(struct fix_series *s);
/* Frees what the patch owns. */
void patch_free(struct patch *patch);
/* Records a step of verification; `detail` may be NULL.  Returns it; valid until the next one. */
struct verify_step *patch_add_step(struct patch *patch, enum verify_outcome outcome,
				   const char *what, const char *detail);

#endif
