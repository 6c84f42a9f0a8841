/* SPDX-License-Identifier: GPL-2.0-only */
/* versions.h - the table `file`: the versions of files that facts were made from. */
#ifndef RACYBITS_VERSIONS_H
#define RACYBITS_VERSIONS_H

#include "store_priv.h"

/* Reads the table into s->files and s->versions. */
void versions_load(struct store *s);
/* The version with this id, or NULL. */
struct file_version *versions_get(const struct store *s, uint64_t id);
/* Adds a version of the file at an absolute path to the table; sets now->id and returns it. */
int64_t versions_put(struct store *s, const char *path, struct file_version *now);
/*
 * The id of the version of the file at an absolute path that it has now, which is added if there is none.
 * *known is false, and the id 0, if that is not known: see filestate_find().
 */
int64_t versions_now(struct store *s, const char *path, bool *known);
/* Writes the version's new time of change to the table. */
void versions_touch(struct store *s, const struct file_version *v);

#endif
