// SPDX-License-Identifier: GPL-2.0-only
/* thinning.c - past a limit, fewer contexts of a function are kept apart. */
#include <stdlib.h>

#include "thinning.h"
#include "entry_locks.h"
#include "limit.h"
#include "lock_intern.h"
#include "write_confidence.h"

/* A function is thinned again once it has more contexts than were left, by a part in so many. */
#define GROWTH 8

struct candidate {
	struct context *n;
	uint32_t phases; /* their sum: no greater than that of one which covers it */
	uint32_t at;	 /* in the order in which they came */
};

static int order(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

/* No context covers one of another part. */
static int compare_part(const struct context *a, const struct context *b)
{
	int c = order(a->kind_class, b->kind_class);

	if (!c)
		c = order(a->bound, b->bound);
	return c ? c : order(a->entry_phase, b->entry_phase);
}

/* By part; then those that may cover others come first, and those explored, which stay, before all. */
static int by_cover(const void *pa, const void *pb)
{
	const struct candidate *x = pa, *y = pb;
	const struct context *a = x->n, *b = y->n;
	int c = compare_part(a, b);

	if (!c)
		c = order(b->explored, a->explored);
	if (!c)
		c = order(y->phases, x->phases);
	if (!c)
		c = order(a->entry->n, b->entry->n);
	return c ? c : order(x->at, y->at);
}

static uint32_t sum_phases(const struct context *n)
{
	uint32_t sum = n->alloc_phase + n->global_phase, i;

	for (i = 0; i < PARAMS_MAX; i++)
		sum += n->phase[i];
	return sum;
}

/*
 * Does an object in phase `a` show all that one in phase `b` does?  Writes of no phase but runtime are believed as much
 * as those of any other.
 */
static bool phase_covers(uint8_t a, uint8_t b)
{
	return a == b || a == OBJECT_RUNTIME;
}

static bool phases_cover(const struct context *a, const struct context *b)
{
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (!phase_covers(a->phase[i], b->phase[i]))
			return false;
	return phase_covers(a->alloc_phase, b->alloc_phase) &&
	       phase_covers(a->global_phase, b->global_phase);
}

/* Is the chain to `a` believed as much as that to `b`? */
static bool is_as_near(const struct context *a, const struct context *b)
{
	return a->depth <= b->depth ||
	       (a->kind == b->kind && a->root == b->root && !chain_is_long(a->depth));
}

/* Does context `a` show each conflict that `b` does, as surely?  Both are of one part. */
static bool covers(const struct context *a, const struct context *b)
{
	return is_as_near(a, b) && context_is_as_sure(a, b) && phases_cover(a, b) &&
	       lockset_within(a->entry, b->entry);
}

/* Contexts that cover one, so far. */
struct covered_by {
	str kind;      /* of the first of another kind, or 0 */
	uint32_t root; /* of the first of its kind, or NONE */
};

/* Is one more that covers `c` the last that is needed?  See is_covered() in context.c. */
static bool is_enough(struct covered_by *by, const struct context *have, const struct context *c)
{
	bool enough;

	if (have->kind != c->kind) {
		enough = by->kind && by->kind != have->kind;
		by->kind = have->kind;
		return enough;
	}
	enough = chain_is_long(c->depth) || have->root == c->root ||
		 (by->root != NONE && by->root != have->root);
	by->root = have->root;
	return enough;
}

static bool is_covered(const struct candidate *by, size_t n, const struct context *c)
{
	struct covered_by covered = { .root = NONE };
	size_t i;

	for (i = 0; i < n; i++)
		if (covers(by[i].n, c) && is_enough(&covered, by[i].n, c))
			return true;
	return false;
}

/* Drops those that others of the same part cover. */
static void thin_part(struct link *l, struct candidate *v, size_t n)
{
	size_t stay = 0, i;

	for (i = 0; i < n; i++) {
		struct context *c = v[i].n;

		if (c->explored || !is_covered(v, stay, c)) {
			v[stay++] = v[i];
			continue;
		}
		context_drop(l, c);
		limit_met(l, LIMIT_APART, c->function);
	}
}

/* Those that are not dropped, and whose callers were seen. */
static struct candidate *list_candidates(const struct link *l, uint32_t f, size_t *n)
{
	struct candidate *v = NULL;
	size_t cap = 0;
	struct context *c;
	uint32_t at;

	*n = 0;
	for (at = l->explorer->of[f].first; at != NONE; at = c->next) {
		c = context_at(l, at);
		if (!c->dropped && !c->unseen)
			*vec_add(v, *n, cap) = (struct candidate){ c, sum_phases(c), (uint32_t)*n };
	}
	return v;
}

void contexts_thin(struct link *l, uint32_t f)
{
	struct contexts_of *of = &l->explorer->of[f];
	struct candidate *v;
	size_t n, first, i;

	if (of->todo == NONE || of->kept <= APART_MAX ||
	    of->kept < of->thinned + of->thinned / GROWTH)
		return;
	v = list_candidates(l, f, &n);
	if (n)
		qsort(v, n, sizeof(*v), by_cover);
	for (first = 0; first < n; first = i) {
		for (i = first + 1; i < n && !compare_part(v[first].n, v[i].n);)
			i++;
		thin_part(l, &v[first], i - first);
	}
	of->thinned = of->kept;
	free(v);
}
