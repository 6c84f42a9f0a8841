// SPDX-License-Identifier: GPL-2.0-only
/*
 * specialise.c - rw(dev, buf, true) and rw(dev, buf, false) are two functions.
 *
 * Where a call passes a constant and the callee (or what it hands the parameter
 * on to) branches on it, the call goes to a copy of the callee in which those
 * branches are decided.  Locks taken under `if (lock)` and stores under
 * `if (iswrite)` then belong to the calls that can reach them, and to no other.
 * kref_put(ref, a_release) and kref_put(ref, b_release) are two functions, too.
 * The same where the caller has tested a member of an argument, the state of a
 * socket, that the callee tests again.
 */
#include <uthash.h>

#include "specialise.h"
#include "base/integer.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "modref.h"
#include "path.h"
#include "predicates.h"
#include "resolve.h"
#include "rules.h"
#include "symtab.h"

/* What a call says of its callee: constants, and conditions on members of arguments. */
struct setting {
	str values[PARAMS_MAX]; /* 0: none */
	uint32_t n;
	struct condition conditions[KNOWN_MAX]; /* their index: into members */
	struct tested members[KNOWN_MAX];	/* in the callee's frame */
};

struct clone {
	uint64_t key; /* function and its setting */
	uint32_t function;
	UT_hash_handle hh;
};

struct cloner {
	struct link *l;
	uint8_t *tested;   /* per function: parameters a branch depends on */
	uint64_t *depends; /* per function: filter of the members of arguments one does */
	uint32_t *origin;  /* per function: what it is a copy of, or itself */
	uint32_t *nclones;
	struct clone *clones;
	size_t cap; /* of the arrays parallel to program.functions */
};

static void retarget(struct link *l, uint32_t f, uint32_t call, uint32_t clone)
{
	uint32_t **to = &l->specialised[f].retarget, n = l->p->functions[f].ncalls;

	if (!*to) {
		*to = arena_alloc(l->arena, n * sizeof(**to));
		memset(*to, 0xff, n * sizeof(**to)); /* NONE */
	}
	(*to)[call] = clone;
}

/* Can a copy of it make a difference: does it, or what it calls, write or lock? */
static bool matters(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c;

	if (l->relevant[f])
		return true;
	for (c = 0; c < fn->ncalls; c++)
		if (fn->calls[c].kind == CALLEE_DIRECT &&
		    model_lock(l->model, str_unqualified(fn->calls[c].name)))
			return true;
	return false;
}

/* A parameter that is a number, or a function. */
static bool is_passed_on(const struct path *p)
{
	return p->root == ROOT_PARAM && !p->nsteps && p->index < PARAMS_MAX &&
	       (!p->type || !strcmp(str_get(p->type), TYPE_FUNCTION));
}

/* Parameters that a branch depends on, or that are called. */
static uint8_t own_tests(const struct function *fn)
{
	uint8_t out = 0;
	uint32_t b, c;

	for (c = 0; c < fn->ncalls; c++)
		if (fn->calls[c].kind == CALLEE_PARAM && fn->calls[c].index < PARAMS_MAX)
			out |= (uint8_t)(1 << fn->calls[c].index);

	for (b = 0; b < fn->nblocks; b++)
		if (fn->blocks[b].test.kind != TEST_NONE && fn->blocks[b].test.param < PARAMS_MAX)
			out |= (uint8_t)(1 << fn->blocks[b].test.param);
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
		t = symtab_function(x->l, call->name, fn->loc.file);
		for (a = 0; t != NONE && a < call->nargs && a < PARAMS_MAX; a++)
			if (x->tested[t] >> a & 1 && is_passed_on(call->args[a]))
				out |= (uint8_t)(1 << call->args[a]->index);
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

static uint64_t depends_bit(str record, str field)
{
	return UINT64_C(1) << str_pair_hash(record, field) % 64;
}

static uint64_t own_depends(const struct function *fn)
{
	uint64_t out = 0;
	uint32_t i;

	for (i = 0; i < fn->ntested; i++)
		if (fn->tested[i].obj.type)
			out |= depends_bit(fn->tested[i].obj.type, fn->tested[i].field);
	return out;
}

static bool hands_on_param(const struct call *c)
{
	uint32_t a;

	for (a = 0; a < c->nargs; a++)
		if (c->args[a]->root == ROOT_PARAM && c->args[a]->type)
			return true;
	return false;
}

/* The filters of the callees to which f hands on a parameter. */
static uint64_t handed_depends(const struct cloner *x, uint32_t f)
{
	const struct function *fn = &x->l->p->functions[f];
	uint64_t out = 0;
	uint32_t c, t;

	for (c = 0; c < fn->ncalls; c++) {
		if (fn->calls[c].kind != CALLEE_DIRECT || !hands_on_param(&fn->calls[c]))
			continue;
		t = symtab_function(x->l, fn->calls[c].name, fn->loc.file);
		if (t != NONE)
			out |= x->depends[t];
	}
	return out;
}

/* Functions deep below seldom depend on what is known far above. */
static void find_depends(struct cloner *x)
{
	const struct link *l = x->l;
	size_t n = l->p->nfunctions, f;
	int round;

	for (f = 0; f < n; f++)
		x->depends[f] = matters(l, (uint32_t)f) ? own_depends(&l->p->functions[f]) : 0;
	for (round = 1; round < DEPENDS_DEPTH_MAX; round++)
		for (f = 0; f < n; f++)
			x->depends[f] |= handed_depends(x, (uint32_t)f);
	for (f = 0; f < n; f++)
		if (handed_depends(x, (uint32_t)f) & ~x->depends[f])
			limit_met(l, LIMIT_DEPENDS_DEPTH, (uint32_t)f);
}

/* A value that the call passes, or hands on and has tested to be one; 0: not known. */
static str constant_arg(const struct cloner *x, uint32_t f, const struct path *arg,
			const struct known *k)
{
	uint32_t function = symtab_function_value(x->l, f, arg), i;

	if (arg->root == ROOT_NULL)
		return arg->name;
	if (function != NONE)
		return x->l->p->functions[function].key;
	for (i = 0; is_passed_on(arg) && i < k->n; i++)
		if (k->of[i].subject == SUBJECT_PARAM && k->of[i].index == arg->index &&
		    k->of[i].test == TEST_EQUAL && k->of[i].holds)
			return str_printf("%lld", k->of[i].value);
	return 0;
}

static void add_condition(const struct cloner *x, uint32_t f, const struct call *c, uint32_t target,
			  const struct condition *k, struct setting *s)
{
	const struct tested *m = &x->l->p->functions[f].tested[k->index];
	struct path obj = resolve_path(x->l, f, &m->obj), inner;

	if (!(x->depends[target] & depends_bit(m->obj.type, m->field)) || obj.root == ROOT_GLOBAL ||
	    !express_path(x->l, f, c, &obj, &inner))
		return;
	inner.type = m->obj.type;
	s->members[s->n] = (struct tested){ inner, m->field };
	s->conditions[s->n] = *k;
	s->conditions[s->n].index = s->n;
	s->n++;
}

static bool is_number(str value)
{
	const char *s = str_get(value);

	return *s == '-' || (*s >= '0' && *s <= '9');
}

/* A constant argument as the callee's parameter has it: of -1 an unsigned char has 255. */
static str converted(const struct function *callee, uint32_t arg, str value)
{
	long long number;

	if (!value || !is_number(value) || arg >= callee->nparams)
		return value;
	number = strtoll(str_get(value), NULL, 10);
	return str_printf("%lld", integer_convert(callee->params[arg].integer, number));
}

/* False if the call tells the callee nothing that a branch of it depends on. */
static bool setting_of(const struct cloner *x, uint32_t f, const struct call *c, uint32_t target,
		       const struct known *k, struct setting *s)
{
	bool any = false;
	uint32_t a, i;

	memset(s, 0, sizeof(*s));
	for (a = 0; a < c->nargs && a < PARAMS_MAX; a++)
		if (x->tested[target] >> a & 1 && !argument_is_entry(x->l, c, a)) {
			s->values[a] = converted(&x->l->p->functions[target], a,
						 constant_arg(x, f, c->args[a], k));
			any |= s->values[a] != 0;
		}
	for (i = 0; x->depends[target] && i < k->n; i++)
		if (k->of[i].subject == SUBJECT_MEMBER)
			add_condition(x, f, c, target, &k->of[i], s);
	return any || s->n;
}

/* Which way does a branch go that tests a parameter with this value?  A function is not null. */
static bool decide(const struct block *b, str value)
{
	long long v = is_number(value) ? strtoll(str_get(value), NULL, 10) : 1;

	return test_passes(b->test.kind, strtoll(str_get(b->test.value), NULL, 10), v);
}

static void decide_branches(struct link *l, struct function *fn, const str *values)
{
	uint32_t b, taken;

	fn->blocks = arena_copy(l->arena, fn->blocks, fn->nblocks * sizeof(*fn->blocks));
	for (b = 0; b < fn->nblocks; b++) {
		struct block *blk = &fn->blocks[b];

		if (blk->test.kind == TEST_NONE || blk->test.param >= PARAMS_MAX ||
		    blk->nsuccs != 2 || !values[blk->test.param])
			continue;
		taken = decide(blk, values[blk->test.param]) != blk->negate ? 0 : 1;
		blk->succs = arena_copy(l->arena, &blk->succs[taken], sizeof(uint32_t));
		blk->nsuccs = 1;
		blk->test.kind = TEST_NONE;
	}
}

static const struct path *constant_path(struct link *l, str value)
{
	struct path p = { .root = is_number(value) ? ROOT_NULL : ROOT_FUNC, .name = value };

	return arena_copy(l->arena, &p, sizeof(p));
}

static void pass_on(struct link *l, struct function *fn, const str *values)
{
	uint32_t c, a;
	str value;

	fn->calls = arena_copy(l->arena, fn->calls, fn->ncalls * sizeof(*fn->calls));
	for (c = 0; c < fn->ncalls; c++) {
		struct call *call = &fn->calls[c];

		call->args = arena_copy(l->arena, call->args, call->nargs * sizeof(*call->args));
		for (a = 0; a < call->nargs; a++) {
			value = is_passed_on(call->args[a]) ? values[call->args[a]->index] : 0;
			if (value)
				call->args[a] = constant_path(l, value);
		}
		if (call->kind == CALLEE_PARAM && call->index < PARAMS_MAX && values[call->index] &&
		    !is_number(values[call->index])) {
			call->kind = CALLEE_DIRECT;
			call->name = values[call->index];
		}
	}
}

/* The members known of become tested ones of the copy, if they were not. */
static const struct known *assume(struct link *l, struct function *fn, const struct setting *s)
{
	struct known *k = arena_alloc(l->arena, sizeof(*k));
	struct tested *tested = arena_alloc(l->arena, (fn->ntested + s->n) * sizeof(*tested));
	uint32_t i, t;

	if (fn->ntested)
		memcpy(tested, fn->tested, fn->ntested * sizeof(*tested));
	fn->tested = tested;
	for (i = 0; i < s->n; i++) {
		for (t = 0; t < fn->ntested; t++)
			if (tested[t].field == s->members[i].field &&
			    tested[t].obj.type == s->members[i].obj.type &&
			    same_object(&tested[t].obj, &s->members[i].obj))
				break;
		if (t == fn->ntested)
			tested[fn->ntested++] = s->members[i];
		k->of[i] = s->conditions[i];
		k->of[i].index = t;
	}
	k->n = s->n;
	return k;
}

/* A copy of the array, which has n elements, with room for `cap`. */
static void *grow_array(struct arena *a, const void *from, size_t n, size_t cap, size_t size)
{
	return memcpy(arena_alloc(a, cap * size), from, n * size);
}

#define GROW(x, array, n) \
	((array) = grow_array((x)->l->arena, (array), (n), (x)->cap, sizeof(*(array))))

/* Makes room for a function more in all arrays by function that there are by now. */
static void grow(struct cloner *x)
{
	struct link *l = x->l;
	size_t n = l->p->nfunctions;

	if (n < x->cap)
		return;
	x->cap = n + n / 4 + 16;
	GROW(x, l->p->functions, n);
	GROW(x, l->callgraph, n);
	GROW(x, l->relevant, n);
	GROW(x, l->modref, n);
	GROW(x, l->specialised, n);
	x->tested = xrealloc(x->tested, x->cap * sizeof(*x->tested));
	x->depends = xrealloc(x->depends, x->cap * sizeof(*x->depends));
	x->origin = xrealloc(x->origin, x->cap * sizeof(*x->origin));
}

static uint64_t setting_hash(uint64_t h, const struct setting *s)
{
	uint32_t i, k;

	h = hash_bytes(h, s->values, sizeof(s->values));
	for (i = 0; i < s->n; i++) {
		const struct path *p = &s->members[i].obj;

		h = hash_bytes(h, &s->members[i].field, sizeof(str));
		h = hash_bytes(h, &p->index, sizeof(p->index));
		for (k = 0; k < p->nsteps; k++)
			h = hash_bytes(h, &p->steps[k], sizeof(p->steps[k]));
		h = hash_bytes(h, &s->conditions[i].test, sizeof(uint32_t));
		h = hash_bytes(h, &s->conditions[i].holds, sizeof(bool));
		h = hash_bytes(h, &s->conditions[i].value, sizeof(long long));
	}
	return h;
}

static bool has_values(const struct setting *s)
{
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (s->values[i])
			return true;
	return false;
}

/* Copies for the functions that are passed keep call chains apart: there are as many as callers. */
static bool calls_parameter(const struct setting *s)
{
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (s->values[i] && !is_number(s->values[i]))
			return true;
	return false;
}

static uint32_t clone_of(struct cloner *x, uint32_t target, const struct setting *s)
{
	struct link *l = x->l;
	uint64_t key = hash_bytes(HASH_SEED, &target, sizeof(target));
	struct function fn;
	struct clone *c;
	enum limit limit;

	key = setting_hash(key, s);
	HASH_FIND(hh, x->clones, &key, sizeof(key), c);
	if (c)
		return c->function;
	limit = calls_parameter(s) ? LIMIT_CLONES_OF_CALLER : LIMIT_CLONES;
	if (x->nclones[target] == (limit == LIMIT_CLONES ? CLONES_MAX : CLONES_OF_CALLER_MAX)) {
		limit_met(l, limit, target);
		return NONE;
	}
	x->nclones[target]++;
	grow(x);
	c = xcalloc(1, sizeof(*c));
	c->key = key;
	c->function = (uint32_t)l->p->nfunctions;
	HASH_ADD(hh, x->clones, key, sizeof(c->key), c);
	fn = l->p->functions[target];
	if (has_values(s)) {
		decide_branches(l, &fn, s->values);
		pass_on(l, &fn, s->values);
	}
	/* Until these passes run again. */
	l->callgraph[c->function] = l->callgraph[target];
	l->relevant[c->function] = l->relevant[target];
	l->modref[c->function] = l->modref[target];
	l->specialised[c->function] = (struct specialised){
		.cloned = true,
		.assumed = s->n ? assume(l, &fn, s) : NULL,
	};
	l->p->functions[c->function] = fn;
	x->tested[c->function] = 0;
	x->depends[c->function] = 0;
	x->origin[c->function] = target;
	l->specialised[target].cloned = true;
	l->p->nfunctions++;
	return c->function;
}

static void clone_callees(struct cloner *x, uint32_t f)
{
	struct known *known = conditions_at_calls(x->l, f);
	struct setting s;
	uint32_t c, target, clone;

	for (c = 0; c < x->l->p->functions[f].ncalls; c++) {
		const struct function *fn = &x->l->p->functions[f];
		const struct call *call = &fn->calls[c];

		if (call->kind != CALLEE_DIRECT)
			continue;
		target = symtab_function(x->l, call->name, fn->loc.file);
		if (target == NONE || target == x->origin[f] ||
		    !setting_of(x, f, call, target, &known[c], &s))
			continue;
		clone = clone_of(x, target, &s);
		if (clone != NONE)
			retarget(x->l, f, c, clone);
	}
	free(known);
}

bool specialise(struct link *l)
{
	struct cloner x = { .l = l, .cap = l->p->nfunctions };
	size_t n = l->p->nfunctions, f;
	struct clone *c, *tmp;

	l->specialised = arena_alloc(l->arena, n * sizeof(*l->specialised));
	x.tested = xcalloc(n, sizeof(*x.tested));
	x.depends = xcalloc(n, sizeof(*x.depends));
	x.origin = xcalloc(n, sizeof(*x.origin));
	x.nclones = xcalloc(n, sizeof(*x.nclones));
	for (f = 0; f < n; f++)
		x.origin[f] = (uint32_t)f;
	find_tested(&x);
	find_depends(&x);
	/* Clones are appended, and looked at in their turn. */
	for (f = 0; f < l->p->nfunctions; f++)
		clone_callees(&x, (uint32_t)f);
	HASH_ITER(hh, x.clones, c, tmp) {
		HASH_DEL(x.clones, c);
		free(c);
	}
	free(x.tested);
	free(x.depends);
	free(x.origin);
	free(x.nclones);
	return l->p->nfunctions > n;
}
