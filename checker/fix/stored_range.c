// SPDX-License-Identifier: GPL-2.0-only
/*
 * stored_range.c - the values that are stored in a bitfield: those of the expression, of what its
 * function's callers pass, of what the functions it calls return.
 */
#include "stored_range.h"

/* A function whose results, or arguments, are being looked up: a recursion brings nothing new. */
struct lookup {
	const struct lookup *up;
	str function;
	uint32_t param; /* NONE: its results */
};

struct stored_values {
	bool any;
	long long low, high;
};

struct value_search {
	const struct program *p;
	struct stored_values out;
};

static void add_values(struct value_search *s, const struct lookup *up, str function,
		       const struct value_source *v, uint32_t n);

static void add_range(struct value_search *s, long long low, long long high)
{
	s->out.low = s->out.any && s->out.low < low ? s->out.low : low;
	s->out.high = s->out.any && s->out.high > high ? s->out.high : high;
	s->out.any = true;
}

static bool is_open(const struct lookup *l, str function, uint32_t param)
{
	for (; l; l = l->up)
		if (l->function == function && l->param == param)
			return true;
	return false;
}

/* Is it the key of a static function?  Another definition may replace one with external linkage. */
static bool is_static(str key)
{
	return key && strchr(str_get(key), '@');
}

/* --- results */

static void add_results(struct value_search *s, const struct lookup *up,
			const struct value_source *v)
{
	const struct lookup here = { .up = up, .function = v->function, .param = NONE };
	bool found = false;
	size_t i;

	if (is_open(up, v->function, NONE))
		return;
	for (i = 0; i < s->p->nuses && is_static(v->function); i++) {
		const struct member_use *u = &s->p->uses[i];

		if (u->kind != USE_RESULT || u->function != v->function)
			continue;
		add_values(s, &here, u->function, u->values, u->nvalues);
		found = true;
	}
	if (!found)
		add_range(s, v->low, v->high);
}

/* --- arguments */

static bool is_function(const struct path *p, str key)
{
	return p->root == ROOT_FUNC && p->name == key;
}

static bool any_function(const struct path *v, uint32_t n, str key)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (is_function(&v[i], key))
			return true;
	return false;
}

/* Does the function pass or store the address of the function `key`? */
static bool takes_address(const struct function *f, str key)
{
	uint32_t i, j;

	for (i = 0; i < f->ncalls; i++) {
		if (is_function(f->calls[i].base, key))
			return true;
		for (j = 0; j < f->calls[i].nargs; j++)
			if (is_function(f->calls[i].args[j], key))
				return true;
	}
	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++)
			if (is_function(f->blocks[i].events[j].src, key))
				return true;
	for (i = 0; i < f->nlocals; i++)
		if (any_function(f->locals[i].defs, f->locals[i].ndefs, key))
			return true;
	return any_function(f->returns, f->nreturns, key);
}

static bool is_in_slot(const struct program *p, str key)
{
	size_t i;

	for (i = 0; i < p->nslots; i++)
		if (p->slots[i].func == key)
			return true;
	return false;
}

/* Adds what the function passes for the parameter, if it calls the function `key`. */
static void add_arguments(struct value_search *s, const struct function *f, str key,
			  const struct value_source *v)
{
	uint32_t i;

	for (i = 0; i < f->ncalls; i++) {
		const struct call *c = &f->calls[i];
		const struct path *arg = v->param < c->nargs ? c->args[v->param] : &path_none;

		if (c->kind != CALLEE_DIRECT || c->name != key)
			continue;
		if (arg->root == ROOT_NULL && arg->name)
			add_range(s, strtoll(str_get(arg->name), NULL, 10),
				  strtoll(str_get(arg->name), NULL, 10));
		else if (arg->root == ROOT_NULL)
			add_range(s, 0, 0);
		else
			add_range(s, v->low, v->high);
	}
}

/* All callers of a static function that is only called are in its file (C11 6.2.2). */
static void add_parameter(struct value_search *s, const struct lookup *up, str key,
			  const struct value_source *v)
{
	const struct function *f = NULL;
	str file = 0;
	size_t i;

	if (is_open(up, key, v->param))
		return;
	for (i = 0; i < s->p->nfunctions && !f; i++)
		if (s->p->functions[i].key == key)
			f = &s->p->functions[i];
	if (f && is_static(key) && !(f->flags & FUNC_HEADER) && !is_in_slot(s->p, key))
		file = f->loc.file;
	for (i = 0; i < s->p->nfunctions && file; i++)
		if (s->p->functions[i].loc.file == file && takes_address(&s->p->functions[i], key))
			file = 0;
	for (i = 0; i < s->p->nfunctions && file; i++)
		if (s->p->functions[i].loc.file == file)
			add_arguments(s, &s->p->functions[i], key, v);
	if (!file)
		add_range(s, v->low, v->high);
}

/* --- */

static void add_values(struct value_search *s, const struct lookup *up, str function,
		       const struct value_source *v, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (v[i].kind == VALUE_RANGE)
			add_range(s, v[i].low, v[i].high);
		else if (v[i].kind == VALUE_RESULT)
			add_results(s, up, &v[i]);
		else
			add_parameter(s, up, function, &v[i]);
}

/* Does the bitfield hold every number of the range? */
static bool holds(const struct field *f, struct stored_values r)
{
	long long top = f->bit_size < 63 ? 1LL << f->bit_size : 0;

	if ((f->flags & FIELD_BOOL) || !top || !r.any)
		return true;
	if (f->flags & FIELD_SIGNED)
		return r.low >= -top / 2 && r.high < top / 2;
	return r.low >= 0 && r.high < top;
}

const struct member_use *stored_misfit(const struct program *p, const struct record *r,
				       const struct field *f, long long *low, long long *high)
{
	size_t i;

	for (i = 0; i < p->nuses; i++) {
		const struct member_use *u = &p->uses[i];
		struct value_search s = { .p = p };

		if (u->kind != USE_STORE || u->record != r->key || u->field != f->name)
			continue;
		add_values(&s, NULL, u->function, u->values, u->nvalues);
		if (holds(f, s.out))
			continue;
		*low = s.out.low;
		*high = s.out.high;
		return u;
	}
	return NULL;
}
