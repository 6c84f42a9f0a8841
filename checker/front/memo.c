// SPDX-License-Identifier: GPL-2.0-only
/* memo.c - a hash table from clang cursors to whatever is known of them. */
#include "memo.h"

void **memo_entry(struct memo **memos, struct arena *a, CXCursor decl)
{
	unsigned hash = clang_hashCursor(decl);
	struct memo *head, *m;

	HASH_FIND(hh, *memos, &hash, sizeof(hash), head);
	for (m = head; m; m = m->next)
		if (clang_equalCursors(m->cursor, decl))
			return &m->value;
	m = arena_alloc(a, sizeof(*m));
	m->hash = hash;
	m->cursor = decl;
	if (head) {
		m->next = head->next;
		head->next = m;
	} else {
		HASH_ADD(hh, *memos, hash, sizeof(hash), m);
	}
	return &m->value;
}
