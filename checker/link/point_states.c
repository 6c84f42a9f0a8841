// SPDX-License-Identifier: GPL-2.0-only
/* point_states.c - keeps the states of points that are alike once. */
#include "point_states.h"
#include "base/util.h"
#include "keymap.h"

struct point_states {
	struct keymap of; /* hash of a state: indexes into `all` */
	const struct point_state **all;
	size_t n, cap;
};

void point_states_begin(struct link *l)
{
	l->point_states = xcalloc(1, sizeof(*l->point_states));
}

void point_states_end(struct link *l)
{
	keymap_free(&l->point_states->of);
	free(l->point_states->all);
	free(l->point_states);
	l->point_states = NULL;
}

void point_states_share(struct link *copy)
{
	if (copy->point_states)
		point_states_begin(copy);
}

void point_states_unshare(struct link *copy)
{
	if (copy->point_states)
		point_states_end(copy);
}

const struct point_state *point_state_keep(struct link *l, const struct point_state *s)
{
	struct point_states *kept = l->point_states;
	uint64_t hash = hash_mix_bytes(s, sizeof(*s));
	size_t n, i;
	const uint32_t *of = keymap_list(&kept->of, hash, &n);

	for (i = 0; i < n; i++)
		if (!memcmp(kept->all[of[i]], s, sizeof(*s)))
			return kept->all[of[i]];
	keymap_add(&kept->of, hash, (uint32_t)kept->n);
	*vec_add(kept->all, kept->n, kept->cap) = arena_copy(l->arena, s, sizeof(*s));
	return kept->all[kept->n - 1];
}
