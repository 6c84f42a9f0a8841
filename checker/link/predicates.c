// SPDX-License-Identifier: GPL-2.0-only
/*
 * predicates.c - what the branches taken so far say of the values they tested.
 *
 * `if (f) lock(); ... if (f) unlock();` is balanced because both branches go
 * the same way.  What is known of a variable holds until it is given another
 * value; of a member also only until a lock is taken, for others may have
 * changed it before.
 */
#include "predicates.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "modref.h"
#include "path.h"
#include "rules.h"
#include "specialise.h"

/* The value of a local; NULL: not known. */
static const struct condition *local_value(const struct known *k, uint32_t local)
{
	uint32_t i;

	for (i = 0; i < k->n; i++)
		if (k->of[i].subject == SUBJECT_LOCAL && k->of[i].index == local &&
		    k->of[i].test == TEST_EQUAL && k->of[i].holds)
			return &k->of[i];
	return NULL;
}

/* Whether two pointers are one says something of one if the other's value is known: it is NULL. */
static bool condition_of_same(const struct known *k, const struct test *t, struct condition *c)
{
	const struct condition *other = local_value(k, t->other), *value = local_value(k, t->local);

	if (other)
		*c = (struct condition){ SUBJECT_LOCAL, t->local, TEST_EQUAL, true, other->value };
	else if (value)
		*c = (struct condition){ SUBJECT_LOCAL, t->other, TEST_EQUAL, true, value->value };
	return other || value;
}

/* The test at the end of a block as its first successor has it; false: none that is followed. */
static bool condition_of_block(const struct known *k, const struct block *b, struct condition *c)
{
	c->test = b->test.kind;
	c->value = b->test.value ? strtoll(str_get(b->test.value), NULL, 10) : 0;
	if (b->test.kind == TEST_NONE || b->nsuccs != 2)
		return false;
	if (b->test.kind == TEST_SAME)
		return condition_of_same(k, &b->test, c);
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
	if (c->test == TEST_NONZERO) { /* is not equal to zero */
		c->test = TEST_EQUAL;
		c->value = 0;
		c->holds = false;
	} else {
		c->holds = true;
	}
	return true;
}

static bool same_subject(const struct condition *a, const struct condition *b)
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

int condition_decided(const struct known *k, const struct condition *c)
{
	uint32_t i;

	for (i = 0; i < k->n; i++) {
		const struct condition *have = &k->of[i];

		if (!same_subject(have, c))
			continue;
		if (have->test == c->test && have->value == c->value)
			return have->holds == c->holds;
		if (have->test == TEST_EQUAL && have->holds)
			return test_passes(c->test, c->value, have->value) == c->holds;
		/* negative, or with a bit of a mask: not zero */
		if (have->holds && have->test != TEST_SHIFT && c->test == TEST_EQUAL && !c->value)
			return !c->holds;
	}
	return -1;
}

static bool is_zero(const struct known *k, uint32_t subject, uint32_t index)
{
	const struct condition zero = { subject, index, TEST_EQUAL, true, 0 };

	return condition_decided(k, &zero) == 1;
}

static bool may_be(const struct local *v, const struct path *p)
{
	uint32_t i;

	for (i = 0; i < v->ndefs; i++)
		if (same_root(&v->defs[i], p))
			return true;
	return false;
}

bool known_null(const struct function *fn, const struct known *k, const struct path *arg)
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
		if (!may_be(&fn->locals[i], arg))
			continue;
		if (!is_zero(k, SUBJECT_LOCAL, i))
			return false;
		any = true;
	}
	return any;
}

void conditions_forget(struct known *k, uint32_t subject, uint32_t index)
{
	uint32_t i, n = 0;

	for (i = 0; i < k->n; i++)
		if (k->of[i].subject != subject || (index != NONE && k->of[i].index != index))
			k->of[n++] = k->of[i];
	k->n = n;
}

void conditions_forget_field(const struct function *fn, struct known *k, str record, str field)
{
	uint32_t i, n = 0;

	for (i = 0; i < k->n; i++) {
		const struct tested *t =
			k->of[i].subject == SUBJECT_MEMBER ? &fn->tested[k->of[i].index] : NULL;

		if (!t || t->obj.type != record || (field && t->field != field))
			k->of[n++] = k->of[i];
	}
	k->n = n;
}

void conditions_add(struct known *k, const struct condition *c)
{
	if (condition_decided(k, c) >= 0)
		return;
	if (k->n == KNOWN_MAX) { /* the oldest matters least */
		memmove(&k->of[0], &k->of[1], (KNOWN_MAX - 1) * sizeof(k->of[0]));
		k->n--;
		k->forgot = true;
	}
	k->of[k->n++] = *c;
}

bool conditions_meet(struct known *into, const struct known *k)
{
	uint32_t i, n = 0;

	into->forgot |= k->forgot;
	for (i = 0; i < into->n; i++)
		if (condition_decided(k, &into->of[i]) == 1)
			into->of[n++] = into->of[i];
	if (n == into->n)
		return false;
	into->n = n;
	return true;
}

static void learn_value(struct known *k, uint32_t subject, uint32_t index, str value)
{
	struct condition c = { subject, index, TEST_EQUAL, true,
			       strtoll(str_get(value), NULL, 10) };

	conditions_add(k, &c);
}

static void set_local(struct known *k, const struct event *e)
{
	const struct known before = *k;
	uint32_t of = e->src->root == ROOT_LOCAL ? e->src->index : NONE, i;

	if (of == e->local)
		return;
	conditions_forget(k, SUBJECT_LOCAL, e->local);
	if (e->value)
		learn_value(k, SUBJECT_LOCAL, e->local, e->value);
	for (i = 0; of != NONE && i < before.n; i++) {
		struct condition c = before.of[i];

		if (c.subject != SUBJECT_LOCAL || c.index != of)
			continue;
		c.index = e->local;
		conditions_add(k, &c);
	}
}

static void change_member(const struct function *fn, struct known *k, const struct event *e)
{
	uint32_t i;

	conditions_forget_field(fn, k, e->obj->type, e->field);
	for (i = 0; e->value && i < fn->ntested; i++)
		if (fn->tested[i].field == e->field && fn->tested[i].obj.type == e->obj->type &&
		    same_object(&fn->tested[i].obj, e->obj))
			learn_value(k, SUBJECT_MEMBER, i, e->value);
}

/* May the call give the member another value? */
static bool call_changes(const struct link *l, uint32_t f, uint32_t call, const struct tested *m)
{
	const struct call *c = &l->p->functions[f].calls[call];
	uint32_t t = 0, n;
	const uint32_t *targets = call_targets(l, f, call, &n);

	while (t < n && !modref_may_change(l, targets[t], m->obj.type, m->field))
		t++;
	return t < n &&
	       !model_keeps(l->model, c->kind == CALLEE_SLOT ? str_unqualified(c->record) : 0,
			    str_unqualified(c->name), str_unqualified(m->obj.type), m->field);
}

static void forget_changed(const struct link *l, uint32_t f, struct known *k, uint32_t call)
{
	const struct function *fn = &l->p->functions[f];
	const struct path *whole = call_overwrites(l, &fn->calls[call]);
	uint32_t i, n = 0;

	if (fn->calls[call].dst != NONE)
		conditions_forget(k, SUBJECT_LOCAL, fn->calls[call].dst);
	if (whole)
		conditions_forget_field(fn, k, whole->type, 0);
	for (i = 0; i < k->n; i++)
		if (k->of[i].subject != SUBJECT_MEMBER ||
		    !call_changes(l, f, call, &fn->tested[k->of[i].index]))
			k->of[n++] = k->of[i];
	k->n = n;
}

void conditions_event(const struct link *l, uint32_t f, struct known *k, const struct event *e)
{
	switch (e->kind) {
	case EV_CALL:
		forget_changed(l, f, k, e->call);
		break;
	case EV_SET:
		set_local(k, e);
		break;
	case EV_CHANGE:
		change_member(&l->p->functions[f], k, e);
		break;
	case EV_ACCESS:
		if (e->access == ACCESS_WHOLE)
			conditions_forget_field(&l->p->functions[f], k, e->obj->type, 0);
		break;
	}
}

bool conditions_branch(struct known *k, const struct block *b, uint32_t which)
{
	struct condition c;
	int decided;

	if (!condition_of_block(k, b, &c))
		return true;
	if ((which == 0) == b->negate)
		c.holds = !c.holds;
	decided = condition_decided(k, &c);
	if (decided < 0)
		conditions_add(k, &c);
	return decided != 0;
}

/* --- at the calls of a function, on all ways that lead there */

struct arrival {
	bool reached;
	struct known known;
};

static bool arrive(struct arrival *at, const struct known *k)
{
	if (at->reached)
		return conditions_meet(&at->known, k);
	at->reached = true;
	at->known = *k;
	return true;
}

static bool takes_lock(const struct link *l, const struct call *c)
{
	const struct lock_api *api =
		c->kind == CALLEE_DIRECT ? model_lock(l->model, str_unqualified(c->name)) : NULL;

	return api && api->acquire;
}

static bool pass_block(const struct link *l, uint32_t f, uint32_t b, struct arrival *in,
		       struct arrival *calls)
{
	const struct function *fn = &l->p->functions[f];
	const struct block *blk = &fn->blocks[b];
	struct known k = in[b].known;
	bool changed = false;
	uint32_t i;

	for (i = 0; i < blk->nevents; i++) {
		const struct event *e = &blk->events[i];

		if (e->kind == EV_CALL) {
			arrive(&calls[e->call], &k);
			if (takes_lock(l, &fn->calls[e->call]))
				conditions_forget(&k, SUBJECT_MEMBER, NONE);
		}
		conditions_event(l, f, &k, e);
	}
	for (i = 0; i < blk->nsuccs; i++) {
		struct known edge = k;

		if (conditions_branch(&edge, blk, i))
			changed |= arrive(&in[blk->succs[i]], &edge);
	}
	return changed;
}

struct known *conditions_at_calls(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct arrival *in = xcalloc(fn->nblocks, sizeof(*in));
	struct arrival *calls = xcalloc(fn->ncalls, sizeof(*calls));
	struct known *out = xcalloc(fn->ncalls, sizeof(*out));
	bool changed = true;
	uint32_t i;

	if (l->specialised[f].assumed)
		in[0].known = *l->specialised[f].assumed;
	in[0].reached = true;
	while (changed) {
		changed = false;
		for (i = 0; i < fn->nblocks; i++)
			if (in[i].reached)
				changed |= pass_block(l, f, i, in, calls);
	}
	for (i = 0; i < fn->nblocks; i++)
		if (in[i].known.forgot)
			limit_met(l, LIMIT_KNOWN, f);
	for (i = 0; i < fn->ncalls; i++)
		out[i] = calls[i].known;
	free(in);
	free(calls);
	return out;
}
