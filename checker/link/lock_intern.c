// SPDX-License-Identifier: GPL-2.0-only
/* lock_intern.c - one copy of each lock and of each lockset. */
#include <uthash.h>

#include "lock_intern.h"
#include "broken.h"
#include "path.h"

#define LOCKS_AT_ONCE 8 /* room is made for so many in a set under construction */

struct interned_lock {
	struct lock lock; /* first: a lock is cast to this */
	uint32_t order;	  /* of appearance */
	uint64_t hash;
	struct interned_lock *next; /* of the same hash */
	UT_hash_handle hh;
};

struct interned_set {
	struct lockset set;
	uint64_t hash;
	struct interned_set *next; /* of the same hash */
	UT_hash_handle hh;
};

struct lock_interner {
	struct interned_lock *locks;
	struct interned_set *sets;
	uint32_t nlocks;
};

bool same_lock_here(const struct lock *a, const struct lock *b)
{
	return a->name == b->name && (a->name || a->type == b->type) &&
	       (same_object(&a->path, &b->path) ||
		(a->path.root == ROOT_UNKNOWN && b->path.root == ROOT_UNKNOWN &&
		 a->path.index == b->path.index));
}

bool lock_not_of_param(const struct path *lock, uint32_t param)
{
	return lock->root == ROOT_UNKNOWN && param < 32 && lock->index >> param & 1;
}

/* --- locks */

static uint64_t lock_hash(const struct lock *k)
{
	const struct path *p = &k->path;
	uint64_t h = hash_mix(HASH_SEED, (uint64_t)k->name << 32 | k->mode);
	uint32_t i;

	h = hash_mix(h, (uint64_t)p->root << 32 | p->index);
	h = hash_mix(h, (uint64_t)k->type << 32 | p->name);
	for (i = 0; i < p->nsteps; i++) {
		h = hash_mix(h, p->steps[i].kind);
		h = hash_mix(h, (uint64_t)p->steps[i].record << 32 | p->steps[i].field);
	}
	return h;
}

static bool equal_locks(const struct lock *a, const struct lock *b)
{
	return a->name == b->name && a->type == b->type && a->mode == b->mode &&
	       a->path.root == b->path.root && a->path.index == b->path.index &&
	       a->path.name == b->path.name && a->path.nsteps == b->path.nsteps &&
	       common_steps(&a->path, &b->path) == a->path.nsteps;
}

const struct lock *lock_intern(struct link *l, const struct lock *lock)
{
	struct lock_interner *in = l->lock_interner;
	uint64_t hash = lock_hash(lock);
	struct interned_lock *first, *k;

	HASH_FIND(hh, in->locks, &hash, sizeof(hash), first);
	for (k = first; k; k = k->next)
		if (equal_locks(&k->lock, lock))
			return &k->lock;
	k = arena_alloc(l->arena, sizeof(*k));
	k->lock = *lock;
	k->order = in->nlocks++;
	k->hash = hash;
	if (first) {
		k->next = first->next;
		first->next = k;
	} else {
		HASH_ADD(hh, in->locks, hash, sizeof(k->hash), k);
	}
	return &k->lock;
}

/* --- sets */

/* By name, then length of path; what is left is told apart by age, the same in every run. */
static bool lock_before(const struct lock *a, const struct lock *b)
{
	int c = strcmp(str_get(a->name), str_get(b->name));

	if (c || a->path.nsteps != b->path.nsteps)
		return c < 0 || (!c && a->path.nsteps < b->path.nsteps);
	return ((const struct interned_lock *)a)->order < ((const struct interned_lock *)b)->order;
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

static uint64_t set_hash(const struct lockset *s)
{
	uint64_t h = HASH_SEED;
	uint32_t i;

	for (i = 0; i < s->n; i++)
		h = hash_mix(h, ((const struct interned_lock *)s->locks[i])->hash);
	return h;
}

static bool equal_sets(const struct lockset *a, const struct lockset *b)
{
	return a->n == b->n && (!a->n || !memcmp(a->locks, b->locks, a->n * sizeof(*a->locks)));
}

const struct lockset *lockset_intern(struct link *l, struct lockset *s)
{
	struct lock_interner *in = l->lock_interner;
	uint64_t hash = set_hash(s);
	struct interned_set *first, *set;

	HASH_FIND(hh, in->sets, &hash, sizeof(hash), first);
	for (set = first; set && !equal_sets(&set->set, s); set = set->next)
		;
	if (!set) {
		set = arena_alloc(l->arena, sizeof(*set));
		set->set.n = s->n;
		set->set.locks = arena_copy(l->arena, s->locks, s->n * sizeof(*s->locks));
		set->hash = hash;
		if (first) {
			set->next = first->next;
			first->next = set;
		} else {
			HASH_ADD(hh, in->sets, hash, sizeof(set->hash), set);
		}
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

/* --- */

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

static void check_set(const struct link *l, const struct lockset *s)
{
	uint32_t i;

	for (i = 0; i < s->n; i++) {
		if (s->locks[i]->mode != MODE_SHARED && s->locks[i]->mode != MODE_EXCLUSIVE)
			broken(l, "lockset", NONE, "lock %s has mode %u",
			       str_get(s->locks[i]->name), s->locks[i]->mode);
		if (i && !lock_before(s->locks[i - 1], s->locks[i]))
			broken(l, "lockset", NONE, "a set with lock %s is not sorted",
			       str_get(s->locks[i]->name));
	}
}

void lock_intern_check(const struct link *l)
{
	const struct interned_set *first, *set;

	for (first = l->lock_interner->sets; first; first = first->hh.next)
		for (set = first; set; set = set->next)
			check_set(l, &set->set);
}
