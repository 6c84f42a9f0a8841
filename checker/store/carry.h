/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * carry.h - facts of tus (translation units) taken over from another state of a tree, without parsing: headers have
 * changed between the two, but not in a way that these tus can tell.
 */
#ifndef RACYBITS_STORE_CARRY_H
#define RACYBITS_STORE_CARRY_H

#include "base/source_change.h"
#include "store.h"

/* A header that differs between the two states. */
struct carry_file {
	const char *path;   /* absolute */
	const char *name;   /* as facts name it */
	const char *before; /* a file with its content in the other state */
	const struct source_change *change;
};

struct carry;

/*
 * Plans for the tus of the list that are not fresh in the store, but would be in the tree `from` with the content
 * before of the files.  concerns(ctx, path) says whether a change concerns the file at this absolute path: it is
 * asked for each file that such a tu reads.  carry_free() frees the plan; all that is passed must outlive it.
 */
struct carry *carry_plan(struct store *s, const char *from, const struct tu_list *tus,
			 uint64_t tool_key, const struct carry_file *files, size_t n,
			 bool (*concerns)(void *ctx, const char *path), void *ctx);
/* Is the tu number `i` to be taken over?  The others are to be put before carry_put(). */
bool carry_takes(const struct carry *c, size_t i);
/*
 * Stores the facts of the tus that are taken over.  Does nothing if a record that one of them shares with another
 * tu, which was parsed, came out in a way that may change what theirs mean, or has no facts.  Returns how many were stored.
 */
size_t carry_put(struct carry *c);
void carry_free(struct carry *c);

#endif
