/* SPDX-License-Identifier: GPL-2.0-only */
/* format_patch.h - patches as commits of a scratch repository, and those as mails. */
#ifndef RACYBITS_FIX_FORMAT_PATCH_H
#define RACYBITS_FIX_FORMAT_PATCH_H

#include "patch.h"

/* All die if git fails. */

/* Makes the repository; its first commit has the files of all patches as they are in the tree. */
void repository_make(struct fix_series *s);
/* Commits the patch with its message; fills in patch->commit. */
void patch_commit(struct fix_series *s, struct patch *patch);
/*
 * Writes each patch, and the cover letter of a series of several, to the output directory; fills in
 * path of the patches.
 */
void patches_format(struct fix_series *s);

#endif
