// SPDX-License-Identifier: GPL-2.0-only
/* sources.c - from where two writers have the pointers to their objects. */
#include "sources.h"
#include "limit.h"
#include "listed.h"
#include "members.h"
#include "ownership.h"
#include "path.h"
#include "rules.h"
#include "symtab.h"
#include "ways.h"

struct trail {
	const struct way *way;
	const struct led_through *passed;
};

/* One question. */
struct source_question {
	const struct link *l;
	uint32_t n; /* ways that were compared */
};

/* The ways that `from` leads back to, all of which have to lie apart from the other one. */
struct back {
	struct source_question *c;
	struct led_through passed; /* `from` has led through this, too */
	const struct trail *other;
	bool any, apart;
};

/* --- steps */

/* An element of an array counts as any other. */
static bool same_step(const struct step *a, const struct step *b)
{
	return a->kind == b->kind &&
	       (a->kind == STEP_INDEX || (a->record == b->record && a->field == b->field));
}

/* How many steps at their ends the paths have in common. */
static uint32_t common_end(const struct path *a, const struct path *b)
{
	uint32_t k = 0;

	while (k < a->nsteps && k < b->nsteps &&
	       same_step(&a->steps[a->nsteps - 1 - k], &b->steps[b->nsteps - 1 - k]))
		k++;
	return k;
}

/* Does step `i` of the path lead from two objects to two others? */
static bool step_keeps_apart(const struct link *l, const struct path *p, uint32_t i)
{
	const struct step *s = &p->steps[i];

	if (!step_follows(s))
		return true;
	if (step_traverses(l, s))
		return i + 1 < p->nsteps && s[1].kind == STEP_CONTAINER &&
		       listed_for_life(l, s[1].record, s[1].field);
	return s->kind == STEP_PTR && step_is_owned(l, p, i);
}

/*
 * Do the last `k` steps?  Along members and elements, pointers to what belongs to one object, and lists
 * that an object is in for life.  Other pointers may lead from many objects to one.
 */
static bool keeps_apart(const struct link *l, const struct path *p, uint32_t k)
{
	uint32_t i;

	for (i = p->nsteps - k; i < p->nsteps; i++)
		if (!step_keeps_apart(l, p, i))
			return false;
	return true;
}

/* The step of the path in front of its last `k` ones; NULL: there is none. */
static const struct step *step_before(const struct path *p, uint32_t k)
{
	return k < p->nsteps ? &p->steps[p->nsteps - 1 - k] : NULL;
}

static bool is_pointer(const struct link *l, const struct step *s)
{
	return s && s->kind == STEP_PTR && !step_traverses(l, s);
}

/* May what the root stands for undo the step, as a member does that of container_of(), or go on as it? */
static bool is_of_root(const struct link *l, const struct step *s)
{
	return !s || s->kind == STEP_CONTAINER || s->kind == STEP_DEREF || step_traverses(l, s);
}

/* Is it a member that is known to share its memory with no other one of its record? */
static bool is_apart_in_record(const struct link *l, const struct step *s)
{
	return symtab_member(l, s->record, s->field) && !member_is_overlaid(l, s);
}

/* Two members of one record may be one piece of memory: it may be a union. */
static bool are_two_members(const struct link *l, const struct step *a, const struct step *b)
{
	if (str_unqualified(a->record) != str_unqualified(b->record))
		return true;
	return a->field != b->field && is_apart_in_record(l, a) && is_apart_in_record(l, b);
}

/* Both are a global variable, or a new object. */
static bool are_two_roots(const struct link *l, const struct way *a, const struct way *b)
{
	return a->path.root != b->path.root || a->path.name != b->path.name ||
	       a->path.index != b->path.index ||
	       (a->path.root == ROOT_CALL &&
		l->p->functions[a->function].key != l->p->functions[b->function].key);
}

/* --- ways */

static bool are_apart(struct source_question *c, const struct trail *a, const struct trail *b);

static void compare_way(void *ctx, const struct way *way)
{
	struct back *b = ctx;
	const struct trail t = { way, &b->passed };

	b->any = true;
	b->apart &= way->path.root != ROOT_UNKNOWN && are_apart(b->c, &t, b->other);
}

/* Round a loop there is no other source. */
static bool apart_from_root(struct source_question *c, const struct trail *from,
			    const struct trail *other)
{
	struct back b = { .c = c,
			  .passed = through_root(from->way, from->passed),
			  .other = other,
			  .apart = true };

	if (was_led_through(&b.passed))
		return true;
	ways_from_root(c->l, from->way, compare_way, &b);
	return b.any && b.apart;
}

static bool apart_from_member(struct source_question *c, const struct trail *from, uint32_t i,
			      const struct trail *other)
{
	struct back b = { .c = c,
			  .passed = through_member(from->way, i, from->passed),
			  .other = other,
			  .apart = true };

	if (was_led_through(&b.passed))
		return true;
	return ways_from_member(c->l, from->way, i, compare_way, &b) && b.any && b.apart;
}

/* All of both ways is known, but for what lies in front of their common steps. */
static bool are_apart_at(struct source_question *c, const struct trail *a, const struct trail *b,
			 uint32_t common)
{
	const struct path *x = &a->way->path, *y = &b->way->path;
	const struct step *s = step_before(x, common), *t = step_before(y, common);

	if (s && t && s->kind == STEP_FIELD && t->kind == STEP_FIELD)
		return are_two_members(c->l, s, t);
	if (is_pointer(c->l, s))
		return apart_from_member(c, a, x->nsteps - 1 - common, b);
	if (is_pointer(c->l, t))
		return apart_from_member(c, b, y->nsteps - 1 - common, a);
	if (is_of_root(c->l, s) && !way_ends(c->l, a->way))
		return apart_from_root(c, a, b);
	if (is_of_root(c->l, t) && !way_ends(c->l, b->way))
		return apart_from_root(c, b, a);
	if (s && t)
		return false;
	if (s || t)
		return (s ? s : t)->kind == STEP_FIELD;
	return are_two_roots(c->l, a->way, b->way);
}

static bool are_apart(struct source_question *c, const struct trail *a, const struct trail *b)
{
	uint32_t common = common_end(&a->way->path, &b->way->path);

	if (++c->n > SOURCES_MAX) {
		limit_met(c->l, LIMIT_SOURCES, a->way->function);
		return false;
	}
	return keeps_apart(c->l, &a->way->path, common) && are_apart_at(c, a, b, common);
}

bool sources_are_apart(const struct link *l, const struct write *a, const struct write *b)
{
	struct source_question c = { .l = l };
	struct way x, y;

	return way_of_write(l, a, &x) && way_of_write(l, b, &y) &&
	       are_apart(&c, &(struct trail){ &x, NULL }, &(struct trail){ &y, NULL });
}
