// SPDX-License-Identifier: GPL-2.0-only
/*
 * context.c - which contexts of a function are kept apart.
 *
 * Four rules keep their number down, and change no verdict.  A phase that the function does not
 * ask for (context_demand.c) is the same in all contexts.  Of two contexts that differ in their
 * locks only, one that holds all locks of the other shows no conflict that the other does not
 * show: it is dropped.  So is one of which less is sure besides, unless it alone comes from another
 * entry point.  And where no rule tells two kinds of contexts apart, two of them stand for all.
 * What enters a function in the way of a context that is kept is noted there (struct other_call), so that
 * routes.c finds the other chains.
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

static bool is_doubted_alike(const struct context *a, const struct context *b)
{
	return a->doubted == b->doubted && a->against == b->against && a->merged == b->merged;
}

/* Notes that a call leads to the context, which is not the one that it has as its parent. */
static void note_other(struct explorer *x, struct context *have, uint32_t parent, uint32_t call)
{
	uint32_t before = have->others;

	if (parent == NONE)
		return;
	have->others = (uint32_t)x->nothers;
	*vec_add(x->others, x->nothers, x->others_cap) =
		(struct other_call){ parent, call, before };
}

/* Takes over what a covered context knows more: another chain, names of locks.  The shortest is kept. */
static void absorb(struct explorer *x, uint32_t at, const struct context *n)
{
	struct context *have = &x->contexts[at];

	if (have->kind != n->kind || !is_doubted_alike(have, n))
		return;
	have->sometimes = locks_union(x->l, have->sometimes, n->sometimes);
	if (have->entry != n->entry)
		return;
	if (n->depth >= have->depth || is_explored(x, at)) {
		note_other(x, have, n->parent, n->parent_call);
		return;
	}
	note_other(x, have, have->parent, have->parent_call);
	have->depth = n->depth;
	have->parent = n->parent;
	have->parent_call = n->parent_call;
	have->label = n->label;
	have->root = n->root;
}

/* Is a write in context `a` believed no less than in `b`?  Of one group. */
static bool is_as_sure(const struct context *a, const struct context *b)
{
	return !(a->doubted & ~b->doubted) && a->against <= b->against && a->merged <= b->merged;
}

/* Does context `a` show each conflict that `b` does, as surely?  Of one group and kind. */
static bool covers(const struct context *a, const struct context *b)
{
	return is_as_sure(a, b) && lockset_within(a->entry, b->entry);
}

/* Contexts that cover one of another kind, or one that is more doubted. */
struct covering {
	str kind;      /* of the first of another kind, or 0 */
	uint32_t root; /* of the first that is less doubted, or NONE */
};

/*
 * Two contexts of other kinds, as near to an entry point and with no more locks, say all that a
 * third one would: that the function is reached, and that it can run concurrently with itself.
 * Two from other entry points say all that a more doubted one would.
 */
static bool is_covered(struct covering *by, const struct context *have, const struct context *n)
{
	bool second;

	if (have->kind != n->kind) {
		second = by->kind && by->kind != have->kind;
		if (have->depth <= n->depth)
			by->kind = have->kind;
		return second && have->depth <= n->depth;
	}
	second = is_doubted_alike(have, n) || have->root == n->root ||
		 (by->root != NONE && by->root != have->root);
	by->root = have->root;
	return second;
}

/*
 * Do other contexts make this one superfluous?  Drops those that it makes superfluous.  If not, *group is
 * where the first context of its group stands, until the next look-up.
 */
static bool is_superfluous(struct explorer *x, const struct context *n, uint32_t **group)
{
	struct covering by = { .root = NONE };
	struct context *have;
	uint32_t *at, *next, i;

	*group = group_first(x, n);
	for (at = *group; (i = *at) != NONE; at = next) {
		have = &x->contexts[i];
		next = &have->alike;
		if (have->dropped)
			continue;
		if (covers(have, n)) {
			if (!is_covered(&by, have, n))
				continue;
			absorb(x, i, n);
			return true;
		}
		if (have->kind == n->kind && !is_explored(x, i) && covers(n, have) &&
		    (is_doubted_alike(n, have) || n->root == have->root)) {
			have->dropped = true;
			x->of[n->function].locked -= have->entry->n != 0;
			/* (the first one of a group has its key) */
			if (at != *group) {
				*at = have->alike;
				next = at;
			}
		}
	}
	return false;
}

/* --- adding one */

static void append(struct explorer *x, const struct context *n, uint32_t *group)
{
	uint32_t at = (uint32_t)x->n;
	struct contexts_of *of = &x->of[n->function];

	*vec_add(x->contexts, x->n, x->cap) = *n;
	x->contexts[at].next = NONE;
	x->contexts[at].others = NONE;
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
	agenda_add(&x->agenda, n->function);
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

void context_forget_phases(const struct link *l, struct context *n)
{
	uint16_t demand = l->demand[n->function];
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (!(demand >> i & 1))
			n->phase[i] = OBJECT_NOT_ASKED;
	if (!(demand & DEMAND_ALLOC))
		n->alloc_phase = OBJECT_NOT_ASKED;
	if (!(demand & DEMAND_GLOBAL))
		n->global_phase = OBJECT_NOT_ASKED;
}

/* Is the context superfluous as one that stands for others: without bindings, with these locks alone? */
static bool is_merged_superfluous(struct explorer *x, struct context *n,
				  const struct lockset *entry, uint32_t **group)
{
	n->entry = entry;
	n->bound = 0;
	n->merged = true;
	return is_superfluous(x, n, group);
}

void context_add(struct explorer *x, struct context *n)
{
	const struct lockset *common = common_locks(x, n);
	uint32_t *group;

	groups_grow(x, &x->of[n->function].groups);
	if (is_superfluous(x, n, &group))
		return;
	if (*group == NONE && n->bound && x->of[n->function].groups.n >= BINDINGS_MAX) {
		limit_met(x->l, LIMIT_BINDINGS, n->function);
		if (is_merged_superfluous(x, n, n->entry, &group))
			return;
	}
	if (x->of[n->function].locked >= CONTEXTS_MAX && n->entry->n) {
		limit_met(x->l, LIMIT_CONTEXTS, n->function);
		if (is_merged_superfluous(x, n, common, &group))
			return;
	}
	append(x, n, group);
}

void context_expect(const struct explorer *x, const struct context *n)
{
	const struct context_groups *groups = &x->of[n->function].groups;
	const struct context_group *at;

	if (!groups->cap)
		return;
	at = &groups->at[group_hash(n) & (groups->cap - 1)];
	if (at->first != NONE) {
		__builtin_prefetch(&x->contexts[at->first]);
		__builtin_prefetch(
			&x->contexts[at->first].alike); /* (the next cache line, mostly) */
	}
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
	n->root = n->function;
	n->entry = lockset_intern(x->l, entry);
	context_forget_phases(x->l, n);
	context_add(x, n);
}

bool context_exists(const struct explorer *x, uint32_t function)
{
	return x->of[function].first != NONE;
}

/* --- all of them */

void explorer_begin(struct explorer *x, struct link *l)
{
	size_t n = l->p->nfunctions, i;

	*x = (struct explorer){ .l = l };
	x->of = xmalloc(n * sizeof(*x->of));
	for (i = 0; i < n; i++)
		x->of[i] = (struct contexts_of){ .first = NONE, .last = NONE, .todo = NONE };
	agenda_begin(&x->agenda, l);
}

void explorer_done(struct explorer *x)
{
	size_t i;

	for (i = 0; x->agenda.order && i < x->l->p->nfunctions; i++) {
		free(x->of[i].groups.at);
		x->of[i].groups = (struct context_groups){ 0 };
	}
	agenda_free(&x->agenda);
}

void explorer_end(struct explorer *x)
{
	explorer_done(x);
	free(x->of);
	free(x->contexts);
	free(x->others);
	free(x->writes);
}
