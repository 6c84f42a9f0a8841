// SPDX-License-Identifier: GPL-2.0-only
/* alternatives.c - chains that part at two cases of one function, as at two commands of an ioctl. */
#include "alternatives.h"
#include "frames.h"
#include "keymap.h"
#include "on_paths.h"

/* Pairs of calls that were asked about. */
struct alternatives {
	struct keymap of; /* two events: 1 if none leads to the other, else 0 */
};

void alternatives_begin(struct link *l)
{
	l->alternatives = xcalloc(1, sizeof(*l->alternatives));
}

void alternatives_end(struct link *l)
{
	keymap_free(&l->alternatives->of);
	free(l->alternatives);
	l->alternatives = NULL;
}

static bool are_two_ways(const struct link *l, uint32_t f, const struct event *a,
			 const struct event *b)
{
	struct keymap *known = &l->alternatives->of;
	const struct function *fn = &l->p->functions[f];
	uint64_t key;

	if (!a || !b)
		return false;
	key = hash_mix(hash_mix(HASH_SEED, (uintptr_t)a), (uintptr_t)b);
	if (!keymap_has(known, key))
		keymap_add(known, key, !event_leads_to(fn, a, b) && !event_leads_to(fn, b, a));
	return keymap_first(known, key);
}

bool chains_are_alternatives(const struct link *l, const struct write *a, const struct write *b)
{
	uint32_t i;

	for (i = 0; i + 1 < a->nchain && i + 1 < b->nchain; i++) {
		if (a->chain_functions[i] != b->chain_functions[i])
			return false;
		if (a->chain_functions[i] == NONE || same_loc(&a->chain_locs[i], &b->chain_locs[i]))
			continue;
		return are_two_ways(l, a->chain_functions[i], frame_call(l, a, i),
				    frame_call(l, b, i));
	}
	return false;
}
