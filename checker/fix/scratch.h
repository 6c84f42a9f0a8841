/* SPDX-License-Identifier: GPL-2.0-only */
/* scratch.h - a copy of the tree's sources that may be changed and built. */
#ifndef RACYBITS_FIX_SCRATCH_H
#define RACYBITS_FIX_SCRATCH_H

/*
 * Makes the directory `to` a copy of the sources in `kdir`, without products of a build.  Files are
 * hard links where the file system allows that: change them by file_replace() only.  Dies.
 */
void scratch_copy(const char *kdir, const char *to);

#endif
