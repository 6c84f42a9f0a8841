// SPDX-License-Identifier: GPL-2.0-only
/* fresh.c - the objects of a function that nobody else can reach at first, and what they point to. */
#include "fresh.h"
#include "callgraph.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

/* --- which objects are there? */

static bool call_is_fresh(const struct link *l, uint32_t f, uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint32_t t;

	if (call_argument(l, call, MODEL_CREATES) >= 0 || call_has(l, call, MODEL_ALLOC))
		return true;
	t = only_target(l, f, c);
	return t != NONE && l->escape[t].return_value == RET_FRESH;
}

static void add_holder(const struct link *l, uint32_t f, uint32_t *holders, const struct path *p)
{
	struct escape *out = &l->escape[f];
	uint32_t i;

	if (p->root != ROOT_STACK)
		return;
	for (i = 0; i < out->nholders; i++)
		if (holders[i] == p->index)
			return;
	if (out->nfresh + out->nholders == FRESH_MAX)
		limit_met(l, LIMIT_FRESH, f);
	else
		holders[out->nholders++] = p->index;
}

/* Does a callee store pointers in the object of argument `a`? */
static bool call_stores_into(const struct link *l, uint32_t f, uint32_t c, uint32_t a)
{
	uint32_t t, n, i;
	const uint32_t *targets = call_targets(l, f, c, &n);

	for (t = 0; t < n; t++) {
		const struct escape *e = &l->escape[targets[t]];
		uint64_t into = e->result_into;

		for (i = 0; i < PARAMS_MAX; i++)
			into |= e->into[i];
		if (into >> a & 1)
			return true;
	}
	return false;
}

/* Variables that pointers are stored in, here or by a callee. */
static void find_holders(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t holders[FRESH_MAX] = { 0 }, b, e, c, a;
	struct path p;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (fn->blocks[b].events[e].kind == EV_STORE) {
				p = resolve_path(l, f, fn->blocks[b].events[e].obj);
				add_holder(l, f, holders, &p);
			}
	for (c = 0; c < fn->ncalls; c++)
		for (a = 0; a < fn->calls[c].nargs && a < ARGS_MAX; a++) {
			p = resolve_path(l, f, fn->calls[c].args[a]);
			if (p.root == ROOT_STACK &&
			    (call_stores_into(l, f, c, a) ||
			     call_argument(l, &fn->calls[c], MODEL_WRITE) == (int)a))
				add_holder(l, f, holders, &p);
		}
	l->escape[f].holders =
		arena_copy(l->arena, holders, l->escape[f].nholders * sizeof(*holders));
}

void fresh_find(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct escape *out = &l->escape[f];
	uint32_t fresh[FRESH_MAX], c;

	/* A pointer that was not followed may publish any of them. */
	for (c = 0; !(fn->flags & FUNC_CUT) && c < fn->ncalls; c++) {
		if (!call_is_fresh(l, f, c))
			continue;
		if (out->nfresh == FRESH_MAX) {
			limit_met(l, LIMIT_FRESH, f);
			break;
		}
		fresh[out->nfresh++] = c;
	}
	out->fresh = arena_copy(l->arena, fresh, out->nfresh * sizeof(*fresh));
	find_holders(l, f);
}

/* --- in which of them does a path lie? */

static uint64_t root_set(const struct link *l, uint32_t f, const struct path *p)
{
	const struct escape *e = &l->escape[f];
	uint32_t i;

	for (i = 0; p->root == ROOT_CALL && i < e->nfresh; i++)
		if (e->fresh[i] == p->index)
			return UINT64_C(1) << i;
	for (i = 0; p->root == ROOT_STACK && i < e->nholders; i++)
		if (e->holders[i] == p->index)
			return UINT64_C(1) << (e->nfresh + i);
	return 0;
}

uint64_t fresh_only(const struct link *l, uint32_t f, const struct path *p)
{
	const struct local *v;
	uint64_t set = 0, one;
	struct path def;
	uint32_t i;

	if (path_pointers(p))
		return 0;
	if (p->root != ROOT_LOCAL)
		return root_set(l, f, p);
	v = &l->p->functions[f].locals[p->index];
	if (v->distinct)
		return 0;
	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i].root == ROOT_NULL)
			continue;
		if (v->defs[i].root == ROOT_LOCAL)
			return 0;
		def = resolve_path(l, f, &v->defs[i]);
		if (def.root == ROOT_LOCAL)
			return 0;
		one = fresh_only(l, f, &def);
		if (!one)
			return 0;
		set |= one;
	}
	return set;
}

int fresh_bit(const struct link *l, uint32_t f, const struct path *p)
{
	uint64_t set = fresh_only(l, f, p);
	int bit;

	for (bit = (int)l->escape[f].nfresh - 1; bit >= 0 && !(set >> bit & 1); bit--)
		;
	return bit;
}

/* --- what may a pointer be? */

/* What the objects of the set may point to by this member. */
static uint64_t contents_of(const struct escape *e, uint64_t set, str field)
{
	uint64_t what = 0;
	uint32_t i;

	for (i = 0; i < e->ncontents; i++)
		if (e->contents[i].in & set &&
		    (!field || !e->contents[i].field || e->contents[i].field == field))
			what |= e->contents[i].what;
	return what;
}

/*
 * One question: where may a pointer come from?  Each variable and call of the function is looked at once
 * a round, however many ways lead to it.  If one leads to itself, rounds follow until nothing is added.
 */
struct origin_walk {
	const struct link *l;
	uint32_t f;
	struct origin_node {
		struct origins known;
		uint32_t round; /* the last in which it was looked at */
		bool open;	/* it is being looked at */
	} *nodes;		/* the variables, then the calls */
	uint32_t round;
	bool cycle, grown;
};

static struct origins origins_at(struct origin_walk *w, const struct path *p, int depth);

static bool origins_add(struct origins *to, struct origins more)
{
	bool grown = (more.fresh & ~to->fresh) || (more.params & ~to->params);

	to->fresh |= more.fresh;
	to->params |= more.params;
	return grown;
}

/* The result of a call that is no fresh object may be what the call is passed. */
static struct origins origins_of_call(struct origin_walk *w, uint32_t c, int depth)
{
	const struct call *call = &w->l->p->functions[w->f].calls[c];
	struct origins out = { 0 };
	uint32_t t, n, a;
	const uint32_t *targets = call_targets(w->l, w->f, c, &n);

	for (t = 0; t < n; t++)
		for (a = 0; a < call->nargs && a < PARAMS_MAX; a++)
			if (w->l->escape[targets[t]].returned_params >> a & 1)
				origins_add(&out, origins_at(w, call->args[a], depth + 1));
	return out;
}

/* A pointer variable has what is assigned to it, and what a callee stores in it by its address. */
static struct origins origins_of_local(struct origin_walk *w, uint32_t local, int depth)
{
	const struct local *v = &w->l->p->functions[w->f].locals[local];
	const struct path variable = { .root = ROOT_STACK, .index = local };
	struct origins out = { 0 };
	uint32_t i;

	out.fresh = contents_of(&w->l->escape[w->f], root_set(w->l, w->f, &variable), 0);
	for (i = 0; i < v->ndefs; i++)
		if (v->defs[i].root != ROOT_LOCAL || v->defs[i].index != local)
			origins_add(&out, origins_at(w, &v->defs[i], depth + 1));
	return out;
}

/* Those of the variable or the call that is the root of a path. */
static struct origins origins_of_node(struct origin_walk *w, const struct path *p, int depth)
{
	const struct function *fn = &w->l->p->functions[w->f];
	struct origin_node *node;

	if (!w->nodes)
		w->nodes = xcalloc(fn->nlocals + fn->ncalls, sizeof(*w->nodes));
	node = &w->nodes[p->root == ROOT_LOCAL ? p->index : fn->nlocals + p->index];
	if (node->round == w->round) {
		w->cycle |= node->open;
		return node->known;
	}
	node->round = w->round;
	node->open = true;
	w->grown |= origins_add(&node->known, p->root == ROOT_LOCAL ?
						      origins_of_local(w, p->index, depth) :
						      origins_of_call(w, p->index, depth));
	node->open = false;
	return node->known;
}

static struct origins origins_of_root(struct origin_walk *w, const struct path *p, int depth)
{
	struct origins out = { .fresh = root_set(w->l, w->f, p) };

	if (p->root == ROOT_PARAM && p->index < PARAMS_MAX)
		out.params = UINT64_C(1) << p->index;
	else if (p->root == ROOT_LOCAL || (p->root == ROOT_CALL && !out.fresh))
		return origins_of_node(w, p, depth);
	return out;
}

/* What is not followed any further may be any of them. */
static struct origins origins_at(struct origin_walk *w, const struct path *path, int depth)
{
	const struct escape *e = &w->l->escape[w->f];
	struct path p = resolve_path(w->l, w->f, path);
	struct origins out;
	uint32_t i;

	if (depth > PATH_DEPTH_MAX || (p.root == ROOT_UNKNOWN && path->root != ROOT_UNKNOWN)) {
		limit_met(w->l, depth > PATH_DEPTH_MAX ? LIMIT_PATH_DEPTH : LIMIT_PATH_STEPS, w->f);
		return (struct origins){ (UINT64_C(1) << (e->nfresh + e->nholders)) - 1, 0 };
	}
	out = origins_of_root(w, &p, depth);
	for (i = 0; i < p.nsteps; i++)
		if (step_follows(&p.steps[i]))
			out.fresh = contents_of(e, out.fresh, p.steps[i].field);
	return out;
}

struct origins fresh_origins(const struct link *l, uint32_t f, const struct path *p)
{
	struct origin_walk w = { .l = l, .f = f };
	struct origins out;

	do {
		w.round++;
		w.cycle = w.grown = false;
		out = origins_at(&w, p, 0);
	} while (w.cycle && w.grown);
	free(w.nodes);
	return out;
}

uint64_t fresh_copied(const struct link *l, uint32_t f, uint32_t c, uint32_t a, uint32_t *to)
{
	const struct call *call = &l->p->functions[f].calls[c];
	int written = call_argument(l, call, MODEL_WRITE);
	struct path p;

	if (written < 0 || (uint32_t)written == a || (uint32_t)written >= call->nargs)
		return 0;
	*to = (uint32_t)written;
	p = resolve_path(l, f, call->args[a]);
	return path_on_stack(&p) ? root_set(l, f, &p) : 0;
}

uint64_t fresh_closure(const struct escape *e, uint64_t set, uint64_t stored)
{
	uint64_t more = set;

	while (more) {
		more = contents_of(e, more, 0) & stored & ~set;
		set |= more;
	}
	return set;
}

/* --- what do they point to? */

struct fresh_contents {
	struct fresh_content *v;
	size_t n, cap;
};

static void add_contents(struct fresh_contents *out, uint64_t in, str field, uint64_t what)
{
	size_t i;

	if (!in || !what)
		return;
	for (i = 0; i < out->n; i++)
		if (out->v[i].in == in && out->v[i].field == field) {
			out->v[i].what |= what;
			return;
		}
	*vec_add(out->v, out->n, out->cap) = (struct fresh_content){ in, field, what };
}

static void contents_of_store(const struct link *l, uint32_t f, const struct event *e,
			      struct fresh_contents *out)
{
	add_contents(out, fresh_origins(l, f, e->obj).fresh, e->field,
		     fresh_origins(l, f, e->src).fresh);
}

static void contents_of_call(const struct link *l, uint32_t f, uint32_t c,
			     struct fresh_contents *out)
{
	const struct call *call = &l->p->functions[f].calls[c];
	const struct path result = { .root = ROOT_CALL, .index = c };
	uint32_t t, n, a, j;
	const uint32_t *targets = call_targets(l, f, c, &n);
	uint64_t copied;

	for (a = 0; a < call->nargs; a++) {
		copied = fresh_copied(l, f, c, a, &j);
		if (copied)
			add_contents(out, fresh_origins(l, f, call->args[j]).fresh, 0, copied);
	}
	for (t = 0; t < n; t++) {
		const struct escape *e = &l->escape[targets[t]];

		for (a = 0; a < call->nargs && a < PARAMS_MAX; a++) {
			uint64_t what = e->into[a] ? fresh_origins(l, f, call->args[a]).fresh : 0;

			if (what && e->into[a] & INTO_RESULT)
				add_contents(out, root_set(l, f, &result), 0, what);
			for (j = 0; what && j < call->nargs && j < ARGS_MAX; j++)
				if (e->into[a] >> j & 1)
					add_contents(out, fresh_origins(l, f, call->args[j]).fresh,
						     0, what);
		}
		for (j = 0; e->result_into && j < call->nargs && j < ARGS_MAX; j++)
			if (e->result_into >> j & 1)
				add_contents(out, fresh_origins(l, f, call->args[j]).fresh, 0,
					     root_set(l, f, &result));
	}
}

static void contents_round(const struct link *l, uint32_t f, struct fresh_contents *out)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e, c;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (fn->blocks[b].events[e].kind == EV_STORE)
				contents_of_store(l, f, &fn->blocks[b].events[e], out);
	for (c = 0; c < fn->ncalls; c++)
		contents_of_call(l, f, c, out);
}

static uint64_t contents_sum(const struct fresh_contents *v)
{
	uint64_t h = HASH_SEED;
	size_t i;

	for (i = 0; i < v->n; i++)
		h = hash_mix(hash_mix(h, v->v[i].in), v->v[i].what);
	return h;
}

/* Pointers are loaded from what others were stored in, so there may be more in the next round. */
void fresh_find_contents(struct link *l, uint32_t f)
{
	struct escape *e = &l->escape[f];
	struct fresh_contents all = { 0 };
	uint64_t before, after = 0;

	if (!e->nfresh)
		return;
	do {
		before = after;
		contents_round(l, f, &all);
		e->contents = all.v;
		e->ncontents = (uint32_t)all.n;
		after = contents_sum(&all);
	} while (after != before);
	e->contents = arena_copy(l->arena, all.v, all.n * sizeof(*all.v));
	free(all.v);
}
