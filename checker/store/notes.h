/* SPDX-License-Identifier: GPL-2.0-only */
/* notes.h - what was made of the facts of a tree, kept with a number for all that it depends on. */
#ifndef RACYBITS_STORE_NOTES_H
#define RACYBITS_STORE_NOTES_H

#include "base/buf.h"
#include "store.h"

/* A number for the facts that are stored of the tus, in their order, and for those that failed. */
uint64_t store_facts_key(struct store *s, const struct tu_list *tus);

/*
 * Appends the note called `name` of the tree called `tree` to `out` if it was kept with that key; else
 * returns false.
 */
bool store_note_get(struct store *s, const char *tree, const char *name, uint64_t key,
		    struct buf *out);
/* Keeps a note, in place of one of the same name. */
void store_note_put(struct store *s, const char *tree, const char *name, uint64_t key,
		    const struct buf *note);

#endif
