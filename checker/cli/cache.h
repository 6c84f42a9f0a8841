/* SPDX-License-Identifier: GPL-2.0-only */
/* cache.h - the databases that are kept for the user without being asked: one a tree and configuration. */
#ifndef RACYBITS_CLI_CACHE_H
#define RACYBITS_CLI_CACHE_H

#include "options.h"
#include "tree/kerneltree.h"

/* Bytes that all databases of the cache may have together: past it the least recently used go. */
#define CACHE_BYTES_MAX (4LL << 30)

/*
 * Sets o->db to the database of this tree in $XDG_CACHE_HOME/racybits (XDG Base Directory Specification;
 * default ~/.cache/racybits), and o->cached, unless --db or --no-cache was given.  Leaves both as they
 * are if the directory cannot be made or written, or if another run uses the database.  A damaged one
 * is removed and the command starts again.  Drops the least recently used databases past
 * CACHE_BYTES_MAX.  The string lives as long as the process, like the lock on the database.
 */
void cache_use(struct options *o, const struct kernel_tree *tree);

/* Says on stderr of how many translation units the kept facts are, and how old those are. */
void cache_tell(const struct options *o, const struct program *p);

#endif
