/* SPDX-License-Identifier: GPL-2.0-only */
/* format_patch.h - patches as commits of a scratch repository, and those as mails. */
#ifndef RACYBITS_FIX_FORMAT_PATCH_H
#define RACYBITS_FIX_FORMAT_PATCH_H

#include "patch.h"

/*
 * Commits each patch with its message in a scratch repository and writes it as a mail, with the cover
 * letter of a posting of several: to the output directory, or one below it for each of several postings.
 * Fills in repo and base of the run, commit and path of the patches.  Dies if git fails.
 */
void patches_format(struct fix_series *s);

#endif
