// SPDX-License-Identifier: GPL-2.0-only
/*
 * predicates.c - path sensitivity: which tests of values hold on the paths to a point.
 *
 * `if (f) lock(); ... if (f) unlock();` is balanced, as both branches go the same way.  A
 * predicate on a variable holds until the variable is assigned to; one on a member also only
 * until a lock is taken, as others may change the member before that.
 */
#include "predicates.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "modref.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

/* The predicate that gives the value of a local, or NULL. */
static const struct predicate *local_value(const struct predicates *k, uint32_t local)
{
	uint32_t i;

	for (i = 0; i < k->n; i++)
		if (k->of[i].subject == SUBJECT_LOCAL && k->of[i].index == local &&
		    k->of[i].test == TEST_EQUAL && k->of[i].holds)
			return &k->of[i];
	return NULL;
}

/* If the value of one of two pointers is known, that they are equal is a predicate on the other. */
static bool predicate_of_same(const struct predicates *k, const struct test *t, struct predicate *c)
{
	const struct predicate *other = local_value(k, t->other), *value = local_value(k, t->local);

	if (other)
		*c = (struct predicate){ SUBJECT_LOCAL, t->local, TEST_EQUAL, true, other->value };
	else if (value)
		*c = (struct predicate){ SUBJECT_LOCAL, t->other, TEST_EQUAL, true, value->value };
	return other || value;
}

/* Stores in *c what the test at the end of block b states; false if such tests are not tracked. */
static bool predicate_of_block(const struct predicates *k, const struct block *b,
			       struct predicate *c)
{
	c->test = b->test.kind;
	c->value = b->test.value ? strtoll(str_get(b->test.value), NULL, 10) : 0;
	if (b->test.kind == TEST_NONE || b->test.fleeting || b->nsuccs != 2)
		return false;
	if (b->test.kind == TEST_SAME)
		return predicate_of_same(k, &b->test, c);
	if (b->test.param != NONE) {
		c->subject = SUBJECT_PARAM;
		c->index = b->test.param;
	} else if (b->test.local != NONE) {
		c->subject = SUBJECT_LOCAL;
		c->index = b->test.local;
	} else if (b->test.member != NONE) {
		c->subject = SUBJECT_MEMBER;
		c->index = b->test.member;
	} else {
		return false;
	}
	if (c->test == TEST_NONZERO) { /* as: not equal to zero */
		c->test = TEST_EQUAL;
		c->value = 0;
		c->holds = false;
	} else {
		c->holds = true;
	}
	return true;
}

static bool same_subject(const struct predicate *a, const struct predicate *b)
{
	return a->subject == b->subject && a->index == b->index;
}

bool test_passes(uint32_t test, long long with, long long value)
{
	switch (test) {
	case TEST_EQUAL:
		return value == with;
	case TEST_MASK:
		return value & with;
	case TEST_SHIFT:
		return value >= 0 && value < 64 && with >> value & 1;
	case TEST_NEGATIVE:
		return value < 0;
	default:
		return value != 0;
	}
}

int predicates_decide(const struct predicates *k, const struct predicate *c)
{
	uint32_t i;

	for (i = 0; i < k->n; i++) {
		const struct predicate *have = &k->of[i];

		if (!same_subject(have, c))
			continue;
		if (have->test == c->test && have->value == c->value)
			return have->holds == c->holds;
		if (have->test == TEST_EQUAL && have->holds)
			return test_passes(c->test, c->value, have->value) == c->holds;
		/* A value that is negative, or has a bit of a mask, is not zero. */
		if (have->holds && have->test != TEST_SHIFT && c->test == TEST_EQUAL && !c->value)
			return !c->holds;
	}
	return -1;
}

static bool is_zero(const struct predicates *k, uint32_t subject, uint32_t index)
{
	const struct predicate zero = { subject, index, TEST_EQUAL, true, 0 };

	return predicates_decide(k, &zero) == 1;
}

/* Has the variable a definition with the root of the path? */
static bool may_be(const struct local *v, const struct path *p)
{
	uint32_t i;

	for (i = 0; i < v->ndefs; i++)
		if (same_root(&v->defs[i], p))
			return true;
	return false;
}

bool predicates_imply_null(const struct function *fn, const struct predicates *k,
			   const struct path *arg)
{
	bool any = arg->root == ROOT_LOCAL;
	uint32_t i;

	if (!k->n || arg->nsteps)
		return false;
	if (arg->root == ROOT_PARAM)
		return is_zero(k, SUBJECT_PARAM, arg->index);
	if (any && !is_zero(k, SUBJECT_LOCAL, arg->index))
		return false;
	for (i = 0; i < fn->nlocals; i++) {
		if (fn->locals[i].of != NONE || !may_be(&fn->locals[i], arg))
			continue;
		if (!is_zero(k, SUBJECT_LOCAL, i))
			return false;
		any = true;
	}
	return any;
}

void predicates_forget(struct predicates *k, uint32_t subject, uint32_t index)
{
	uint32_t i, n = 0;

	for (i = 0; i < k->n; i++)
		if (k->of[i].subject != subject || (index != NONE && k->of[i].index != index))
			k->of[n++] = k->of[i];
	k->n = n;
}

void predicates_forget_field(const struct function *fn, struct predicates *k, str record, str field)
{
	uint32_t i, n = 0;

	for (i = 0; i < k->n; i++) {
		const struct tested_member *t =
			k->of[i].subject == SUBJECT_MEMBER ? &fn->tested[k->of[i].index] : NULL;

		if (!t || t->obj.type != record || (field && t->field != field))
			k->of[n++] = k->of[i];
	}
	k->n = n;
}

void predicates_add(struct predicates *k, const struct predicate *c)
{
	if (predicates_decide(k, c) >= 0)
		return;
	if (k->n == KNOWN_MAX) { /* drop the oldest */
		memmove(&k->of[0], &k->of[1], (KNOWN_MAX - 1) * sizeof(k->of[0]));
		k->n--;
		k->forgot = true;
	}
	k->of[k->n++] = *c;
}

bool predicates_meet(struct predicates *into, const struct predicates *k)
{
	uint32_t i, n = 0;

	into->forgot |= k->forgot;
	for (i = 0; i < into->n; i++)
		if (predicates_decide(k, &into->of[i]) == 1)
			into->of[n++] = into->of[i];
	if (n == into->n)
		return false;
	into->n = n;
	return true;
}

static void learn_value(struct predicates *k, uint32_t subject, uint32_t index, str value)
{
	struct predicate c = { subject, index, TEST_EQUAL, true,
			       strtoll(str_get(value), NULL, 10) };

	predicates_add(k, &c);
}

static void set_local(struct predicates *k, const struct event *e)
{
	uint32_t of = e->src->root == ROOT_LOCAL ? e->src->index : NONE, i;
	struct predicates before;

	if (of == e->local)
		return;
	predicates_copy(&before, k);
	predicates_forget(k, SUBJECT_LOCAL, e->local);
	if (e->value)
		learn_value(k, SUBJECT_LOCAL, e->local, e->value);
	for (i = 0; of != NONE && i < before.n; i++) {
		struct predicate c = before.of[i];

		if (c.subject != SUBJECT_LOCAL || c.index != of)
			continue;
		c.index = e->local;
		predicates_add(k, &c);
	}
}

static void change_member(const struct function *fn, struct predicates *k, const struct event *e)
{
	uint32_t i;

	predicates_forget_field(fn, k, e->obj->type, e->field);
	for (i = 0; e->value && i < fn->ntested; i++)
		if (fn->tested[i].field == e->field && fn->tested[i].obj.type == e->obj->type &&
		    same_object(&fn->tested[i].obj, e->obj))
			learn_value(k, SUBJECT_MEMBER, i, e->value);
}

/* Does a function that was not analysed, and that the model says nothing of, get the object? */
static bool gets_unseen(const struct link *l, uint32_t f, const struct call *c,
			const struct path *obj)
{
	struct path inner = resolve_path(l, f, obj), arg;
	uint32_t a;

	if (c->kind == CALLEE_DIRECT && model_mentions(l->model, str_unqualified(c->name)))
		return false;
	for (a = 0; a < c->nargs; a++) {
		arg = resolve_path(l, f, c->args[a]);
		if (same_root(&arg, &inner) && common_steps(&arg, &inner) == arg.nsteps)
			return true;
	}
	return false;
}

/* May the call change the member, by modref and by the model? */
static bool call_changes(const struct link *l, uint32_t f, uint32_t call,
			 const struct tested_member *m)
{
	const struct call *c = &l->p->functions[f].calls[call];
	uint32_t t = 0, n;
	const uint32_t *targets = call_targets(l, f, call, &n);

	while (t < n && !modref_may_change(l, targets[t], m->obj.type, m->field))
		t++;
	return (t < n || (!n && gets_unseen(l, f, c, &m->obj))) &&
	       !model_keeps(l->model, c->kind == CALLEE_SLOT ? str_unqualified(c->record) : 0,
			    str_unqualified(c->name), str_unqualified(m->obj.type), m->field);
}

/* Leaves the predicates that the call does not change. */
static void forget_changed(const struct link *l, uint32_t f, struct predicates *k, uint32_t call)
{
	const struct function *fn = &l->p->functions[f];
	const struct part_write *part;
	const struct path *whole;
	uint32_t i, n = 0, at = 0;

	if (!k->n)
		return;
	if (fn->calls[call].dst != NONE)
		predicates_forget(k, SUBJECT_LOCAL, fn->calls[call].dst);
	whole = call_overwrites(l, fn, call);
	if (whole)
		predicates_forget_field(fn, k, whole->type, 0);
	while ((part = call_overwrites_part(l, fn, call, &at)))
		predicates_forget_field(fn, k, part->obj.type, 0);
	for (i = 0; i < k->n; i++)
		if (k->of[i].subject != SUBJECT_MEMBER ||
		    !call_changes(l, f, call, &fn->tested[k->of[i].index]))
			k->of[n++] = k->of[i];
	k->n = n;
}

void predicates_event(const struct link *l, uint32_t f, struct predicates *k, const struct event *e)
{
	struct predicate not_null;

	switch (e->kind) {
	case EV_CALL:
		forget_changed(l, f, k, e->call);
		break;
	case EV_SET:
		set_local(k, e);
		break;
	case EV_DEREF:
		not_null = (struct predicate){ SUBJECT_LOCAL, e->local, TEST_EQUAL, false, 0 };
		predicates_add(k, &not_null);
		break;
	case EV_CHANGE:
		change_member(&l->p->functions[f], k, e);
		break;
	case EV_ACCESS:
		if (e->access == ACCESS_WHOLE)
			predicates_forget_field(&l->p->functions[f], k, e->obj->type, 0);
		break;
	}
}

/* One of two equal pointers is not null if the other one is not. */
static void share_not_null(struct predicates *k, const struct test *t)
{
	struct predicate a = { SUBJECT_LOCAL, t->local, TEST_EQUAL, false, 0 }, b = a;

	b.index = t->other;
	if (predicates_decide(k, &a) == 1)
		predicates_add(k, &b);
	else if (predicates_decide(k, &b) == 1)
		predicates_add(k, &a);
}

/* Stores in *c the predicate that holds on the edge; false if there is none that is followed. */
static bool predicate_of_edge(const struct predicates *k, const struct block *b, uint32_t which,
			      struct predicate *c)
{
	if (!predicate_of_block(k, b, c))
		return false;
	if ((which == 0) == b->negate)
		c->holds = !c->holds;
	return true;
}

bool predicates_assume(struct predicates *k, const struct block *b, uint32_t which)
{
	struct predicate c;
	int decided;

	if (b->test.kind == TEST_SAME && b->nsuccs == 2 && (which == 0) != b->negate)
		share_not_null(k, &b->test);
	if (!predicate_of_edge(k, b, which, &c))
		return true;
	decided = predicates_decide(k, &c);
	if (decided < 0)
		predicates_add(k, &c);
	return decided != 0;
}

uint32_t predicates_contradicted(const struct predicates *k, const struct block *b, uint32_t which)
{
	struct predicate c;

	return predicate_of_edge(k, b, which, &c) && c.subject == SUBJECT_MEMBER &&
			       !predicates_decide(k, &c) ?
		       c.index :
		       NONE;
}
