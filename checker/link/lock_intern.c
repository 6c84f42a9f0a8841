// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock_intern.c - one copy of each lock and of each lockset.
 *
 * All threads share the copies.  Each has a way of its own to those that it asked for last, which needs no lock.
 */
/* The keys of both tables are hashes. */
#define HASH_FUNCTION(key, bytes, hash) ((hash) = (unsigned int)*(const uint64_t *)(key))
#include <uthash.h>

#include "lock_intern.h"
#include "base/mutex.h"
#include "broken.h"
#include "keymap.h"
#include "path.h"

#define LOCKS_AT_ONCE 8 /* room is made for so many in a set under construction */

#define RECENT_UNIONS 16384
#define RECENT 8192

struct interned_lock {
	struct lock lock; /* first: a lock is cast to this */
	uint64_t hash;
	uint64_t begin[2]; /* the first bytes of the name, in an order that is that of strcmp() */
	struct interned_lock *next; /* of the same hash */
	UT_hash_handle hh;
};

struct interned_set {
	struct lockset set; /* first: a set is cast to this */
	uint64_t hash;
	uint64_t names;		   /* bit by name, modulo 64: a lock has this name */
	uint32_t number;	   /* index into all_locks.numbered */
	struct interned_set *next; /* of the same hash */
	UT_hash_handle hh;
};

struct all_locks {
	pthread_mutex_t lock; /* of all that follows */
	struct interned_lock *locks;
	struct interned_set *sets;
	const struct interned_set **numbered;
	size_t nnumbered, cap;
	struct keymap unions; /* by the numbers of two sets: that of their union */
};

/* Of one thread. */
struct lock_interner {
	struct all_locks *all;
	/* Those asked for last, by hash: */
	struct known_union {
		uint64_t pair; /* of numbers; 0, which is none of two sets that differ: free */
		const struct lockset *is;
	} recent[RECENT_UNIONS];
	const struct interned_lock *recent_locks[RECENT];
	const struct interned_set *recent_sets[RECENT];
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

static const struct interned_lock *find_lock(const struct interned_lock *first,
					     const struct lock *lock)
{
	while (first && !equal_locks(&first->lock, lock))
		first = first->next;
	return first;
}

static const struct interned_lock *lock_add(struct link *l, struct interned_lock *first,
					    const struct lock *lock, uint64_t hash)
{
	struct interned_lock *k = arena_alloc(l->arena, sizeof(*k));

	k->lock = *lock;
	k->lock.path.type = 0; /* (no part of which lock it is) */
	k->hash = hash;
	k->begin[0] = begin_of(lock->name, 0);
	k->begin[1] = begin_of(lock->name, 8);
	if (first) {
		k->next = first->next;
		first->next = k;
	} else {
		HASH_ADD(hh, l->lock_interner->all->locks, hash, sizeof(k->hash), k);
	}
	return k;
}

const struct lock *lock_intern(struct link *l, const struct lock *lock)
{
	struct all_locks *all = l->lock_interner->all;
	uint64_t hash = lock_hash(lock);
	const struct interned_lock **recent = &l->lock_interner->recent_locks[hash % RECENT], *k;
	struct interned_lock *first;

	if (*recent && (*recent)->hash == hash && equal_locks(&(*recent)->lock, lock))
		return &(*recent)->lock;
	pthread_mutex_lock(&all->lock);
	HASH_FIND(hh, all->locks, &hash, sizeof(hash), first);
	k = find_lock(first, lock);
	if (!k)
		k = lock_add(l, first, lock, hash);
	pthread_mutex_unlock(&all->lock);
	*recent = k;
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

static int compare_numbers(uint32_t a, uint32_t b)
{
	return a == b ? 0 : a < b ? -1 : 1;
}

static int compare_paths(const struct path *a, const struct path *b)
{
	uint32_t i;
	int c = compare_numbers(a->root, b->root);

	if (!c)
		c = compare_numbers(a->index, b->index);
	if (!c)
		c = str_compare(a->name, b->name);
	for (i = 0; !c && i < a->nsteps; i++) {
		c = compare_numbers(a->steps[i].kind, b->steps[i].kind);
		if (!c)
			c = str_compare(a->steps[i].record, b->steps[i].record);
		if (!c)
			c = str_compare(a->steps[i].field, b->steps[i].field);
	}
	return c;
}

/* What tells locks of one name and of paths of one length apart. */
static uint32_t traits(const struct lock *k)
{
	return k->mode << 3 | (uint32_t)k->activity << 2 | (uint32_t)k->late << 1 | k->stays;
}

/* By name, then length of path, then all else: the same in every run. */
static bool lock_before(const struct lock *a, const struct lock *b)
{
	int c = compare_names(a, b);

	if (!c)
		c = compare_numbers(a->path.nsteps, b->path.nsteps);
	if (!c)
		c = compare_paths(&a->path, &b->path);
	if (!c)
		c = str_compare(a->type, b->type);
	if (!c)
		c = compare_numbers(traits(a), traits(b));
	return c < 0;
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

static const struct interned_set *find_set(const struct interned_set *first,
					   const struct lockset *s)
{
	while (first && !equal_sets(&first->set, s))
		first = first->next;
	return first;
}

static const struct interned_set *set_add(struct link *l, struct interned_set *first,
					  const struct lockset *s, uint64_t hash)
{
	struct all_locks *all = l->lock_interner->all;
	struct interned_set *set = arena_alloc(l->arena, sizeof(*set));

	set->set.n = s->n;
	set->set.locks = arena_copy(l->arena, s->locks, s->n * sizeof(*s->locks));
	set->hash = hash;
	set->names = names_of(&set->set);
	set->number = (uint32_t)all->nnumbered;
	*vec_add(all->numbered, all->nnumbered, all->cap) = set;
	if (first) {
		set->next = first->next;
		first->next = set;
	} else {
		HASH_ADD(hh, all->sets, hash, sizeof(set->hash), set);
	}
	return set;
}

static const struct interned_set *get_set(struct link *l, const struct lockset *s)
{
	struct all_locks *all = l->lock_interner->all;
	uint64_t hash = set_hash(s);
	const struct interned_set **recent = &l->lock_interner->recent_sets[hash % RECENT], *set;
	struct interned_set *first;

	if (*recent && (*recent)->hash == hash && equal_sets(&(*recent)->set, s))
		return *recent;
	pthread_mutex_lock(&all->lock);
	HASH_FIND(hh, all->sets, &hash, sizeof(hash), first);
	set = find_set(first, s);
	if (!set)
		set = set_add(l, first, s, hash);
	pthread_mutex_unlock(&all->lock);
	return *recent = set;
}

const struct lockset *lockset_intern(struct link *l, struct lockset *s)
{
	const struct interned_set *set = get_set(l, s);

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
	return l->lock_interner->all->nnumbered;
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

/* The union of two sets, if it was made before, or NULL. */
static const struct lockset *known_union(struct all_locks *all, uint64_t pair)
{
	const struct lockset *out;
	uint32_t known;

	pthread_mutex_lock(&all->lock);
	known = keymap_first(&all->unions, pair);
	out = known == NONE ? NULL : &all->numbered[known]->set;
	pthread_mutex_unlock(&all->lock);
	return out;
}

static const struct lockset *make_union(struct link *l, const struct lockset *a,
					const struct lockset *b, uint64_t pair)
{
	struct all_locks *all = l->lock_interner->all;
	struct lockset s = { 0 };
	const struct lockset *out;

	if (!merge(a, b, &s)) {
		put_all(&s, a);
		put_all(&s, b);
	}
	out = lockset_intern(l, &s);
	pthread_mutex_lock(&all->lock);
	if (!keymap_has(&all->unions, pair))
		keymap_add(&all->unions, pair, interned(out)->number);
	pthread_mutex_unlock(&all->lock);
	return out;
}

const struct lockset *lockset_union(struct link *l, const struct lockset *a,
				    const struct lockset *b)
{
	struct lock_interner *in = l->lock_interner;
	uint64_t pair = (uint64_t)interned(a)->number << 32 | interned(b)->number;
	struct known_union *recent = &in->recent[hash_mix(HASH_SEED, pair) % RECENT_UNIONS];
	const struct lockset *out;

	if (a == b || recent->pair == pair)
		return a == b ? a : recent->is;
	if (lockset_within(b, a))
		out = a;
	else if (lockset_within(a, b))
		out = b;
	else
		out = known_union(in->all, pair);
	if (!out)
		out = make_union(l, a, b, pair);
	*recent = (struct known_union){ pair, out };
	return out;
}

void lockset_unions_forget(struct link *l)
{
	keymap_free(&l->lock_interner->all->unions);
}

/* --- */

void lock_intern_begin(struct link *l)
{
	struct all_locks *all = xcalloc(1, sizeof(*all));

	all->lock = MUTEX_INIT;
	l->lock_interner = xcalloc(1, sizeof(*l->lock_interner));
	l->lock_interner->all = all;
}

void lock_intern_share(struct link *copy)
{
	struct all_locks *all = copy->lock_interner->all;

	copy->lock_interner = xcalloc(1, sizeof(*copy->lock_interner));
	copy->lock_interner->all = all;
}

void lock_intern_unshare(struct link *copy)
{
	free(copy->lock_interner);
	copy->lock_interner = NULL;
}

void lock_intern_end(struct link *l)
{
	struct all_locks *all = l->lock_interner->all;

	HASH_CLEAR(hh, all->locks);
	HASH_CLEAR(hh, all->sets);
	keymap_free(&all->unions);
	free(all->numbered);
	pthread_mutex_destroy(&all->lock);
	free(all);
	lock_intern_unshare(l);
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

	for (first = l->lock_interner->all->sets; first; first = first->hh.next)
		for (set = first; set; set = set->next)
			check_set(l, &set->set);
}
