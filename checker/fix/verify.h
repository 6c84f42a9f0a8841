/* SPDX-License-Identifier: GPL-2.0-only */
/* verify.h - the steps of verification of a series. */
#ifndef RACYBITS_FIX_VERIFY_H
#define RACYBITS_FIX_VERIFY_H

#include "patch.h"

/*
 * Copies the tree, applies the patches one after the other, and after each builds with clang and gcc at
 * once, with sparse, and compares the layout with the plan; judges the end.  Adds the steps to the patches.
 * Returns false if one failed.  Dies if the tree does not build before the first patch.
 */
bool verify_builds(struct fix_series *s);
/*
 * Applies the mails that were written to the files of the tree, by git am and by patch, and runs
 * checkpatch.  Adds the steps to the patches.  Returns false if one failed, here or before.
 */
bool verify_mails(struct fix_series *s);
/* Writes the steps to a file beside each patch, and names on stderr those that failed. */
void verify_store(struct fix_series *s);

#endif
