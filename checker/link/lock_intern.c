// SPDX-License-Identifier: GPL-2.0-only
/* lock_intern.c - one copy of each lock and of each lockset. */
#include <uthash.h>

#include "lock_intern.h"
#include "broken.h"
#include "keymap.h"
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
	struct lockset set; /* first: a set is cast to this */
	uint64_t hash;
	uint64_t names;		   /* bit by name, modulo 64: a lock has this name */
	uint32_t number;	   /* index into lock_interner.numbered */
	struct interned_set *next; /* of the same hash */
	UT_hash_handle hh;
};

struct lock_interner {
	struct interned_lock *locks;
	struct interned_set *sets;
	uint32_t nlocks;
	const struct interned_set **numbered;
	size_t nnumbered, cap;
	struct keymap unions; /* by the numbers of two sets: that of their union */
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
	int c = a->name == b->name ? 0 : strcmp(str_get(a->name), str_get(b->name));

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

/* The index of the lock in the set, where it stands or belongs at `at`: among those of its name; or NONE. */
static uint32_t lockset_index(const struct lockset *s, const struct lock *lock, uint32_t at)
{
	uint32_t i;

	for (i = at; i && s->locks[i - 1]->name == lock->name; i--)
		if (same_lock_here(s->locks[i - 1], lock))
			return i - 1;
	for (i = at; i < s->n && s->locks[i]->name == lock->name; i++)
		if (same_lock_here(s->locks[i], lock))
			return i;
	return NONE;
}

void lockset_put(struct lockset *s, const struct lock *lock)
{
	uint32_t at = s->n, have;

	while (at && lock_before(lock, s->locks[at - 1]))
		at--;
	have = lockset_index(s, lock, at);
	if (have != NONE) {
		if (lock->mode <= s->locks[have]->mode)
			return;
		lockset_remove(s, have);
		at -= have < at;
	}
	if (s->n % LOCKS_AT_ONCE == 0)
		s->locks = xrealloc(s->locks, (s->n + LOCKS_AT_ONCE) * sizeof(*s->locks));
	memmove(&s->locks[at + 1], &s->locks[at], (s->n++ - at) * sizeof(*s->locks));
	s->locks[at] = lock;
}

static uint64_t set_hash(const struct lockset *s)
{
	uint64_t h = HASH_SEED;
	uint32_t i;

	for (i = 0; i < s->n; i++)
		h = hash_mix(h, ((const struct interned_lock *)s->locks[i])->hash);
	return h;
}

static uint64_t names_of(const struct lockset *s)
{
	uint64_t names = 0;
	uint32_t i;

	for (i = 0; i < s->n; i++)
		names |= UINT64_C(1) << s->locks[i]->name % 64;
	return names;
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
		set->names = names_of(&set->set);
		set->number = (uint32_t)in->nnumbered;
		*vec_add(in->numbered, in->nnumbered, in->cap) = set;
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

static const struct interned_set *interned(const struct lockset *s)
{
	return (const struct interned_set *)s;
}

bool lockset_within(const struct lockset *a, const struct lockset *b)
{
	uint32_t i;

	if (a == b || !a->n)
		return true;
	if (a->n > b->n || interned(a)->names & ~interned(b)->names)
		return false;
	for (i = 0; i < a->n; i++)
		if (!holds_as_much(b, a->locks[i]))
			return false;
	return true;
}

const struct lockset *lockset_union(struct link *l, const struct lockset *a,
				    const struct lockset *b)
{
	struct lock_interner *in = l->lock_interner;
	uint64_t pair = (uint64_t)interned(a)->number << 32 | interned(b)->number;
	uint32_t known = a == b ? interned(a)->number : keymap_first(&in->unions, pair), i;
	struct lockset s = { 0 };
	const struct lockset *out;

	if (known != NONE)
		return &in->numbered[known]->set;
	for (i = 0; i < a->n; i++)
		lockset_put(&s, a->locks[i]);
	for (i = 0; i < b->n; i++)
		lockset_put(&s, b->locks[i]);
	out = lockset_intern(l, &s);
	keymap_add(&in->unions, pair, interned(out)->number);
	return out;
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
	keymap_free(&l->lock_interner->unions);
	free(l->lock_interner->numbered);
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
