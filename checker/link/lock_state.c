// SPDX-License-Identifier: GPL-2.0-only
/* lock_state.c - the state of locks at a point, and its join where paths meet. */
#include "lock_state.h"

void state_drop_pending(struct lock_state *s, uint32_t i)
{
	s->pending[i] = s->pending[--s->npending];
}

/* The same lock that depends on the same value in the same way; it may be known less of the value. */
static const struct pending_lock *find_pending(const struct lock_state *s,
					       const struct pending_lock *p)
{
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		if (s->pending[i].lock == p->lock && s->pending[i].call == p->call &&
		    s->pending[i].local == p->local && s->pending[i].negated == p->negated &&
		    s->pending[i].pointed == p->pointed && s->pending[i].mode == p->mode &&
		    s->pending[i].when.held == p->when.held)
			return &s->pending[i];
	return NULL;
}

/* Leaves what depends on a value in both states; returns whether that changed anything. */
static bool meet_pending(struct lock_state *into, const struct lock_state *s)
{
	const struct pending_lock *other;
	bool changed = false;
	uint32_t i = 0;

	while (i < into->npending) {
		struct result_when *when = &into->pending[i].when, old = *when;

		other = find_pending(s, &into->pending[i]);
		if (!other) {
			state_drop_pending(into, i);
			changed = true;
			continue;
		}
		when->possible |= other->when.possible;
		when->fails |= other->when.fails;
		changed |= when->possible != old.possible || when->fails != old.fails;
		i++;
	}
	return changed;
}

lock_set state_may_hold(const struct lock_state *s)
{
	lock_set out = s->maybe | s->exclusive | s->shared;
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		out |= LOCK_BIT(s->pending[i].lock);
	return out;
}

/* Leaves the names that both states have. */
static void meet_names(struct lock_state *into, const struct lock_state *s)
{
	uint32_t i, k, n = 0;

	for (i = 0; i < into->nsame; i++) {
		for (k = 0; k < s->nsame; k++)
			if (into->same[i].root == s->same[k].root &&
			    into->same[i].index == s->same[k].index &&
			    into->same[i].as == s->same[k].as)
				break;
		if (k < s->nsame)
			into->same[n++] = into->same[i];
	}
	into->nsame = n;
}

bool state_join(struct lock_state *into, const struct lock_state *s)
{
	bool forgot = into->known.forgot, fewer;
	uint32_t nsame = into->nsame;
	struct lock_state old;
	lock_set any, sany;

	memcpy(&old, into, offsetof(struct lock_state, npending));
	any = (into->exclusive | into->shared) & (s->exclusive | s->shared);
	sany = (into->asserted | into->asserted_shared) & (s->asserted | s->asserted_shared);
	into->exclusive &= s->exclusive;
	into->shared = any & ~into->exclusive;
	into->asserted &= s->asserted;
	into->asserted_shared = sany & ~into->asserted;
	into->released |= s->released;
	into->released_shared |= s->released_shared;
	into->maybe |= state_may_hold(s);
	into->lost |= s->lost;
	if (s->unknown)
		into->spared = into->unknown ? into->spared & s->spared : s->spared;
	into->unknown |= s->unknown;
	into->published |= s->published;
	into->handed_out |= s->handed_out;
	into->exposed |= s->exposed;
	into->exposed_params |= s->exposed_params;
	into->stored |= s->stored;
	into->maybe_released |= s->maybe_released;
	into->early &= s->early;
	into->slept &= s->slept;
	into->doubted |= s->doubted;
	meet_names(into, s);
	fewer = meet_pending(into, s);
	fewer |= predicates_meet(&into->known, &s->known);
	return fewer || old.exclusive != into->exclusive || old.shared != into->shared ||
	       old.asserted != into->asserted || old.asserted_shared != into->asserted_shared ||
	       old.released != into->released || old.released_shared != into->released_shared ||
	       old.maybe != into->maybe || old.lost != into->lost || old.spared != into->spared ||
	       old.unknown != into->unknown || old.published != into->published ||
	       old.handed_out != into->handed_out || old.exposed != into->exposed ||
	       old.exposed_params != into->exposed_params || old.stored != into->stored ||
	       old.early != into->early || old.maybe_released != into->maybe_released ||
	       old.slept != into->slept || old.doubted != into->doubted || nsame != into->nsame ||
	       forgot != into->known.forgot;
}

static bool same_held(const struct lock_state *a, const struct lock_state *b)
{
	return a->exclusive == b->exclusive && a->shared == b->shared &&
	       a->asserted == b->asserted && a->asserted_shared == b->asserted_shared;
}

static bool same_dropped(const struct lock_state *a, const struct lock_state *b)
{
	return a->released == b->released && a->released_shared == b->released_shared;
}

static bool same_pending(const struct lock_state *a, const struct lock_state *b)
{
	uint32_t i;

	if (a->npending != b->npending)
		return false;
	for (i = 0; i < a->npending; i++)
		if (!find_pending(b, &a->pending[i]))
			return false;
	return true;
}

/* Are the two one state for this key? */
static bool are_one(enum state_key key, const struct lock_state *a, const struct lock_state *b)
{
	return key == KEY_NONE ||
	       (same_held(a, b) && same_pending(a, b) && (key == KEY_HELD || same_dropped(a, b)));
}

/* Joins the states that the next coarser key does not tell apart. */
static void coarsen(struct lock_states *states)
{
	uint32_t i, j, n = 0;

	states->key = states->key == KEY_LOCKS ? KEY_HELD : KEY_NONE;
	for (i = 0; i < states->n; i++) {
		for (j = 0; j < n && !are_one(states->key, &states->of[j], &states->of[i]); j++)
			;
		if (j < n)
			state_join(&states->of[j], &states->of[i]);
		else
			states->of[n++] = states->of[i];
	}
	states->n = n;
}

bool states_add(struct lock_states *into, const struct lock_state *s)
{
	uint32_t i;

	for (i = 0; i < into->n; i++)
		if (are_one(into->key, &into->of[i], s))
			return state_join(&into->of[i], s);
	if (into->n == STATES_MAX) {
		coarsen(into);
		states_add(into, s);
		return true;
	}
	if (into->n == into->cap) {
		into->cap = into->cap ? 2 * into->cap : 1;
		into->of = xrealloc(into->of, into->cap * sizeof(*into->of));
	}
	state_copy(&into->of[into->n], s);
	into->of[into->n++].maybe = state_may_hold(s);
	return true;
}
