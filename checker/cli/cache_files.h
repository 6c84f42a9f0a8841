/* SPDX-License-Identifier: GPL-2.0-only */
/* cache_files.h - the directory of the cache and the files in it. */
#ifndef RACYBITS_CLI_CACHE_FILES_H
#define RACYBITS_CLI_CACHE_FILES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

struct cached_file {
	char *path; /* of the database */
	char *tree; /* the kernel tree, and its build directory if that is another; "?" if unknown */
	int64_t bytes; /* with what SQLite has beside it */
	time_t used;   /* when it was last used */
};

struct cached_files {
	struct cached_file *v; /* the most recently used first */
	size_t n;
	int64_t bytes; /* of all */
};

/* Path of the directory, which is made if need be; malloc'd.  NULL: there is no home directory. */
char *cache_directory(void);
/* Path of the file beside a database that names its tree; malloc'd. */
char *cache_tree_path(const char *database);

/* The databases in the directory; none if it cannot be read.  cached_files_free() frees them. */
void cached_files_find(struct cached_files *files, const char *dir);
void cached_files_free(struct cached_files *files);

/* Removes a database and what belongs to it, unless a run uses it; returns whether it is gone. */
bool cached_file_drop(const struct cached_file *file);
/* Drops databases, the least recently used first, but not `kept`, until all have at most `most` bytes. */
void cache_shrink(const char *dir, const char *kept, int64_t most);

#endif
