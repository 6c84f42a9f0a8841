/* SPDX-License-Identifier: GPL-2.0-only */
/* output.h - output files that appear whole or not at all. */
#ifndef RACYBITS_OUTPUT_H
#define RACYBITS_OUTPUT_H

#include <stdio.h>

struct output {
	FILE *f;	  /* print here */
	char *path, *tmp; /* NULL: standard output; no temporary file */
};

/*
 * Opens `path` for writing; NULL or "-" is standard output.  What is printed to o->f goes to a
 * temporary file beside a regular or new file, which output_commit() renames.  Dies if that fails.
 */
void output_open(struct output *o, const char *path);
/* Completes the file.  Dies, and removes the temporary file, if anything could not be written. */
void output_commit(struct output *o);

#endif
