/* SPDX-License-Identifier: GPL-2.0-only */
/* model_read.h - reading model files, those of the user and those that are read by default. */
#ifndef RACYBITS_KERNEL_MODEL_READ_H
#define RACYBITS_KERNEL_MODEL_READ_H

#include "linuxmodel.h"

/*
 * Adds the rules of the `n` files to `m`.  A rule replaces one about the same that an earlier call
 * has read; a second one in the same call is refused.  Dies with "FILE:LINE: expected ..., found
 * ..." on a syntax error, and when a file cannot be read.
 */
void model_read(struct linux_model *m, const char *const *paths, size_t n);

/*
 * Reads the default files from the directory `dir`, in one call.  Their list is made when racybits is
 * built: dies if one of them cannot be read, since verdicts would be wrong without it, and reads no
 * others.
 */
void model_read_default(struct linux_model *m, const char *dir);
/* The name of one of the default files, to look for their directory by. */
const char *model_default_name(void);

#endif
