/* SPDX-License-Identifier: GPL-2.0-only */
/* notes.h - what was made of the facts of a tree, kept with a number for all that it depends on. */
#ifndef RACYBITS_STORE_NOTES_H
#define RACYBITS_STORE_NOTES_H

#include "base/buf.h"
#include "store.h"

/* A number for the facts that are stored of the tus, in their order, and for those that failed. */
uint64_t store_facts_key(struct store *s, const struct tu_list *tus);

/*
 * Appends the note of the tree called `tree` that was kept with that key to `out`; returns false if there is
 * none.
 */
bool store_note_get(struct store *s, const char *tree, uint64_t key, struct buf *out);
/* Keeps a note.  Of each tree the last 8 are kept. */
void store_note_put(struct store *s, const char *tree, uint64_t key, const struct buf *note);

#endif
