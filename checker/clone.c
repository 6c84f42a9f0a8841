// SPDX-License-Identifier: GPL-2.0-only
/*
 * clone.c - rw(dev, buf, true) and rw(dev, buf, false) are two functions.
 *
 * Where a call passes a constant and the callee (or what it hands the parameter
 * on to) branches on it, the call goes to a copy of the callee in which those
 * branches are decided.  Locks taken under `if (lock)` and stores under
 * `if (iswrite)` then belong to the calls that can reach them, and to no other.
 */
#include <uthash.h>

#include "link.h"
#include "linuxmodel.h"

#define CLONE_PARAMS 8
#define CLONES_MAX 16 /* of one function; more calls share the original */

struct retarget {
	uint64_t key; /* function, call */
	uint32_t clone;
	UT_hash_handle hh;
};

struct clone {
	uint64_t key; /* function and its constants */
	uint32_t function;
	UT_hash_handle hh;
};

struct cloner {
	struct link *l;
	uint8_t *tested;  /* per function: parameters a branch depends on */
	uint32_t *origin; /* per function: what it is a copy of, or itself */
	uint32_t *nclones;
	struct clone *clones;
	size_t cap; /* of the arrays parallel to program.functions */
};

uint32_t clone_target(const struct link *l, uint32_t f, uint32_t call, uint32_t target)
{
	uint64_t key = (uint64_t)f << 32 | call;
	struct retarget *r;

	HASH_FIND(hh, l->retargets, &key, sizeof(key), r);
	return r ? r->clone : target;
}

void clone_free(struct link *l)
{
	struct retarget *r, *tmp;

	HASH_ITER(hh, l->retargets, r, tmp) {
		HASH_DEL(l->retargets, r);
		free(r);
	}
}

static void retarget(struct link *l, uint32_t f, uint32_t call, uint32_t clone)
{
	struct retarget *r = xcalloc(1, sizeof(*r));

	r->key = (uint64_t)f << 32 | call;
	r->clone = clone;
	HASH_ADD(hh, l->retargets, key, sizeof(r->key), r);
}

/* Can a copy of it make a difference: does it, or what it calls, write or lock? */
static bool matters(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c;

	if (l->info[f].relevant)
		return true;
	for (c = 0; c < fn->ncalls; c++)
		if (fn->calls[c].kind == CALLEE_DIRECT &&
		    linuxmodel_lock(l->model, str_unqualified(fn->calls[c].name)))
			return true;
	return false;
}

static bool is_passed_on(const struct path *p)
{
	return p->root == ROOT_PARAM && !p->nsteps && !p->type && p->index < CLONE_PARAMS;
}

static uint8_t own_tests(const struct function *fn)
{
	uint8_t out = 0;
	uint32_t b;

	for (b = 0; b < fn->nblocks; b++)
		if (fn->blocks[b].test != TEST_NONE && fn->blocks[b].test_param < CLONE_PARAMS)
			out |= (uint8_t)(1 << fn->blocks[b].test_param);
	return out;
}

/* Parameters handed on to a parameter that is tested. */
static uint8_t handed_tests(const struct cloner *x, uint32_t f)
{
	const struct function *fn = &x->l->p->functions[f];
	uint32_t c, a, t;
	uint8_t out = 0;

	for (c = 0; c < fn->ncalls; c++) {
		const struct call *call = &fn->calls[c];

		if (call->kind != CALLEE_DIRECT)
			continue;
		t = find_function(x->l, call->name, fn->loc.file);
		for (a = 0; t != NONE && a < call->nargs && a < CLONE_PARAMS; a++)
			if (x->tested[t] >> a & 1 && is_passed_on(&call->args[a]))
				out |= (uint8_t)(1 << call->args[a].index);
	}
	return out;
}

static void find_tested(struct cloner *x)
{
	size_t n = x->l->p->nfunctions, f;
	bool changed = true;

	for (f = 0; f < n; f++)
		x->tested[f] = matters(x->l, (uint32_t)f) ? own_tests(&x->l->p->functions[f]) : 0;
	while (changed) {
		changed = false;
		for (f = 0; f < n; f++) {
			uint8_t more = handed_tests(x, (uint32_t)f) & ~x->tested[f];

			x->tested[f] |= more;
			changed |= more != 0;
		}
	}
}

/* The constants a call passes to tested parameters: values[i], 0 where it passes none. */
static bool constants_of(const struct cloner *x, const struct call *c, uint32_t target,
			 str values[CLONE_PARAMS])
{
	bool any = false;
	uint32_t a;

	memset(values, 0, CLONE_PARAMS * sizeof(*values));
	for (a = 0; a < c->nargs && a < CLONE_PARAMS; a++)
		if (x->tested[target] >> a & 1 && c->args[a].root == ROOT_NULL && c->args[a].name) {
			values[a] = c->args[a].name;
			any = true;
		}
	return any;
}

/* Which way does a branch go that tests a parameter with this value? */
static bool decide(const struct block *b, str value)
{
	long long v = strtoll(str_get(value), NULL, 10);
	long long with = strtoll(str_get(b->test_value), NULL, 10);

	switch (b->test) {
	case TEST_EQUAL:
		return v == with;
	case TEST_MASK:
		return v & with;
	case TEST_NEGATIVE:
		return v < 0;
	default:
		return v != 0;
	}
}

static void decide_branches(struct link *l, struct function *fn, const str *values)
{
	uint32_t b, taken;

	fn->blocks = arena_copy(l->arena, fn->blocks, fn->nblocks * sizeof(*fn->blocks));
	for (b = 0; b < fn->nblocks; b++) {
		struct block *blk = &fn->blocks[b];

		if (blk->test == TEST_NONE || blk->test_param >= CLONE_PARAMS || blk->nsuccs != 2 ||
		    !values[blk->test_param])
			continue;
		taken = decide(blk, values[blk->test_param]) != blk->negate ? 0 : 1;
		blk->succs = arena_copy(l->arena, &blk->succs[taken], sizeof(uint32_t));
		blk->nsuccs = 1;
		blk->test = TEST_NONE;
	}
}

static void pass_on(struct link *l, struct function *fn, const str *values)
{
	uint32_t c, a;

	fn->calls = arena_copy(l->arena, fn->calls, fn->ncalls * sizeof(*fn->calls));
	for (c = 0; c < fn->ncalls; c++) {
		struct call *call = &fn->calls[c];

		call->args = arena_copy(l->arena, call->args, call->nargs * sizeof(*call->args));
		for (a = 0; a < call->nargs; a++)
			if (is_passed_on(&call->args[a]) && values[call->args[a].index])
				call->args[a] = (struct path){
					.root = ROOT_NULL,
					.name = values[call->args[a].index],
				};
	}
}

static void grow(struct cloner *x)
{
	struct program *p = x->l->p;
	struct func_info *info;
	size_t n = p->nfunctions;

	if (n < x->cap)
		return;
	x->cap = n + n / 4 + 16;
	p->functions = memcpy(arena_alloc(x->l->arena, x->cap * sizeof(*p->functions)),
			      p->functions, n * sizeof(*p->functions));
	info = arena_alloc(x->l->arena, x->cap * sizeof(*info));
	x->l->info = memcpy(info, x->l->info, n * sizeof(*info));
	x->tested = xrealloc(x->tested, x->cap * sizeof(*x->tested));
	x->origin = xrealloc(x->origin, x->cap * sizeof(*x->origin));
}

static uint32_t clone_of(struct cloner *x, uint32_t target, const str *values)
{
	struct link *l = x->l;
	uint64_t key = hash_bytes(HASH_SEED, &target, sizeof(target));
	struct function fn;
	struct clone *c;

	key = hash_bytes(key, values, CLONE_PARAMS * sizeof(*values));
	HASH_FIND(hh, x->clones, &key, sizeof(key), c);
	if (c)
		return c->function;
	if (x->nclones[target] == CLONES_MAX)
		return NONE;
	x->nclones[target]++;
	grow(x);
	c = xcalloc(1, sizeof(*c));
	c->key = key;
	c->function = (uint32_t)l->p->nfunctions;
	HASH_ADD(hh, x->clones, key, sizeof(c->key), c);
	fn = l->p->functions[target];
	decide_branches(l, &fn, values);
	pass_on(l, &fn, values);
	l->p->functions[c->function] = fn;
	l->info[c->function] = (struct func_info){ 0 };
	x->tested[c->function] = 0;
	x->origin[c->function] = target;
	l->info[target].cloned = true;
	l->p->nfunctions++;
	return c->function;
}

static void clone_callees(struct cloner *x, uint32_t f)
{
	str values[CLONE_PARAMS];
	uint32_t c, target, clone;

	for (c = 0; c < x->l->p->functions[f].ncalls; c++) {
		const struct function *fn = &x->l->p->functions[f];
		const struct call *call = &fn->calls[c];

		if (call->kind != CALLEE_DIRECT)
			continue;
		target = find_function(x->l, call->name, fn->loc.file);
		if (target == NONE || target == x->origin[f] ||
		    !constants_of(x, call, target, values))
			continue;
		clone = clone_of(x, target, values);
		if (clone != NONE)
			retarget(x->l, f, c, clone);
	}
}

bool clone_constants(struct link *l)
{
	struct cloner x = { .l = l, .cap = l->p->nfunctions };
	size_t n = l->p->nfunctions, f;
	struct clone *c, *tmp;

	x.tested = xcalloc(n, sizeof(*x.tested));
	x.origin = xcalloc(n, sizeof(*x.origin));
	x.nclones = xcalloc(n, sizeof(*x.nclones));
	for (f = 0; f < n; f++)
		x.origin[f] = (uint32_t)f;
	find_tested(&x);
	/* Clones are appended, and looked at in their turn. */
	for (f = 0; f < l->p->nfunctions; f++)
		clone_callees(&x, (uint32_t)f);
	HASH_ITER(hh, x.clones, c, tmp) {
		HASH_DEL(x.clones, c);
		free(c);
	}
	free(x.tested);
	free(x.origin);
	free(x.nclones);
	return l->p->nfunctions > n;
}
