/* SPDX-License-Identifier: GPL-2.0-only */
/* file.h - reading files, and which file a path means. */
#ifndef RACYBITS_FILE_H
#define RACYBITS_FILE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Opens a regular file for reading; returns -1 and sets errno if that fails, for others to EISDIR or
 * ENOTREGULAR (error.h): a pipe or a device could make the program wait or run out of memory.
 */
int open_regular(const char *path);

/*
 * The whole file as a NUL-terminated buffer, which the caller frees, and its length in *bytes (unless
 * NULL).  Returns NULL and sets errno if it cannot be read or is no regular file.
 */
char *read_file(const char *path, size_t *bytes);

/* The absolute path of `path`, relative to `dir`, without ".", ".." and double slashes; the caller frees it. */
char *path_absolute(const char *dir, const char *path);

/* Does the name end in `end`, as ".c", with something before it? */
bool name_ends_in(const char *name, const char *end);

/* Do both paths mean one file, or would they if it were made? */
bool same_file(const char *a, const char *b);

#endif
