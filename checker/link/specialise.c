// SPDX-License-Identifier: GPL-2.0-only
/*
 * specialise.c - copies of functions for known arguments, and for tested members.
 *
 * rw(dev, buf, true) and rw(dev, buf, false) become calls of two functions: locks that are taken
 * under `if (lock)`, and stores under `if (iswrite)`, then belong to the calls that reach them,
 * and to no other.  So do kref_put(ref, a_release) and kref_put(ref, b_release), and calls by a
 * caller that has tested the state of a socket which the callee tests, too.  An indirect call goes to
 * copies of all that it may reach, each for the arguments.
 */
#include <uthash.h>

#include "specialise.h"
#include "base/integer.h"
#include "branch_inputs.h"
#include "broken.h"
#include "call_predicates.h"
#include "callees.h"
#include "callgraph.h"
#include "copy_body.h"
#include "limit.h"
#include "modref.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"
#include "symtab.h"

/* The arguments of a call that are known. */
struct setting {
	str values[PARAMS_MAX]; /* a number in decimal, or the key of a function; 0: not known */
	uint32_t n;
	struct known_member {
		struct tested_member member; /* in the callee's frame */
		struct predicate predicate;
	} known[KNOWN_MAX];
};

struct copy {
	uint64_t hash;
	uint32_t original, function;
	struct copy *next;  /* of the same hash */
	struct copy *other; /* of the same original */
	UT_hash_handle hh;
	struct setting setting; /* last: allocated with `n` elements of `known` only */
};

/* How many copies there may be of a function is counted for each of these. */
enum quota {
	QUOTA_VALUES,  /* for values alone */
	QUOTA_MEMBERS, /* for members, too */
	QUOTA_FEW,     /* for parameters that get few different values */
	QUOTAS,
};

struct specialiser {
	struct link *l;
	struct branch_inputs inputs; /* of the originals */
	uint32_t *origin;	     /* by function: what it is a copy of, or itself */
	uint32_t *ncopies[QUOTAS];   /* by original */
	struct copy *copies;
	struct copy **copies_of; /* by original: the last one that was made */
	struct arena arena;	 /* for them */
	size_t cap;		 /* of the arrays by function */
};

/* A parameter that is passed more different constants than that is told apart last. */
#define VARIOUS 4

/* --- which arguments of a call are known? */

/* The value of an argument that f passes at a point where `k` holds; 0: not known. */
static str constant_arg(const struct link *l, uint32_t f, const struct path *arg,
			const struct predicates *k)
{
	uint32_t function = symtab_function_value(l, f, arg), i;

	if (arg->root == ROOT_NULL)
		return arg->name;
	if (function != NONE)
		return l->p->functions[function].key;
	for (i = 0; is_passed_on(arg) && i < k->n; i++)
		if (k->of[i].subject == SUBJECT_PARAM && k->of[i].index == arg->index &&
		    k->of[i].test == TEST_EQUAL && k->of[i].holds)
			return str_printf("%lld", k->of[i].value);
	return 0;
}

/* Adds a predicate on a member to the setting if the callee depends on it, and can name it. */
static void add_predicate(const struct specialiser *x, uint32_t f, const struct call *c,
			  uint32_t target, const struct predicate *k, struct setting *s)
{
	const struct tested_member *m = &x->l->p->functions[f].tested[k->index];
	struct path obj = resolve_path(x->l, f, &m->obj), inner;

	if (!depends_on_member(&x->inputs, target, m->obj.type, m->field) ||
	    obj.root == ROOT_GLOBAL || !express_path(x->l, f, c, &obj, &inner))
		return;
	inner.type = m->obj.type;
	s->known[s->n++] = (struct known_member){ { inner, m->field }, *k };
}

/* A constant argument as the parameter gets it: -1 passed as an unsigned char is 255. */
static str converted(const struct function *callee, uint32_t arg, str value)
{
	long long number;

	if (!value || !is_number_value(value) || arg >= callee->nparams)
		return value;
	number = strtoll(str_get(value), NULL, 10);
	return str_printf("%lld", integer_convert(callee->params[arg].integer, number));
}

/* Returns false if no branch of the callee depends on a known argument of the call. */
static bool setting_of(const struct specialiser *x, uint32_t f, const struct call *c,
		       uint32_t target, const struct predicates *k, struct setting *s)
{
	bool any = false;
	uint32_t a, i;

	memset(s, 0, sizeof(*s));
	for (a = 0; a < c->nargs && a < PARAMS_MAX; a++)
		if (x->inputs.params[target] >> a & 1 && !argument_is_entry(x->l, c, a)) {
			s->values[a] = converted(&x->l->p->functions[target], a,
						 constant_arg(x->l, f, c->args[a], k));
			any |= s->values[a] != 0;
		}
	for (i = 0; c->kind == CALLEE_DIRECT && x->inputs.members[target] && i < k->n; i++)
		if (k->of[i].subject == SUBJECT_MEMBER)
			add_predicate(x, f, c, target, &k->of[i], s);
	return any || s->n;
}

/* The predicates of the setting, with their members made tested ones of the copy. */
static const struct predicates *assume(struct link *l, struct function *fn, const struct setting *s)
{
	struct predicates *k = arena_alloc(l->arena, sizeof(*k));

	copy_grow_tested(l, fn, s->n);
	for (k->n = 0; k->n < s->n; k->n++) {
		k->of[k->n] = s->known[k->n].predicate;
		k->of[k->n].index = copy_tested_index(fn, &s->known[k->n].member);
	}
	return k;
}

/* --- which copies are there? */

static uint64_t setting_hash(uint32_t original, const struct setting *s)
{
	uint64_t h = hash_bytes(HASH_SEED, &original, sizeof(original));
	uint32_t i;

	h = hash_bytes(h, s->values, sizeof(s->values));
	for (i = 0; i < s->n; i++) {
		h = hash_bytes(h, &s->known[i].member.field, sizeof(str));
		h = hash_bytes(h, &s->known[i].predicate.value, sizeof(long long));
	}
	return h;
}

static bool same_known(const struct known_member *a, const struct known_member *b)
{
	const struct predicate *x = &a->predicate, *y = &b->predicate;

	return x->test == y->test && x->holds == y->holds && x->value == y->value &&
	       a->member.field == b->member.field && same_object(&a->member.obj, &b->member.obj);
}

static bool same_setting(const struct setting *a, const struct setting *b)
{
	uint32_t i;

	if (a->n != b->n || memcmp(a->values, b->values, sizeof(a->values)))
		return false;
	for (i = 0; i < a->n; i++)
		if (!same_known(&a->known[i], &b->known[i]))
			return false;
	return true;
}

static struct copy *find_copy(const struct specialiser *x, uint32_t original,
			      const struct setting *s)
{
	uint64_t hash = setting_hash(original, s);
	struct copy *c;

	HASH_FIND(hh, x->copies, &hash, sizeof(hash), c);
	while (c && (c->original != original || !same_setting(&c->setting, s)))
		c = c->next;
	return c;
}

static uint32_t note_copy(struct specialiser *x, uint32_t original, const struct setting *s,
			  uint32_t function)
{
	size_t bytes = offsetof(struct setting, known) + s->n * sizeof(s->known[0]);
	struct copy *c = arena_alloc(&x->arena, offsetof(struct copy, setting) + bytes), *same;

	c->hash = setting_hash(original, s);
	c->original = original;
	c->function = function;
	memcpy(&c->setting, s, bytes);
	c->other = x->copies_of[original];
	x->copies_of[original] = c;
	HASH_FIND(hh, x->copies, &c->hash, sizeof(c->hash), same);
	if (same) {
		c->next = same->next;
		same->next = c;
	} else {
		HASH_ADD(hh, x->copies, hash, sizeof(c->hash), c);
	}
	return function;
}

static bool has_values(const struct setting *s)
{
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (s->values[i])
			return true;
	return false;
}

static bool passes_function(const struct setting *s)
{
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (s->values[i] && !is_number_value(s->values[i]))
			return true;
	return false;
}

/* --- adding a copy */

/* A copy of the array, which has n elements, with room for `cap`. */
static void *grow_array(struct arena *a, const void *from, size_t n, size_t cap, size_t size)
{
	return memcpy(arena_alloc(a, cap * size), from, n * size);
}

#define GROW(x, array, n) \
	((array) = grow_array((x)->l->arena, (array), (n), (x)->cap, sizeof(*(array))))

/* Makes room for one more function in the arrays of link that earlier passes have made. */
static void grow(struct specialiser *x)
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
	x->origin = xrealloc(x->origin, x->cap * sizeof(*x->origin));
}

/* Appends the copy to the functions; returns its number. */
static uint32_t add_function(struct specialiser *x, uint32_t original, const struct setting *s)
{
	struct link *l = x->l;
	uint32_t f = (uint32_t)l->p->nfunctions;
	struct function fn = l->p->functions[original];

	grow(x);
	if (has_values(s)) {
		copy_put_values(l, &fn, s->values);
	}
	l->specialised[f] = (struct specialised){
		.has_copies = true,
		.assumed = s->n ? assume(l, &fn, s) : NULL,
	};
	l->specialised[original].has_copies = true;
	/* Provisional, for its calls only: link.c runs these passes again afterwards. */
	l->callgraph[f] = l->callgraph[original];
	l->relevant[f] = l->relevant[original];
	l->modref[f] = l->modref[original];
	l->p->functions[f] = fn;
	l->p->nfunctions++;
	x->origin[f] = original;
	return f;
}

/* The copy of a function for a setting, made when absent; NONE if it has too many. */
static uint32_t take_copy(struct specialiser *x, uint32_t original, const struct setting *s,
			  enum quota quota)
{
	enum limit limit = passes_function(s) ? LIMIT_CLONES_OF_CALLER : LIMIT_CLONES;
	struct copy *c = find_copy(x, original, s);

	if (c)
		return c->function;
	if (x->ncopies[quota][original] < limit_rows[limit].value) {
		x->ncopies[quota][original]++;
		return note_copy(x, original, s, add_function(x, original, s));
	}
	limit_met(x->l, limit, original);
	return NONE;
}

/* Do more copies than a few differ in the value of the parameter? */
static bool is_various(const struct specialiser *x, uint32_t original, uint32_t param)
{
	str values[VARIOUS];
	const struct copy *c;
	uint32_t n = 0, i;

	for (c = x->copies_of[original]; c; c = c->other) {
		for (i = 0; i < n && values[i] != c->setting.values[param]; i++)
			;
		if (i < n || !c->setting.values[param])
			continue;
		if (n == VARIOUS)
			return true;
		values[n++] = c->setting.values[param];
	}
	return false;
}

/* Forgets the values of parameters that get many, as the number of a register; is one left? */
static bool forget_various(const struct specialiser *x, uint32_t original, struct setting *s)
{
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		if (s->values[i] && is_various(x, original, i))
			s->values[i] = 0;
	return has_values(s);
}

/*
 * The same of all that is known, as far as there are not too many: members, then values of parameters that
 * get many, are forgotten first.
 */
static uint32_t copy_for(struct specialiser *x, uint32_t original, struct setting *s)
{
	uint32_t copy = take_copy(x, original, s, s->n ? QUOTA_MEMBERS : QUOTA_VALUES);

	if (copy == NONE && s->n && has_values(s)) {
		s->n = 0;
		copy = take_copy(x, original, s, QUOTA_VALUES);
	}
	if (copy == NONE && !s->n && forget_various(x, original, s))
		copy = take_copy(x, original, s, QUOTA_FEW);
	return copy;
}

/* The calls of a function that go to copies, under construction. */
struct retargets {
	struct retarget *of;
	size_t n, cap;
};

/* Does a branch of the target depend on what a call passes?  A function that calls itself has no copies. */
static bool is_worthwhile(const struct specialiser *x, uint32_t f, uint32_t target)
{
	return target != x->origin[f] && x->inputs.params[target] | x->inputs.members[target];
}

/* Makes the copies for a call of f; *known is what holds at each of its calls, found when needed. */
static void specialise_call(struct specialiser *x, uint32_t f, uint32_t call,
			    struct predicates **known, struct retargets *out)
{
	const struct call *c = &x->l->p->functions[f].calls[call];
	const uint32_t *targets;
	uint32_t one, copy;
	struct setting s;
	size_t n, t;

	targets = callees(x->l, f, c, &one, &n);
	for (t = 0; t < n; t++) {
		if (!is_worthwhile(x, f, targets[t]))
			continue;
		if (!*known)
			*known = call_predicates(x->l, f);
		if (!setting_of(x, f, c, targets[t], &(*known)[call], &s))
			continue;
		copy = copy_for(x, targets[t], &s);
		if (copy != NONE)
			*vec_add(out->of, out->n, out->cap) =
				(struct retarget){ call, targets[t], copy };
	}
}

static void specialise_calls(struct specialiser *x, uint32_t f)
{
	struct predicates *known = NULL;
	struct retargets out = { 0 };
	uint32_t c;

	for (c = 0; c < x->l->p->functions[f].ncalls; c++)
		specialise_call(x, f, c, &known, &out);
	x->l->specialised[f].nretargets = (uint32_t)out.n;
	x->l->specialised[f].retargets = arena_copy(x->l->arena, out.of, out.n * sizeof(*out.of));
	free(out.of);
	free(known);
}

bool specialise(struct link *l)
{
	size_t n = l->p->nfunctions, f;
	struct specialiser x = { .l = l, .cap = n };

	l->specialised = arena_alloc(l->arena, n * sizeof(*l->specialised));
	x.origin = xcalloc(n, sizeof(*x.origin));
	x.copies_of = xcalloc(n, sizeof(*x.copies_of));
	for (f = 0; f < ARRAY_SIZE(x.ncopies); f++)
		x.ncopies[f] = xcalloc(n, sizeof(*x.ncopies[f]));
	for (f = 0; f < n; f++)
		x.origin[f] = (uint32_t)f;
	branch_inputs_find(l, &x.inputs);
	/* Copies are appended, so that their calls are looked at, too. */
	for (f = 0; f < l->p->nfunctions; f++)
		specialise_calls(&x, (uint32_t)f);
	HASH_CLEAR(hh, x.copies);
	arena_free(&x.arena);
	branch_inputs_free(&x.inputs);
	free(x.origin);
	free(x.copies_of);
	for (f = 0; f < ARRAY_SIZE(x.ncopies); f++)
		free(x.ncopies[f]);
	return l->p->nfunctions > n;
}

/* --- */

static void check_assumed(const struct link *l, uint32_t f, const struct predicates *k)
{
	uint32_t i;

	if (k->n > KNOWN_MAX)
		broken(l, "specialise", f, "it assumes %u predicates", k->n);
	for (i = 0; i < k->n; i++)
		if (k->of[i].subject != SUBJECT_MEMBER ||
		    k->of[i].index >= l->p->functions[f].ntested)
			broken(l, "specialise", f, "predicate %u is about no member it tests", i);
}

static int by_call(const void *call, const void *r)
{
	uint32_t x = *(const uint32_t *)call, y = ((const struct retarget *)r)->call;

	return x < y ? -1 : x > y;
}

uint32_t specialise_target(const struct link *l, uint32_t f, uint32_t call, uint32_t target)
{
	const struct specialised *s = l->specialised ? &l->specialised[f] : NULL;
	const struct retarget *r, *end;

	if (!s || !s->nretargets)
		return target;
	end = s->retargets + s->nretargets;
	r = bsearch(&call, s->retargets, s->nretargets, sizeof(*r), by_call);
	if (!r)
		return target;
	while (r > s->retargets && r[-1].call == call)
		r--;
	for (; r < end && r->call == call; r++)
		if (r->target == target)
			return r->copy;
	return target;
}

void specialise_check(const struct link *l)
{
	uint32_t f, i;

	for (f = 0; f < l->p->nfunctions; f++) {
		const struct specialised *s = &l->specialised[f];

		for (i = 0; i < s->nretargets; i++)
			if (s->retargets[i].copy >= l->p->nfunctions ||
			    !is_specialised(l, s->retargets[i].copy))
				broken(l, "specialise", f, "call %u goes to %u, which is no copy",
				       s->retargets[i].call, s->retargets[i].copy);
		if (s->assumed)
			check_assumed(l, f, s->assumed);
	}
}
