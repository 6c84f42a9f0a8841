/* SPDX-License-Identifier: GPL-2.0-only */
/* output.h - output files that appear whole or not at all. */
#ifndef RACYBITS_OUTPUT_H
#define RACYBITS_OUTPUT_H

#include <stdio.h>

/*
 * Makes an empty file with a random name beside `path`, to take its place: with the owner and mode of
 * the file at `path` if there is one.  Returns its name, to be freed by temp_commit() or temp_drop(),
 * and in *fd an open descriptor.  Dies if it cannot be made, if `path` is no regular file, or if that
 * file may not be written.
 */
char *temp_beside(const char *path, int *fd);
/* Renames the file to `path`; dies, and removes it, if that fails. */
void temp_commit(char *tmp, const char *path);
/* Removes the file.  Keeps errno. */
void temp_drop(char *tmp);

struct output {
	FILE *f;	  /* print here */
	char *path, *tmp; /* NULL: standard output; no temporary file */
};

/*
 * Opens `path` for writing; NULL or "-" is standard output, and so is a path that means the same file.
 * If `path` is a regular file or does not exist, what is printed to o->f goes to a temporary file
 * beside it, which output_commit() puts in its place.  Anything else is never replaced: what a
 * symbolic link points to, a device or a pipe is written to.  Dies if that fails.
 */
void output_open(struct output *o, const char *path);
/* Dies as output_open() would, as far as that can be known without opening the file. */
void output_check(const char *path);
/* Completes the file.  Dies, and removes the temporary file, if anything could not be written. */
void output_commit(struct output *o);

#endif
