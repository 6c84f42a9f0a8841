/* SPDX-License-Identifier: GPL-2.0-only */
/* fix.h - make, and verify, patches for the racy structs of a program. */
#ifndef RACYBITS_FIX_FIX_H
#define RACYBITS_FIX_FIX_H

#include "base/process.h"

enum strategy {
	STRATEGY_AUTO, /* remove if that ends all but doubtful conflicts, else lock if one store lacks the lock of the
			    * others, else atomic bits if units of their own have no room or many would be needed, else
			    * split, else separate */
	STRATEGY_SPLIT,	   /* give each field that leaves a unit storage of its own */
	STRATEGY_SEPARATE, /* keep fields that one lock guards together, each such group in a unit */
	STRATEGY_BITOPS,   /* make those fields bits that are changed atomically */
	STRATEGY_REMOVE,   /* remove fields that nothing reads */
	STRATEGY_LOCK,	   /* make stores that lack the lock of the others under it */
};

/* What to fix. */
struct fix_target {
	char *record; /* name of a struct of the program */
	const char *
		field; /* a bitfield of it, which alone is to move; NULL: those that the policy moves */
};

struct fix_options {
	const char *kdir;   /* absolute; never written to */
	const char *objdir; /* absolute; where the tree is configured */
	const char *arch;   /* as in make ARCH= */
	const char *scope;  /* what was analysed: "Linux 6.12.95", "fs/ubifs of Linux 6.12.95" */
	bool clang;	    /* configured for clang, else for gcc */
	const char *out;    /* directory for patches and scripts; made if need be */
	unsigned int jobs;  /* as in make -j */
	enum strategy strategy;
	bool grow;   /* records may become larger */
	bool verify; /* build and judge the result */
	const struct fix_target *targets;
	size_t ntargets; /* 0: every racy struct */

	/*
	 * Judges the tree with the files `changed` (relative to it) as they are in its copy `src`: fills in *p,
	 * all memory of which is in *a.  Unless `objects` is NULL, the changes give structs of o->targets
	 * another layout and do no more: then the sources of these objects, which are all that use what
	 * moves, need only be read again, and the verdicts of `before` on the fields hold.  Returns whether
	 * that was done; false: all that `before` was made of was judged anew.
	 */
	bool (*judge)(void *ctx, const char *src, const struct args *changed,
		      const struct args *objects, const struct program *before, struct program *p,
		      struct arena *a);
	/* Is the file (relative to the tree) one that is compiled by itself? */
	bool (*is_compiled)(void *ctx, const char *file);
	void *ctx; /* of both */
};

/*
 * Makes the patches for the racy structs of `p`, which was judged in o->kdir, and prints the path of
 * each.  Returns the exit status: 0 if all are made and verified or there is nothing to fix, 1 if a
 * struct is left as it is, 2 if a step of verification failed; both are said on stderr.  Dies (2) if it
 * cannot work.
 */
int fix_run(const struct program *p, const struct fix_options *o);

#endif
