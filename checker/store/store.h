/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * store.h - the facts of translation units, kept between runs by content.
 *
 * A database that is damaged, of another version, in use by another process or not writable ends in
 * die(), so no function of the room returns an error.
 */
#ifndef RACYBITS_STORE_H
#define RACYBITS_STORE_H

#include "base/overlay.h"
#include "base/util.h"

struct store;

/* Version of the database: raised with any change of schema.sql or of the encoding of chunks. */
#define STORE_VERSION 17

/*
 * Opens or creates the database at `path` for this process alone; NULL: in memory, for this run.
 * `tree` names a kernel tree and its configuration (NULL: ""); the tus of each tree are kept apart.
 * Open it before anything is parsed, so that a file that changes meanwhile is noticed.
 */
struct store *store_open(const char *path, const char *tree);

/*
 * The same for files that are read through an overlay (NULL: none), which must outlive the store.  A
 * file that the overlay replaces counts as changed.
 */
struct store *store_open_overlay(const char *path, const char *tree, const struct overlay *overlay);

/* The time now, for store_open_shared(). */
int64_t store_now(void);
/*
 * As store_open(), for one of many processes that each put a tu while a kernel is built.  Waits until
 * it is this process's turn.  The tus it puts are fresh whatever command store_fresh() is asked with,
 * since the build's own command counts.  `started_ns` is what store_now() said before parsing began.
 */
struct store *store_open_shared(const char *path, const char *tree, int64_t started_ns);

/*
 * Drops chunks and files that no tu refers to, closes the database and frees the store.  Nothing is
 * lost without it: each store_put() is on disk whole or not at all, even after kill -9.
 */
void store_close(struct store *s);

/*
 * Are the facts of the tu there, made with the same command and tool, and has no file that was read
 * changed?  `tool_key` stands for everything in the tool that facts depend on.  A tu that could not be
 * parsed is fresh while the files it read are the same and the missing ones are missing; one that
 * failed otherwise (a crash) never is.  Not noticed: a new header that an #include would now find
 * before the one that was read.
 */
bool store_fresh(struct store *s, const struct tu *tu, uint64_t tool_key);
/* Are facts of the tu there, or why there are none, however old they are? */
bool store_has(struct store *s, const struct tu *tu);
/* Why the tu could not be analysed, or NULL if it was; the caller frees it. */
char *store_failed(struct store *s, const struct tu *tu);

/*
 * Adds to `out` the stored tus of this tree whose absolute file names are below the directory `dir`:
 * those of an external module that was built there.  In order of file names, without commands.
 * compdb_free() frees them.
 */
void store_tus_below(struct store *s, const char *dir, struct tu_list *out);

#endif
