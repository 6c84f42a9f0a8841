/* SPDX-License-Identifier: GPL-2.0-only */
/* layout_users.h - code of the tree that depends on a record's layout or fields. */
#ifndef RACYBITS_FIX_LAYOUT_USERS_H
#define RACYBITS_FIX_LAYOUT_USERS_H

#include "plan.h"

/*
 * Both search the text of the files that can see the record: all of the tree `kdir` if it is declared
 * in an include directory, else the two uppermost directories that it is in.  They return a phrase
 * with FILE:LINE (from `a`), or NULL.
 */

/* Code that needs the record laid out as it is: an assertion, or an initialiser by position. */
const char *layout_users_forbid(const struct program *p, const struct record *r, const char *kdir,
				struct arena *a);
/* Code that may use a field that the plan moves, in a file that was not analysed. */
const char *layout_users_unknown(const struct program *p, const struct fix_plan *plan,
				 const char *kdir, struct arena *a);

#endif
