/* SPDX-License-Identifier: GPL-2.0-only */
/* verdicts_kept.h - the verdicts of an earlier run, while all that they depend on is the same. */
#ifndef RACYBITS_CLI_VERDICTS_KEPT_H
#define RACYBITS_CLI_VERDICTS_KEPT_H

#include "options.h"
#include "store/notes.h"
#include "tree/kerneltree.h"

/*
 * A number for all that verdicts depend on: this program, the model, and the facts of the tus in the store,
 * with the reasons why others have none.
 */
uint64_t verdicts_key(struct store *s, const struct linux_model *m, const struct tu_list *tus);
/* The same for the verdicts on what alone is asked for: `what` is as the user names it. */
uint64_t verdicts_key_of(uint64_t key, const char *what);

/*
 * Reads the verdicts that were kept with that key into *p, as verdicts_decode() does; returns false if there
 * are none, and *p is then as it was.
 */
bool verdicts_kept(struct store *s, const struct kernel_tree *tree, uint64_t key, struct arena *a,
		   struct program *p);
/* Keeps what verdicts_encode() made of a judged program in the database `db`. */
void verdicts_keep(const struct kernel_tree *tree, const char *db, uint64_t key,
		   const struct buf *verdicts);

#endif
