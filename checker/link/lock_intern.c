// SPDX-License-Identifier: GPL-2.0-only
/* lock_intern.c - one copy of each lock and of each lockset. */
/* The keys of both tables are hashes. */
#define HASH_FUNCTION(key, bytes, hash) ((hash) = (unsigned int)*(const uint64_t *)(key))
#include <uthash.h>

#include "lock_intern.h"
#include "broken.h"
#include "keymap.h"
#include "path.h"

#define LOCKS_AT_ONCE 8 /* room is made for so many in a set under construction */

#define RECENT_UNIONS 4096

struct interned_lock {
	struct lock lock; /* first: a lock is cast to this */
	uint32_t order;	  /* of appearance */
	uint64_t hash;
	uint64_t begin[2]; /* the first bytes of the name, in an order that is that of strcmp() */
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
	struct known_union {
		uint64_t pair; /* of numbers; 0, which is none of two sets that differ: free */
		uint32_t number;
	} recent[RECENT_UNIONS]; /* those asked for last, by hash: near in memory */
};

bool same_lock_here(const struct lock *a, const struct lock *b)
{
	return a->name == b->name && a->activity == b->activity &&
	       (a->name || a->type == b->type) &&
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
	h = hash_mix(h, (uint64_t)k->activity << 2 | k->stays << 1 | k->late);
	for (i = 0; i < p->nsteps; i++) {
		h = hash_mix(h, p->steps[i].kind);
		h = hash_mix(h, (uint64_t)p->steps[i].record << 32 | p->steps[i].field);
	}
	return h;
}

/* The name's bytes from `from` on, the first one most significant; 0 behind its end. */
static uint64_t begin_of(str name, size_t from)
{
	const char *s = str_get(name);
	size_t n = strlen(s), i;
	uint64_t out = 0;

	for (i = from; i < from + 8; i++)
		out = out << 8 | (i < n ? (unsigned char)s[i] : 0);
	return out;
}

static bool equal_locks(const struct lock *a, const struct lock *b)
{
	return a->name == b->name && a->type == b->type && a->mode == b->mode &&
	       a->activity == b->activity && a->late == b->late && a->stays == b->stays &&
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
	k->begin[0] = begin_of(lock->name, 0);
	k->begin[1] = begin_of(lock->name, 8);
	if (first) {
		k->next = first->next;
		first->next = k;
	} else {
		HASH_ADD(hh, in->locks, hash, sizeof(k->hash), k);
	}
	return &k->lock;
}

/* --- sets */

static int compare_names(const struct lock *a, const struct lock *b)
{
	const uint64_t *x = ((const struct interned_lock *)a)->begin;
	const uint64_t *y = ((const struct interned_lock *)b)->begin;

	if (a->name == b->name)
		return 0;
	if (x[0] != y[0])
		return x[0] < y[0] ? -1 : 1;
	if (x[1] != y[1])
		return x[1] < y[1] ? -1 : 1;
	return strcmp(str_get(a->name), str_get(b->name));
}

/* By name, then length of path; what is left is told apart by age, the same in every run. */
static bool lock_before(const struct lock *a, const struct lock *b)
{
	int c = compare_names(a, b);

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
	have = s->n ? lockset_index(s, lock, at) : NONE;
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

uint32_t lockset_number(const struct lockset *s)
{
	return interned(s)->number;
}

size_t lockset_count(const struct link *l)
{
	return l->lock_interner->nnumbered;
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

/* Is one of the last locks of the set, which have the name of this one, the same lock in another mode? */
static bool ends_in_same(const struct lockset *s, const struct lock *lock)
{
	uint32_t i;

	for (i = s->n; i && s->locks[i - 1]->name == lock->name; i--)
		if (same_lock_here(s->locks[i - 1], lock))
			return true;
	return false;
}

/* Merges two sets; false, and leaves *out empty, if they have a lock in two modes. */
static bool merge(const struct lockset *a, const struct lockset *b, struct lockset *out)
{
	uint32_t i = 0, j = 0;
	const struct lock *next;

	out->locks = xmalloc((a->n + b->n) * sizeof(*out->locks));
	while (i < a->n || j < b->n) {
		if (i == a->n || (j < b->n && lock_before(b->locks[j], a->locks[i]))) {
			next = b->locks[j++];
		} else {
			next = a->locks[i++];
			j += j < b->n && b->locks[j] == next;
		}
		if (ends_in_same(out, next)) {
			free(out->locks);
			*out = (struct lockset){ 0 };
			return false;
		}
		out->locks[out->n++] = next;
	}
	return true;
}

static void put_all(struct lockset *s, const struct lockset *from)
{
	uint32_t i;

	for (i = 0; i < from->n; i++)
		lockset_put(s, from->locks[i]);
}

/* The number of the union of two sets, if it is one of them or was made before; or NONE. */
static uint32_t known_union(struct lock_interner *in, const struct lockset *a,
			    const struct lockset *b, uint64_t pair)
{
	if (lockset_within(b, a))
		return interned(a)->number;
	if (lockset_within(a, b))
		return interned(b)->number;
	return keymap_first(&in->unions, pair);
}

const struct lockset *lockset_union(struct link *l, const struct lockset *a,
				    const struct lockset *b)
{
	struct lock_interner *in = l->lock_interner;
	uint64_t pair = (uint64_t)interned(a)->number << 32 | interned(b)->number;
	struct known_union *recent = &in->recent[hash_mix(HASH_SEED, pair) % RECENT_UNIONS];
	struct lockset s = { 0 };
	const struct lockset *out;
	uint32_t known;

	if (a == b || recent->pair == pair)
		return a == b ? a : &in->numbered[recent->number]->set;
	known = known_union(in, a, b, pair);
	*recent = (struct known_union){ pair, known };
	if (known != NONE)
		return &in->numbered[known]->set;
	if (!merge(a, b, &s)) {
		put_all(&s, a);
		put_all(&s, b);
	}
	out = lockset_intern(l, &s);
	keymap_add(&in->unions, pair, interned(out)->number);
	recent->number = interned(out)->number;
	return out;
}

void lockset_unions_forget(struct link *l)
{
	keymap_free(&l->lock_interner->unions);
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
