/* SPDX-License-Identifier: GPL-2.0-only */
/* memo.h - a hash table from clang cursors to whatever is known of them. */
#ifndef RACYBITS_FRONT_MEMO_H
#define RACYBITS_FRONT_MEMO_H

#include <clang-c/Index.h>
#include <uthash.h>

#include "base/util.h"

struct memo {
	unsigned hash; /* of the cursor */
	CXCursor cursor;
	void *value;
	struct memo *next; /* another cursor with the same hash */
	UT_hash_handle hh;
};

/*
 * Returns where the value of `decl` is kept in the table; NULL is stored there at first.  Entries are
 * allocated from `a`; drop the table itself with HASH_CLEAR(hh, *memos).
 */
void **memo_entry(struct memo **memos, struct arena *a, CXCursor decl);

#endif
