/* SPDX-License-Identifier: GPL-2.0-only */
/* patch_subject.h - the subject of a patch, in the style of its subsystem. */
#ifndef RACYBITS_FIX_PATCH_SUBJECT_H
#define RACYBITS_FIX_PATCH_SUBJECT_H

#include "patch.h"

/*
 * "PREFIX: Use dedicated storage for RECORD flags" (from s->a), with the prefix of the last commit to
 * the file.  In a tree without history it is that of the model for the file, for the subsystem that MAINTAINERS
 * says the file is of, or for most writers, else subject_prefix_of_writers().
 */
const char *patch_subject(struct fix_series *s, const struct patch *patch);

/* The directory that all writers are below, without a leading drivers/; "treewide": none; malloc'd. */
char *subject_prefix_of_writers(const struct patch *patch);
/* The path of the directory that both paths are in or below, malloc'd; "": none. */
char *common_directory(const char *a, const char *b);

#endif
