/* SPDX-License-Identifier: GPL-2.0-only */
/* datafile.h - the files that racybits brings: models of Linux, the annotation header. */
#ifndef RACYBITS_CLI_DATAFILE_H
#define RACYBITS_CLI_DATAFILE_H

#include "kernel/model_read.h"
#include "options.h"

/*
 * Path of the header that is force-included into analysed code; the caller frees it.  Dies if it is
 * not installed.
 */
char *annotations_find(void);

/* Reads the model files that racybits brings, then those of --model; dies if one cannot be read. */
void models_read(struct linux_model *m, const struct options *o);

#endif
