/* SPDX-License-Identifier: GPL-2.0-only */
/* file.h - reading files. */
#ifndef RACYBITS_FILE_H
#define RACYBITS_FILE_H

#include <stddef.h>

/*
 * The whole file as a NUL-terminated buffer, which the caller frees, and its length in *bytes (unless
 * NULL).  Returns NULL and sets errno if it cannot be read.
 */
char *read_file(const char *path, size_t *bytes);

#endif
