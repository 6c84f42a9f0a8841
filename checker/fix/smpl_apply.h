/* SPDX-License-Identifier: GPL-2.0-only */
/* smpl_apply.h - let spatch apply a script, and compare with the plan. */
#ifndef RACYBITS_FIX_SMPL_APPLY_H
#define RACYBITS_FIX_SMPL_APPLY_H

#include "base/util.h"

enum smpl_result {
	SMPL_SAME,     /* the planned text, but for white space */
	SMPL_COMMENTS, /* the planned text, but for white space and comments */
	SMPL_DIFFERS,  /* another text, or none */
};

/*
 * Applies the script in the file `cocci` to the file `path`, whose text is to become `planned`.  Dies
 * if spatch is missing or fails other than on the syntax of C or SmPL; *said is then what it printed
 * (malloc'd), else NULL.  `scratch` is a directory for its files.
 */
enum smpl_result smpl_apply(const char *cocci, const char *path, const char *planned,
			    const char *scratch, char **said);

/* Have both texts the same characters but for white space and, unless asked for, comments? */
bool words_equal(const char *a, const char *b, bool comments);

#endif
