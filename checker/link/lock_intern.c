// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock_intern.c - one copy of each lock and of each lockset: few differ among the
 * many contexts and points, and the same ones have the same address.
 */
#include <uthash.h>

#include "lock_intern.h"
#include "path.h"

#define LOCKS_AT_ONCE 8

struct shared_lock {
	struct lock lock; /* first: a lock is cast to this */
	uint32_t order;	  /* of appearance */
	uint64_t key;
	UT_hash_handle hh;
};

struct shared_set {
	struct lockset set;
	uint64_t key;
	UT_hash_handle hh;
};

struct lock_interner {
	struct shared_lock *locks;
	struct shared_set *sets;
};

bool same_lock_here(const struct lock *a, const struct lock *b)
{
	return a->name == b->name &&
	       (same_object(&a->path, &b->path) ||
		(a->path.root == ROOT_UNKNOWN && b->path.root == ROOT_UNKNOWN));
}

static uint64_t lock_key(const struct lock *k)
{
	const struct path *p = &k->path;
	uint64_t h = hash_mix(HASH_SEED, (uint64_t)k->name << 32 | k->mode);
	uint32_t i;

	h = hash_mix(h, (uint64_t)p->root << 32 | p->index);
	h = hash_mix(h, p->name);
	for (i = 0; i < p->nsteps; i++) {
		h = hash_mix(h, p->steps[i].kind);
		h = hash_mix(h, (uint64_t)p->steps[i].record << 32 | p->steps[i].field);
	}
	return h;
}

const struct lock *lock_intern(struct link *l, const struct lock *lock)
{
	uint64_t key = lock_key(lock);
	struct shared_lock *k;

	HASH_FIND(hh, l->lock_interner->locks, &key, sizeof(key), k);
	if (!k) {
		k = arena_alloc(l->arena, sizeof(*k));
		k->lock = *lock;
		k->order = HASH_COUNT(l->lock_interner->locks);
		k->key = key;
		HASH_ADD(hh, l->lock_interner->locks, key, sizeof(k->key), k);
	}
	return &k->lock;
}

static bool lock_before(const struct lock *a, const struct lock *b)
{
	int c = strcmp(str_get(a->name), str_get(b->name));

	if (c || a->path.nsteps != b->path.nsteps)
		return c < 0 || (!c && a->path.nsteps < b->path.nsteps);
	return ((const struct shared_lock *)a)->order < ((const struct shared_lock *)b)->order;
}

static void lockset_remove(struct lockset *s, uint32_t i)
{
	memmove(&s->locks[i], &s->locks[i + 1], (--s->n - i) * sizeof(*s->locks));
}

void lockset_add(struct link *l, struct lockset *s, const struct lock *lock)
{
	lockset_put(s, lock_intern(l, lock));
}

void lockset_put(struct lockset *s, const struct lock *lock)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if (same_lock_here(s->locks[i], lock)) {
			if (lock->mode <= s->locks[i]->mode)
				return;
			lockset_remove(s, i);
			break;
		}
	if (s->n % LOCKS_AT_ONCE == 0)
		s->locks = xrealloc(s->locks, (s->n + LOCKS_AT_ONCE) * sizeof(*s->locks));
	for (i = s->n++; i && lock_before(lock, s->locks[i - 1]); i--)
		s->locks[i] = s->locks[i - 1];
	s->locks[i] = lock;
}

const struct lockset *lockset_intern(struct link *l, struct lockset *s)
{
	uint64_t key = HASH_SEED;
	struct shared_set *set;
	uint32_t i;

	for (i = 0; i < s->n; i++)
		key = hash_mix(key, ((const struct shared_lock *)s->locks[i])->key);
	HASH_FIND(hh, l->lock_interner->sets, &key, sizeof(key), set);
	if (!set) {
		set = arena_alloc(l->arena, sizeof(*set));
		set->set.n = s->n;
		set->set.locks = arena_copy(l->arena, s->locks, s->n * sizeof(*s->locks));
		set->key = key;
		HASH_ADD(hh, l->lock_interner->sets, key, sizeof(set->key), set);
	}
	free(s->locks);
	*s = (struct lockset){ 0 };
	return &set->set;
}

const struct lock *lockset_find(const struct lockset *s, const struct lock *lock)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if (s->locks[i] == lock || same_lock_here(s->locks[i], lock))
			return s->locks[i];
	return NULL;
}

static bool holds_as_much(const struct lockset *s, const struct lock *lock)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if (s->locks[i] == lock ||
		    (lock->mode < s->locks[i]->mode && same_lock_here(s->locks[i], lock)))
			return true;
	return false;
}

bool lockset_within(const struct lockset *a, const struct lockset *b)
{
	uint32_t i;

	if (a->n > b->n)
		return false;
	for (i = 0; a != b && i < a->n; i++)
		if (!holds_as_much(b, a->locks[i]))
			return false;
	return true;
}

void lock_intern_begin(struct link *l)
{
	l->lock_interner = arena_alloc(l->arena, sizeof(*l->lock_interner));
}

void lock_intern_end(struct link *l)
{
	HASH_CLEAR(hh, l->lock_interner->locks);
	HASH_CLEAR(hh, l->lock_interner->sets);
	l->lock_interner = NULL;
}
