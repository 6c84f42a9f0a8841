/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * layout_users.h - code that was not analysed and depends on a record's layout or fields: found by its
 * text, for files that this configuration does not build.
 */
#ifndef RACYBITS_FIX_LAYOUT_USERS_H
#define RACYBITS_FIX_LAYOUT_USERS_H

#include "plan.h"

struct layout_user {
	uint32_t kind; /* enum use_kind: USE_SIZE, an assertion; USE_POSITION, an initialiser */
	struct loc loc;
};

/*
 * Finds the first code that needs the record laid out as it is, in headers and in files that were not
 * analysed, in the directories of the record and of the functions that use it.
 */
bool layout_users_unseen(const struct program *p, const struct record *r, const char *kdir,
			 struct layout_user *user);
/*
 * Code that may use a field that the plan moves, in a file that was not analysed but can see the record:
 * below the tree `kdir` if that is declared in an include directory, else in the two uppermost
 * directories that it is in.  A phrase with FILE:LINE (from `a`), or NULL.
 */
const char *layout_users_unknown(const struct program *p, const struct fix_plan *plan,
				 const char *kdir, struct arena *a);

#endif
