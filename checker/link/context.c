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
 * routes.c finds the other chains.  Past a limit there are fewer still: see thinning.h.
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

/* --- numbers */

/* So many numbers are taken at once; those of a chunk can be divided by it. */
#define NUMBERS 256

/* The next number of the adder's, of elements of `size` bytes; takes some of the explorer's if there is none. */
static uint32_t take_number(struct explorer *x, struct numbers_left *left, struct chunks *chunks,
			    uint32_t *taken, size_t size)
{
	if (left->next < left->end)
		return left->next++;
	pthread_mutex_lock(&x->lock);
	if (*taken > NONE - NUMBERS)
		die("too many contexts");
	chunks_reserve(chunks, *taken, size);
	left->next = *taken;
	*taken += NUMBERS;
	pthread_mutex_unlock(&x->lock);
	left->end = left->next + NUMBERS;
	return left->next++;
}

uint32_t context_new(struct context_adder *by, const struct context *n)
{
	struct explorer *x = by->l->explorer;
	uint32_t at = take_number(x, &by->contexts, &x->contexts, &x->ncontexts, sizeof(*n));

	*context_at(by->l, at) = *n;
	return at;
}

static uint32_t other_call_new(struct context_adder *by, const struct other_call *c)
{
	struct explorer *x = by->l->explorer;
	uint32_t i = take_number(x, &by->others, &x->others, &x->nothers, sizeof(*c));

	*other_call_at(by->l, i) = *c;
	return i;
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
static uint32_t *group_first(const struct link *l, const struct context *n)
{
	uint64_t h = group_hash(n);
	const struct context_groups *groups = &l->explorer->of[n->function].groups;
	uint32_t i = h & (groups->cap - 1);
	struct context_group *at;

	for (;; i = (i + 1) & (groups->cap - 1)) {
		at = &groups->at[i];
		if (at->first == NONE)
			at->tag = (uint32_t)(h >> 32);
		else if (at->tag != (uint32_t)(h >> 32) ||
			 memcmp(context_at(l, at->first), n, CONTEXT_KEY))
			continue;
		return &at->first;
	}
}

/* Makes room for one more. */
static void groups_grow(const struct link *l, struct context_groups *groups)
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
			*group_first(l, context_at(l, old.at[i].first)) = old.at[i].first;
	free(old.at);
}

/* --- is a context superfluous? */

static bool is_doubted_alike(const struct context *a, const struct context *b)
{
	return a->doubted == b->doubted && a->against == b->against && a->merged == b->merged;
}

/* Notes that a call leads to the context, which is not the one that it has as its parent. */
static void note_other(struct context_adder *by, struct context *have, uint32_t parent,
		       uint32_t call)
{
	struct other_call c = { parent, call, have->others };

	if (parent != NONE)
		have->others = other_call_new(by, &c);
}

/* Takes over what a covered context knows more: another chain, names of locks.  The shortest is kept. */
static void absorb(struct context_adder *by, struct context *have, const struct context *n)
{
	if (have->kind != n->kind || !is_doubted_alike(have, n))
		return;
	have->sometimes = locks_union(by->l, have->sometimes, n->sometimes);
	if (have->entry != n->entry)
		return;
	if (n->depth >= have->depth || have->explored) {
		note_other(by, have, n->parent, n->parent_call);
		return;
	}
	note_other(by, have, have->parent, have->parent_call);
	have->depth = n->depth;
	have->parent = n->parent;
	have->parent_call = n->parent_call;
	have->label = n->label;
	have->root = n->root;
}

bool context_is_as_sure(const struct context *a, const struct context *b)
{
	return !(a->doubted & ~b->doubted) && a->against <= b->against && a->merged <= b->merged;
}

/* Does context `a` show each conflict that `b` does, as surely?  Of one group and kind. */
static bool covers(const struct context *a, const struct context *b)
{
	return context_is_as_sure(a, b) && lockset_within(a->entry, b->entry);
}

void context_drop(const struct link *l, struct context *n)
{
	struct contexts_of *of = &l->explorer->of[n->function];

	n->dropped = true;
	of->kept--;
	of->locked -= n->entry->n != 0;
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
static bool is_superfluous(struct context_adder *by, const struct context *n, uint32_t **group)
{
	struct covering covering = { .root = NONE };
	struct context *have;
	uint32_t *at, *next, i;

	*group = group_first(by->l, n);
	for (at = *group; (i = *at) != NONE; at = next) {
		have = context_at(by->l, i);
		next = &have->alike;
		if (have->dropped)
			continue;
		if (covers(have, n)) {
			if (!is_covered(&covering, have, n))
				continue;
			absorb(by, have, n);
			return true;
		}
		if (have->kind == n->kind && !have->explored && covers(n, have) &&
		    (is_doubted_alike(n, have) || n->root == have->root)) {
			context_drop(by->l, have);
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

static void append(struct context_adder *by, const struct context *n, uint32_t *group)
{
	struct contexts_of *of = &by->l->explorer->of[n->function];
	uint32_t at = context_new(by, n);
	struct context *added = context_at(by->l, at);

	added->next = NONE;
	added->others = NONE;
	of->groups.n += *group == NONE;
	added->alike = *group;
	*group = at;
	if (of->last == NONE)
		of->first = at;
	else
		context_at(by->l, of->last)->next = at;
	of->last = at;
	if (of->todo == NONE)
		of->todo = at;
	of->kept++;
	of->locked += n->entry->n != 0;
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
static const struct lockset *common_locks(struct link *l, const struct context *n)
{
	const struct lockset **common = &l->explorer->of[n->function].common;
	struct lockset s = { 0 };
	uint32_t i;

	if (!*common)
		*common = n->entry;
	if (*common == n->entry || lockset_within(*common, n->entry))
		return *common;
	for (i = 0; i < (*common)->n; i++)
		add_common(l, &s, (*common)->locks[i], n->entry);
	*common = lockset_intern(l, &s);
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
static bool is_merged_superfluous(struct context_adder *by, struct context *n,
				  const struct lockset *entry, uint32_t **group)
{
	n->entry = entry;
	n->bound = 0;
	n->merged = true;
	return is_superfluous(by, n, group);
}

void context_add(struct context_adder *by, struct context *n)
{
	struct contexts_of *of = &by->l->explorer->of[n->function];
	const struct lockset *common = common_locks(by->l, n);
	uint32_t *group;

	groups_grow(by->l, &of->groups);
	if (is_superfluous(by, n, &group))
		return;
	if (*group == NONE && n->bound && of->groups.n >= BINDINGS_MAX) {
		limit_met(by->l, LIMIT_BINDINGS, n->function);
		if (is_merged_superfluous(by, n, n->entry, &group))
			return;
	}
	if (of->locked >= CONTEXTS_MAX && n->entry->n) {
		limit_met(by->l, LIMIT_CONTEXTS, n->function);
		if (is_merged_superfluous(by, n, common, &group))
			return;
	}
	append(by, n, group);
}

void context_expect(const struct link *l, const struct context *n)
{
	const struct context_groups *groups = &l->explorer->of[n->function].groups;
	const struct context *first;
	uint32_t at;

	if (!groups->cap)
		return;
	at = groups->at[group_hash(n) & (groups->cap - 1)].first;
	if (at == NONE)
		return;
	first = context_at(l, at);
	__builtin_prefetch(first);
	__builtin_prefetch(&first->alike); /* (the next cache line, mostly) */
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

void context_add_entry(struct context_adder *by, struct context *n, struct lockset *entry)
{
	context_set_kind(by->l, n, n->kind);
	n->root = n->function;
	n->entry = lockset_intern(by->l, entry);
	context_forget_phases(by->l, n);
	context_add(by, n);
	agenda_add(&by->l->explorer->agenda, n->function);
}

bool context_exists(const struct link *l, uint32_t function)
{
	return l->explorer->of[function].first != NONE;
}

/* --- all of them */

void explorer_begin(struct link *l)
{
	struct explorer *x = l->explorer = arena_alloc(l->arena, sizeof(*x));
	size_t n = l->p->nfunctions, i;

	x->l = l;
	x->lock = MUTEX_INIT;
	x->of = xmalloc(n * sizeof(*x->of));
	for (i = 0; i < n; i++)
		x->of[i] = (struct contexts_of){ .first = NONE, .last = NONE, .todo = NONE };
	agenda_begin(&x->agenda, l);
}

void explorer_done(struct link *l)
{
	struct explorer *x = l->explorer;
	size_t i;

	for (i = 0; x->agenda.order && i < l->p->nfunctions; i++) {
		free(x->of[i].groups.at);
		x->of[i].groups = (struct context_groups){ 0 };
	}
	agenda_free(&x->agenda);
}

void explorer_end(struct link *l)
{
	struct explorer *x = l->explorer;

	explorer_done(l);
	pthread_mutex_destroy(&x->lock);
	free(x->of);
	chunks_free(&x->contexts);
	chunks_free(&x->others);
	free(x->writes);
	l->explorer = NULL;
}
