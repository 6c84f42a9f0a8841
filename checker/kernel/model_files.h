/* SPDX-License-Identifier: GPL-2.0-only */
/* model_files.h - the model files that are read by default: those of checker/kernel/, by name. */
#ifndef RACYBITS_MODEL_FILES_H
#define RACYBITS_MODEL_FILES_H

#include "linuxmodel.h"

/* The name of one of them, to look for their directory by. */
const char *model_file_first(void);

/*
 * Reads them from the directory `dir`, as one source.  The list is made when racybits is built: dies
 * if one of them cannot be read, since verdicts would be wrong without it, and reads no other.
 */
void model_read_default(struct linux_model *m, const char *dir);

#endif
