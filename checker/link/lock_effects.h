/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_effects.h - what a call does to the locks of its caller. */
#ifndef RACYBITS_LOCK_EFFECTS_H
#define RACYBITS_LOCK_EFFECTS_H

#include "lockset.h"

struct effect_list {
	struct lock_effect *v;
	size_t n, cap;
};

/*
 * The index of a lock in t->locks, appended when absent, which is xrealloc()ed then; NONE if it cannot be told apart from
 * others.  Behind LOCKS_MAX locks there is one more, which stands for all others: of it nothing is
 * known.
 */
uint32_t lock_index(struct link *l, struct function_locks *t, const struct lock *lock);

/*
 * Makes l->locks[f].effects, what each call of f does: by the model, else by the summaries of its
 * callees, else by annotations of its prototype.
 */
void lock_effects(struct link *l, uint32_t f);
/* Adds what the annotations of f say that a call of it does. */
void annotation_effects(struct link *l, uint32_t f, struct effect_list *out);
/* Does call `call` of f sleep on every path? */
bool call_sleeps(const struct link *l, uint32_t f, uint32_t call);

#endif
