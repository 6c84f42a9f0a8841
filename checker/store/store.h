/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * store.h - the facts of translation units, kept by content between runs.
 *
 * Whatever is wrong with the database (damaged, of another version, in
 * use by another process, not writable) ends in die(): no function here fails.
 */
#ifndef RACYBITS_STORE_H
#define RACYBITS_STORE_H

#include "base/overlay.h"
#include "base/util.h"

struct store;

/* Version of the database's form: raised with any change of schema.sql or of the encoding of chunks. */
#define STORE_VERSION 8

/*
 * Opens or makes the database at `path` for this process alone; NULL: in memory, for this run.
 * `tree` names the tree and its configuration (say, KDIR and OBJDIR): units of different trees are
 * kept apart.  NULL: one without a name.  Open it before anything is analysed, so that a file
 * changed meanwhile is noticed.
 */
struct store *store_open(const char *path, const char *tree);

/*
 * As store_open(), for files that are read through an overlay (NULL: none), which must outlive the
 * store.  What it replaces counts as a change of the file.
 */
struct store *store_open_overlay(const char *path, const char *tree, const struct overlay *overlay);

/* The time now, for store_open_shared(). */
int64_t store_now(void);
/*
 * As store_open(), for one of many processes that put a unit each while a kernel is built: it waits
 * for its turn, and its units are fresh whatever command store_fresh() is asked about, since the
 * build's own is the one that counts.  Facts put were made after `started_ns`, of store_now().
 */
struct store *store_open_shared(const char *path, const char *tree, int64_t started_ns);

/*
 * Drops what no unit refers to any longer, closes, and frees.  Without it nothing is lost: every
 * store_put() is on disk whole or not at all, even after kill -9.
 */
void store_close(struct store *s);

/*
 * True when the facts of the unit are there, were made by the same command and tool, and no file
 * that was read has changed.  `tool_key` stands for all of the tool that facts depend on: its
 * version, annotations.h.  A unit that could not be parsed is fresh while what was read of it is the
 * same and what was missing is; one that failed in another way (a crash) never is.  Not noticed: a
 * new header that would now be found in front of the one that was read.
 */
bool store_fresh(struct store *s, const struct tu *tu, uint64_t tool_key);
/* Why the unit could not be analysed, if that is what is kept of it, or NULL; the caller frees it. */
char *store_failed(struct store *s, const struct tu *tu);

/*
 * Keeps the facts of a unit in place of those it had: the message of `n` bytes that facts_sink_init()
 * made.  Paths of files in it are absolute, or relative to `kdir` or the unit's directory.
 */
void store_put(struct store *s, const struct tu *tu, uint64_t tool_key, const char *kdir,
	       const unsigned char *msg, size_t n);
/* The unit could not be analysed; `reason` is one line. */
void store_put_failed(struct store *s, const struct tu *tu, const char *reason);

/*
 * Takes the facts of units that are not fresh in this tree from another tree of the database, where they are
 * fresh there.
 */
void store_adopt(struct store *s, const char *from, const struct tu_list *tus, uint64_t tool_key);

/*
 * Adds the stored units of this tree whose files have absolute names below the directory `dir` (which
 * are not files of the tree, but of a module built there), in order of file names.  They have no command;
 * compdb_free() frees them.
 */
void store_units_below(struct store *s, const char *dir, struct tu_list *out);

/*
 * The units found for `paths` (some text that names them) when `key` stood for all that decides them, see
 * compdb_key(); false if they are not known.  compdb_free() frees them.
 */
bool store_recall(struct store *s, const char *paths, uint64_t key, struct tu_list *out);
void store_remember(struct store *s, const char *paths, uint64_t key, const struct tu_list *tus);

/*
 * Fills records, functions, slots, declarations, failed and the statistics tus, failed, functions
 * and variants of the program from the units of the list, which must be fresh or put.  All is
 * owned by `arena`.  Sorted by file, line, column and key (declarations: by function); of several
 * records or functions with one key, the first in the order of the list is kept.
 */
void store_load(struct store *s, const struct tu_list *tus, struct program *p, struct arena *arena);

#endif
