// SPDX-License-Identifier: GPL-2.0-only
/*
 * context.c - which ways into a function are told apart: the contexts, and what makes one superfluous.
 *
 * Three things keep their number down, and change no verdict.  Phases that the
 * function does not ask for (context_demand.c) count as the same.  Of two nodes that
 * differ in their locks only, one with all locks of the other proves nothing
 * that the other does not: it is dropped.  And where no rule tells contexts
 * apart, two of them stand for all.
 */
#include "context.h"
#include "context_demand.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_intern.h"

enum doubt context_doubt(const struct context *n)
{
	if (n->unseen)
		return DOUBT_UNSEEN_CALLERS;
	return n->doubted ? DOUBT_MERGED_CONTEXTS : DOUBT_NONE;
}

static uint64_t group_hash(const struct context *n)
{
	uint64_t word[(CONTEXT_ALIKE + 7) / 8] = { 0 }, h = HASH_SEED;
	size_t i;

	memcpy(word, n, CONTEXT_ALIKE);
	for (i = 0; i < ARRAY_SIZE(word); i++)
		h = hash_mix(h, word[i]);
	return h;
}

/* Where the first of the nodes alike stands, or is to stand. */
static uint32_t *group_place(const struct explorer *x, const struct context *n)
{
	uint64_t h = group_hash(n);
	size_t i = h & (x->groups.cap - 1);
	struct context_group *at;

	for (;; i = (i + 1) & (x->groups.cap - 1)) {
		at = &x->groups.at[i];
		if (at->first == NONE)
			at->tag = (uint32_t)(h >> 32);
		else if (at->tag != (uint32_t)(h >> 32) ||
			 memcmp(&x->contexts[at->first], n, CONTEXT_ALIKE))
			continue;
		return &at->first;
	}
}

static void groups_grow(struct explorer *x)
{
	struct context_groups old = x->groups;
	size_t i;

	x->groups.cap = old.cap ? old.cap * 2 : 1024;
	x->groups.at = xmalloc(x->groups.cap * sizeof(*x->groups.at));
	memset(x->groups.at, 0xff, x->groups.cap * sizeof(*x->groups.at));
	for (i = 0; i < old.cap; i++)
		if (old.at[i].first != NONE)
			*group_place(x, &x->contexts[old.at[i].first]) = old.at[i].first;
	free(old.at);
}

static bool is_explored(const struct explorer *x, uint32_t node)
{
	uint32_t todo = x->of[x->contexts[node].function].todo;

	return todo == NONE || node < todo;
}

/* A shorter way to a node makes a better witness, as long as nothing was said of the longer one. */
static void shorten(struct explorer *x, uint32_t at, const struct context *n)
{
	struct context *have = &x->contexts[at];

	if (n->depth >= have->depth || is_explored(x, at))
		return;
	have->depth = n->depth;
	have->parent = n->parent;
	have->parent_call = n->parent_call;
	have->label = n->label;
}

/* Does a node that nothing is doubted of serve for a doubtful one? */
static bool is_believed(const struct explorer *x, const struct context *n)
{
	struct context believed = *n;
	uint32_t i;

	believed.doubted = false;
	for (i = *group_place(x, &believed); i != NONE; i = x->contexts[i].alike)
		if (lockset_within(x->contexts[i].entry, n->entry))
			return true;
	return false;
}

/*
 * Two kinds of tasks that get there, as near, and with no more locks, say all that a third would:
 * that the function is reached, and that it can run against itself.
 */
static bool serves_another(const struct context *have, const struct context *n, str *other)
{
	if (have->depth > n->depth || !lockset_within(have->entry, n->entry))
		return false;
	if (*other && *other != have->context)
		return true;
	*other = have->context;
	return false;
}

/* Is there a node that makes this one superfluous?  Drops those that it makes so. */
static bool is_served(struct explorer *x, const struct context *n)
{
	str other = 0;
	uint32_t i;

	if (n->doubted && is_believed(x, n))
		return true;
	for (i = *group_place(x, n); i != NONE; i = x->contexts[i].alike) {
		if (x->contexts[i].dropped)
			continue;
		if (x->contexts[i].context != n->context) {
			if (serves_another(&x->contexts[i], n, &other))
				return true;
			continue;
		}
		if (x->contexts[i].entry == n->entry)
			shorten(x, i, n);
		if (lockset_within(x->contexts[i].entry, n->entry))
			return true;
		if (!is_explored(x, i) && lockset_within(n->entry, x->contexts[i].entry)) {
			x->contexts[i].dropped = true;
			x->of[n->function].locked--;
		}
	}
	return false;
}

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

static void append(struct explorer *x, const struct context *n)
{
	uint32_t at = (uint32_t)x->n, *group;
	struct contexts_of *of = &x->of[n->function];

	*vec_add(x->contexts, x->n, x->cap) = *n;
	x->contexts[at].next = NONE;
	group = group_place(x, n);
	x->groups.n += *group == NONE;
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

/* A lock that others hold, if these do: of an object that is not known if it is another one's. */
static void put_common(struct link *l, struct lockset *s, const struct lock *lock,
		       const struct lockset *held)
{
	const struct lock *same = lockset_find(held, lock);
	struct lock of_some;
	uint32_t i;

	for (i = 0; !same && i < held->n; i++)
		if (held->locks[i]->name == lock->name)
			same = held->locks[i];
	if (!same)
		return;
	of_some = *lock;
	of_some.mode = same->mode < lock->mode ? same->mode : lock->mode;
	if (!same_lock_here(same, lock))
		of_some.path = (struct path){ .root = ROOT_UNKNOWN };
	lockset_add(l, s, &of_some);
}

/* What all contexts of the function hold, this one among them. */
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
		put_common(x->l, &s, (*common)->locks[i], n->entry);
	*common = lockset_intern(x->l, &s);
	return *common;
}

void context_add(struct explorer *x, struct context *n)
{
	uint16_t needs = x->l->demand[n->function];
	const struct lockset *common = common_locks(x, n);
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (!(needs >> i & 1))
			n->phase[i] = OBJECT_NOT_ASKED;
	if (!(needs & NEEDS_ALLOC))
		n->alloc_phase = OBJECT_NOT_ASKED;
	if (!(needs & NEEDS_GLOBAL))
		n->global_phase = OBJECT_NOT_ASKED;
	if (2 * x->groups.n >= x->groups.cap)
		groups_grow(x);
	if (is_served(x, n))
		return;
	if (x->of[n->function].locked >= CONTEXTS_MAX && n->entry->n) {
		limit_met(x->l, LIMIT_CONTEXTS, n->function);
		n->entry = common;
		n->doubted = true;
		if (is_served(x, n))
			return;
	}
	append(x, n);
}

/* Contexts of one kind are one to the rules: tasks, what interrupts them, and those with a rule of their own. */
static uint32_t context_kind(const struct linux_model *m, str context)
{
	if (model_has(m, MODEL_INTERRUPT, context))
		return NONE;
	return model_in_pair(m, MODEL_FROZEN, context) ? context : 0;
}

void context_enter(const struct link *l, struct context *n, str context)
{
	n->context = context;
	n->kind = context_kind(l->model, context);
}

void explorer_add(struct explorer *x, struct context *n, struct lockset *entry)
{
	context_enter(x->l, n, n->context);
	n->entry = lockset_intern(x->l, entry);
	context_add(x, n);
}

bool explorer_has(const struct explorer *x, uint32_t function)
{
	return x->of[function].first != NONE;
}

void explorer_begin(struct explorer *x, struct link *l)
{
	size_t n = l->p->nfunctions, i;

	*x = (struct explorer){ .l = l };
	x->of = xmalloc(n * sizeof(*x->of));
	x->position = xmalloc(n * sizeof(*x->position));
	x->waiting = xcalloc(n / 64 + 1, sizeof(*x->waiting));
	for (i = 0; i < n; i++) {
		x->of[i] = (struct contexts_of){ NONE, NONE, NONE, 0, NULL };
		x->position[l->bottom_up[n - 1 - i]] = (uint32_t)i;
	}
}

void explorer_end(struct explorer *x)
{
	free(x->groups.at);
	free(x->of);
	free(x->position);
	free(x->waiting);
	free(x->contexts);
	free(x->writes);
}
