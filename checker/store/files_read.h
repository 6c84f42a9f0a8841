/* SPDX-License-Identifier: GPL-2.0-only */
/* files_read.h - which files were read when translation units were parsed. */
#ifndef RACYBITS_FILES_READ_H
#define RACYBITS_FILES_READ_H

#include "store.h"

/*
 * Sets read[i] if the file at the absolute path paths[i] was read when one of the tus was parsed as the
 * store has it, and leaves the others as they are.  A store in memory does not know.
 */
void store_files_read(struct store *s, const struct tu_list *tus, char *const *paths, size_t n,
		      bool *read);

/* A file of a tree, and the file that has the content in question. */
struct content_of {
	const char *path, *actual; /* absolute */
	size_t readers;		   /* tus that read `path` with that content */
};

/* Fills in v[i].readers, by the facts that are stored of the store's tree. */
void store_count_readers(struct store *s, struct content_of *v, size_t n);

#endif
