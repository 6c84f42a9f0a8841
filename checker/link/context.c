// SPDX-License-Identifier: GPL-2.0-only
/*
 * context.c - which contexts of a function are kept apart.
 *
 * Three rules keep their number down, and change no verdict.  A phase that the function does not
 * ask for (context_demand.c) is the same in all contexts.  Of two contexts that differ in their
 * locks only, one that holds all locks of the other shows no conflict that the other does not
 * show: it is dropped.  And where no rule tells two kinds of contexts apart, two of them stand
 * for all.
 */
#include "context.h"
#include "context_demand.h"
#include "entry_locks.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_intern.h"

enum doubt context_doubt(const struct context *n)
{
	if (n->unseen)
		return DOUBT_UNSEEN_CALLERS;
	return n->merged ? DOUBT_MERGED_CONTEXTS : DOUBT_NONE;
}

/* --- groups */

static uint64_t group_hash(const struct context *n)
{
	uint64_t word[(CONTEXT_KEY + 7) / 8] = { 0 }, h = HASH_SEED;
	size_t i;

	memcpy(word, n, CONTEXT_KEY);
	for (i = 0; i < ARRAY_SIZE(word); i++)
		h = hash_mix(h, word[i]);
	return h;
}

/* The first context of the group that `n` belongs to; NONE may be replaced by it. */
static uint32_t *group_first(const struct explorer *x, const struct context *n)
{
	uint64_t h = group_hash(n);
	const struct context_groups *groups = &x->of[n->function].groups;
	uint32_t i = h & (groups->cap - 1);
	struct context_group *at;

	for (;; i = (i + 1) & (groups->cap - 1)) {
		at = &groups->at[i];
		if (at->first == NONE)
			at->tag = (uint32_t)(h >> 32);
		else if (at->tag != (uint32_t)(h >> 32) ||
			 memcmp(&x->contexts[at->first], n, CONTEXT_KEY))
			continue;
		return &at->first;
	}
}

/* Makes room for one more. */
static void groups_grow(struct explorer *x, struct context_groups *groups)
{
	struct context_groups old = *groups;
	uint32_t i;

	if (2 * groups->n < groups->cap)
		return;
	groups->cap = old.cap ? old.cap * 2 : 4;
	groups->at = xmalloc(groups->cap * sizeof(*groups->at));
	memset(groups->at, 0xff, groups->cap * sizeof(*groups->at));
	for (i = 0; i < old.cap; i++)
		if (old.at[i].first != NONE)
			*group_first(x, &x->contexts[old.at[i].first]) = old.at[i].first;
	free(old.at);
}

/* --- is a context superfluous? */

static bool is_explored(const struct explorer *x, uint32_t at)
{
	uint32_t todo = x->of[x->contexts[at].function].todo;

	return todo == NONE || at < todo;
}

/* Gives an equal context that is not explored yet the chain of `n`, if that is shorter. */
static void shorten_chain(struct explorer *x, uint32_t at, const struct context *n)
{
	struct context *have = &x->contexts[at];

	if (n->depth >= have->depth || is_explored(x, at))
		return;
	have->depth = n->depth;
	have->parent = n->parent;
	have->parent_call = n->parent_call;
	have->label = n->label;
}

/* Is there a context like `n` that is not merged and not against a test, and holds no more locks? */
static bool has_exact(const struct explorer *x, const struct context *n)
{
	struct context exact = *n;
	uint32_t i;

	exact.merged = exact.against = false;
	for (i = *group_first(x, &exact); i != NONE; i = x->contexts[i].alike)
		if (lockset_within(x->contexts[i].entry, n->entry))
			return true;
	return false;
}

/*
 * Two contexts of other kinds, as near to an entry point and with no more locks, say all that a
 * third one would: that the function is reached, and that it can run concurrently with itself.
 * Returns whether `have` is the second one; *kind is the kind of the first.
 */
static bool is_second_kind(const struct context *have, const struct context *n, str *kind)
{
	if (have->depth > n->depth || !lockset_within(have->entry, n->entry))
		return false;
	if (*kind && *kind != have->kind)
		return true;
	*kind = have->kind;
	return false;
}

/*
 * Do other contexts make this one superfluous?  Drops those that it makes superfluous.  If not, *group is
 * where the first context of its group stands, until the next look-up.
 */
static bool is_superfluous(struct explorer *x, const struct context *n, uint32_t **group)
{
	str other = 0;
	uint32_t i;

	if ((n->merged || n->against) && has_exact(x, n))
		return true;
	*group = group_first(x, n);
	for (i = **group; i != NONE; i = x->contexts[i].alike) {
		if (x->contexts[i].dropped)
			continue;
		if (x->contexts[i].kind != n->kind) {
			if (is_second_kind(&x->contexts[i], n, &other))
				return true;
			continue;
		}
		if (x->contexts[i].entry == n->entry)
			shorten_chain(x, i, n);
		if (lockset_within(x->contexts[i].entry, n->entry)) {
			x->contexts[i].sometimes =
				locks_union(x->l, x->contexts[i].sometimes, n->sometimes);
			return true;
		}
		if (!is_explored(x, i) && lockset_within(n->entry, x->contexts[i].entry)) {
			x->contexts[i].dropped = true;
			x->of[n->function].locked--;
		}
	}
	return false;
}

/* --- adding one */

static void wait_for(struct explorer *x, uint32_t f)
{
	size_t at = x->position[f];

	if (x->waiting[at / 64] >> at % 64 & 1)
		return;
	x->waiting[at / 64] |= UINT64_C(1) << at % 64;
	x->nwaiting++;
	if (at < x->at)
		x->at = at;
}

static void append(struct explorer *x, const struct context *n, uint32_t *group)
{
	uint32_t at = (uint32_t)x->n;
	struct contexts_of *of = &x->of[n->function];

	*vec_add(x->contexts, x->n, x->cap) = *n;
	x->contexts[at].next = NONE;
	of->groups.n += *group == NONE;
	x->contexts[at].alike = *group;
	*group = at;
	if (of->last == NONE)
		of->first = at;
	else
		x->contexts[of->last].next = at;
	of->last = at;
	if (of->todo == NONE)
		of->todo = at;
	of->locked += n->entry->n != 0;
	wait_for(x, n->function);
}

static uint32_t not_of_params(const struct lock *lock)
{
	return lock->path.root == ROOT_UNKNOWN ? lock->path.index : 0;
}

/*
 * Adds to the set the lock if `held` has it, or one of its name: then it is a lock of an unknown
 * object.
 */
static void add_common(struct link *l, struct lockset *s, const struct lock *lock,
		       const struct lockset *held)
{
	const struct lock *same = lockset_find(held, lock);
	struct lock common;
	uint32_t i;

	for (i = 0; !same && i < held->n; i++)
		if (held->locks[i]->name == lock->name)
			same = held->locks[i];
	if (!same)
		return;
	common = *lock;
	common.late |= same->late;
	common.mode = same->mode < lock->mode ? same->mode : lock->mode;
	if (!same_lock_here(same, lock))
		common.path = (struct path){
			.root = lock->path.root == ROOT_FORMER || same->path.root == ROOT_FORMER ?
					ROOT_FORMER :
					ROOT_UNKNOWN,
			.index = not_of_params(lock) | not_of_params(same),
		};
	lockset_add(l, s, &common);
}

/* The locks that all contexts of the function hold, this one included. */
static const struct lockset *common_locks(struct explorer *x, const struct context *n)
{
	const struct lockset **common = &x->of[n->function].common;
	struct lockset s = { 0 };
	uint32_t i;

	if (!*common)
		*common = n->entry;
	if (*common == n->entry || lockset_within(*common, n->entry))
		return *common;
	for (i = 0; i < (*common)->n; i++)
		add_common(x->l, &s, (*common)->locks[i], n->entry);
	*common = lockset_intern(x->l, &s);
	return *common;
}

static void forget_phases(struct context *n, uint16_t demand)
{
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (!(demand >> i & 1))
			n->phase[i] = OBJECT_NOT_ASKED;
	if (!(demand & DEMAND_ALLOC))
		n->alloc_phase = OBJECT_NOT_ASKED;
	if (!(demand & DEMAND_GLOBAL))
		n->global_phase = OBJECT_NOT_ASKED;
}

void context_add(struct explorer *x, struct context *n)
{
	const struct lockset *common = common_locks(x, n);
	uint32_t *group;

	forget_phases(n, x->l->demand[n->function]);
	groups_grow(x, &x->of[n->function].groups);
	if (is_superfluous(x, n, &group))
		return;
	if (x->of[n->function].locked >= CONTEXTS_MAX && n->entry->n) {
		limit_met(x->l, LIMIT_CONTEXTS, n->function);
		n->entry = common;
		n->merged = true;
		if (is_superfluous(x, n, &group))
			return;
	}
	append(x, n, group);
}

/* No str: those are counted from 1. */
#define CLASS_EVERYDAY (NONE - 1)

void context_set_kind(const struct link *l, struct context *n, str kind)
{
	n->kind = kind;
	if (model_has(l->model, MODEL_INTERRUPT, kind))
		n->kind_class = NONE;
	else
		n->kind_class = model_in_pair(l->model, MODEL_FROZEN, kind) ? kind :
				model_has(l->model, MODEL_EVERYDAY, kind)   ? CLASS_EVERYDAY :
									      0;
}

void context_add_entry(struct explorer *x, struct context *n, struct lockset *entry)
{
	context_set_kind(x->l, n, n->kind);
	n->entry = lockset_intern(x->l, entry);
	context_add(x, n);
}

bool context_exists(const struct explorer *x, uint32_t function)
{
	return x->of[function].first != NONE;
}

/* --- all of them */

uint32_t explorer_next(struct explorer *x)
{
	size_t n = x->l->p->nfunctions, at;
	uint64_t *word;

	while (x->nwaiting) {
		at = x->at;
		word = &x->waiting[at / 64];
		if (!(*word >> at % 64)) {
			x->at = (at | 63) + 1;
			continue;
		}
		x->at++;
		if (!(*word >> at % 64 & 1))
			continue;
		*word &= ~(UINT64_C(1) << at % 64);
		x->nwaiting--;
		return x->l->bottom_up[n - 1 - at];
	}
	return NONE;
}

void explorer_begin(struct explorer *x, struct link *l)
{
	size_t n = l->p->nfunctions, i;

	*x = (struct explorer){ .l = l };
	x->of = xmalloc(n * sizeof(*x->of));
	x->position = xmalloc(n * sizeof(*x->position));
	x->waiting = xcalloc(n / 64 + 1, sizeof(*x->waiting));
	for (i = 0; i < n; i++) {
		x->of[i] = (struct contexts_of){ .first = NONE, .last = NONE, .todo = NONE };
		x->position[l->bottom_up[n - 1 - i]] = (uint32_t)i;
	}
}

void explorer_done(struct explorer *x)
{
	size_t i;

	for (i = 0; x->position && i < x->l->p->nfunctions; i++) {
		free(x->of[i].groups.at);
		x->of[i].groups = (struct context_groups){ 0 };
	}
	free(x->position);
	free(x->waiting);
	x->position = NULL;
	x->waiting = NULL;
}

void explorer_end(struct explorer *x)
{
	explorer_done(x);
	free(x->of);
	free(x->contexts);
	free(x->writes);
}
