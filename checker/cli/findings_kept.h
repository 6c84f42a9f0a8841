/* SPDX-License-Identifier: GPL-2.0-only */
/* findings_kept.h - the findings of a judged tree, kept so that lint need not judge it again. */
#ifndef RACYBITS_CLI_FINDINGS_KEPT_H
#define RACYBITS_CLI_FINDINGS_KEPT_H

#include "options.h"
#include "store/notes.h"
#include "tree/kerneltree.h"

/*
 * A number for all that the verdicts depend on: this program, the model, the options, and the facts of
 * the tus in the store, and the files that are none.
 */
uint64_t findings_key(struct store *s, const struct options *o, const struct linux_model *m,
		      const struct tu_list *tus);
/*
 * Appends to `out` what lint_before_write() made of a program with that key, if it was kept; else returns
 * false.
 */
bool findings_kept(struct store *s, const struct kernel_tree *tree, uint64_t key, struct buf *out);
/* Keeps it in the database `db`. */
void findings_keep(const struct kernel_tree *tree, const char *db, uint64_t key,
		   const struct buf *findings);

/* Keeps those of a program, the whole tree's, that was judged with the facts of the tus in o->db. */
void findings_keep_whole(const struct kernel_tree *tree, const struct options *o,
			 const struct program *p, const struct tu_list *tus);

#endif
