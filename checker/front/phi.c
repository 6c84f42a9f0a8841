// SPDX-License-Identifier: GPL-2.0-only
/* phi.c - versions of pointer variables where control flow joins. */
#include "bb.h"
#include "path.h"
#include "phi.h"

/* --- the graph */

struct dfs {
	struct bb *bb;
	size_t next; /* successor to go on with */
};

static void add_pred(struct phis *v, struct bb *from, struct bb *to, bool back)
{
	struct join *j = &v->joins[to->id];

	if (!j->preds)
		j->preds = arena_alloc(&v->f->arena, (to->npreds + 1) * sizeof(*j->preds));
	j->preds[j->npreds++] = (struct pred){ from, back };
	j->loop_head |= back;
}

/* Collects the edges depth first: one to a block that is still open closes a loop. */
static void find_edges(struct phis *v)
{
	struct dfs *stack = NULL;
	bool *done = xcalloc(v->nblocks + 1, 1), *open = xcalloc(v->nblocks + 1, 1);
	size_t n = 0, cap = 0;

	*vec_add(stack, n, cap) = (struct dfs){ v->f->bbs, 0 };
	done[0] = open[0] = true;
	while (n) {
		struct dfs *top = &stack[n - 1];
		struct bb *bb = top->bb, *to;

		if (top->next == bb->nsuccs) {
			open[bb->id] = false;
			n--;
			continue;
		}
		to = bb->succs[top->next++];
		add_pred(v, bb, to, open[to->id]);
		if (done[to->id])
			continue;
		done[to->id] = open[to->id] = true;
		*vec_add(stack, n, cap) = (struct dfs){ to, 0 };
	}
	free(stack);
	free(done);
	free(open);
}

static void number_blocks(struct phis *v)
{
	struct bb **stack = NULL, *entry = v->f->bbs, *bb = entry;
	size_t n = 0, cap = 0, nblocks = 0, bcap = 0, i;

	do {
		bb->reached = false;
		bb->npreds = 0;
	} while ((bb = bb->next));
	*vec_add(stack, n, cap) = entry;
	entry->reached = true;
	while (n) {
		bb = stack[--n];
		bb->id = (uint32_t)nblocks;
		*vec_add(v->blocks, nblocks, bcap) = bb;
		for (i = bb->nsuccs; i-- > 0;) {
			bb->succs[i]->npreds++;
			if (bb->succs[i]->reached)
				continue;
			bb->succs[i]->reached = true;
			*vec_add(stack, n, cap) = bb->succs[i];
		}
	}
	free(stack);
	v->nblocks = (uint32_t)nblocks;
}

void phi_graph(struct phis *v)
{
	number_blocks(v);
	v->joins = arena_alloc(&v->f->arena, v->nblocks * sizeof(*v->joins));
	find_edges(v);
}

void phi_free(struct phis *v)
{
	free(v->blocks);
	free(v->phis);
}

/* --- versions */

const struct path *path_rebase(struct fn *f, const struct path *root, const struct path *p)
{
	struct path out = *root;
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		path_step(&out, p->steps[i].kind, p->steps[i].record, p->steps[i].field);
	out.type = p->type;
	return arena_copy(&f->arena, &out, sizeof(out));
}

static struct phi *add(struct phis *v, struct bb *bb, uint32_t of, str type, uint32_t n)
{
	struct phi *p = vec_add(v->phis, v->n, v->cap);

	*p = (struct phi){ .bb = bb, .of = of, .local = NONE, .type = type, .n = n };
	p->operands = arena_alloc(&v->f->arena, (n + 1) * sizeof(*p->operands));
	return p;
}

static struct path path_of(const struct phis *v, size_t phi)
{
	return (struct path){ .root = ROOT_LOCAL,
			      .index = (uint32_t)(PHI_BASE + phi),
			      .type = v->phis[phi].type };
}

const struct path *phi_new(struct phis *v, struct bb *bb, uint32_t of)
{
	const struct fn_local *l = &v->f->locals[of];
	struct join *j = &v->joins[bb->id];
	struct phi *phi = add(v, bb, of, l->local.type, j->npreds + (bb->id == 0));
	struct path p = path_of(v, v->n - 1);

	if (bb->id == 0) { /* what it is before the first round */
		struct path first = { .root = l->var->kind == VAR_PARAM ? ROOT_PARAM : ROOT_NULL,
				      .index = l->var->kind == VAR_PARAM ? l->var->index : 0,
				      .type = l->local.type };

		phi->operands[j->npreds] = arena_copy(&v->f->arena, &first, sizeof(first));
		phi->n = j->npreds;
	}
	return arena_copy(&v->f->arena, &p, sizeof(p));
}

struct path phi_either(struct phis *v, str type, const struct path *a, const struct path *b)
{
	struct phi *p;
	size_t i;

	for (i = 0; i < v->n; i++) {
		p = &v->phis[i];
		if (!p->bb && path_equal(p->operands[0], a) && path_equal(p->operands[1], b))
			return path_of(v, i);
	}
	p = add(v, NULL, NONE, type, 2);
	p->operands[0] = a;
	p->operands[1] = b;
	return path_of(v, v->n - 1);
}

const struct path *phi_pin(struct phis *v, uint32_t of, const struct path *value)
{
	struct phi *p = add(v, NULL, of, v->f->locals[of].local.type, 1);
	struct path path = path_of(v, v->n - 1);

	p->pinned = true;
	p->operands[0] = value;
	return arena_copy(&v->f->arena, &path, sizeof(path));
}

/* The number of operands, the value before the first round of the function included. */
static uint32_t noperands(const struct phi *p)
{
	return p->n + (p->operands[p->n] != NULL);
}

const struct path *phi_settle(struct phis *v, const struct path *p)
{
	while (p->root == ROOT_LOCAL && p->index >= PHI_BASE && v->phis[p->index - PHI_BASE].same)
		p = path_rebase(v->f, v->phis[p->index - PHI_BASE].same, p);
	return p;
}

static bool is_bare(const struct path *p, uint32_t root)
{
	return p->root == root && !p->nsteps;
}

/* Does the path begin with what another round of a loop gives another meaning? */
static bool varies(const struct path *p)
{
	return p->root == ROOT_CALL || p->root == ROOT_LOCAL;
}

/*
 * What the versions are, as far as it is known: first what they are if no loop changes them, so that
 * several versions of one loop nest which only are each other and one path are that path.
 */
struct guess {
	const struct path *value; /* NULL: nothing reaches it yet */
	bool itself;		  /* none but itself: this does not change any more */
};

static const struct path *guess_of(const struct guess *g, const struct path *o)
{
	if (!is_bare(o, ROOT_LOCAL) || o->index < PHI_BASE || g[o->index - PHI_BASE].itself)
		return o;
	return g[o->index - PHI_BASE].value;
}

/*
 * Makes the guess from those for the operands: the path that all are, null pointers and the version
 * itself left out.  It is none but itself if they differ, or if it may be one of an earlier round.
 */
static bool guess_again(const struct phis *v, struct guess *g, size_t phi)
{
	const struct phi *p = &v->phis[phi];
	const struct join *j = p->bb ? &v->joins[p->bb->id] : NULL;
	const struct path *only = NULL, *null = NULL, *was = g[phi].value;
	bool before = false, itself = p->pinned;
	uint32_t i;

	for (i = 0; i < noperands(p) && !itself; i++) {
		const struct path *o = guess_of(g, p->operands[i]);

		if (!o || (is_bare(o, ROOT_LOCAL) && o->index == PHI_BASE + phi))
			continue;
		if (is_bare(o, ROOT_NULL)) {
			null = o;
			continue;
		}
		itself = only && !path_equal(only, o);
		only = o;
		before |= i >= p->n || !j || !j->preds[i].back;
	}
	g[phi].itself = itself || (only && j && j->loop_head && varies(only) && !before);
	g[phi].value = only ? only : null;
	if (was && g[phi].value && path_equal(was, g[phi].value))
		g[phi].value = was;
	return g[phi].itself || g[phi].value != was;
}

static bool guess_all(const struct phis *v, struct guess *g)
{
	bool changed = false;
	size_t i;

	for (i = 0; i < v->n; i++)
		if (!v->phis[i].same && !g[i].itself)
			changed |= guess_again(v, g, i);
	return changed;
}

static void settle_operands(struct phis *v)
{
	uint32_t k;
	size_t i;

	for (i = 0; i < v->n; i++)
		for (k = 0; !v->phis[i].same && k < noperands(&v->phis[i]); k++)
			v->phis[i].operands[k] = phi_settle(v, v->phis[i].operands[k]);
}

/* Does the path begin with the version, by another name perhaps? */
static bool begins_with(const struct phis *v, const struct path *p, size_t phi)
{
	while (p && p->root == ROOT_LOCAL && p->index >= PHI_BASE) {
		if (p->index == PHI_BASE + phi)
			return true;
		p = v->phis[p->index - PHI_BASE].same;
	}
	return false;
}

/* A path below a version that has become another one may make more versions alike. */
void phi_simplify(struct phis *v)
{
	struct guess *g = xcalloc(v->n + 1, sizeof(*g));
	bool changed = true;
	size_t i;

	while (changed) {
		settle_operands(v);
		memset(g, 0, v->n * sizeof(*g));
		while (guess_all(v, g))
			;
		changed = false;
		for (i = 0; i < v->n; i++)
			if (!v->phis[i].same && !g[i].itself && g[i].value &&
			    !begins_with(v, g[i].value, i)) {
				v->phis[i].same = g[i].value;
				changed = true;
			}
	}
	free(g);
}

void phi_use(struct phis *v, const struct path *p)
{
	uint32_t *todo = NULL, i;
	size_t n = 0, cap = 0;

	if (p->root != ROOT_LOCAL || p->index < PHI_BASE)
		return;
	*vec_add(todo, n, cap) = (uint32_t)(p->index - PHI_BASE);
	while (n) {
		struct phi *phi = &v->phis[todo[--n]];

		if (phi->used)
			continue;
		phi->used = true;
		for (i = 0; i < noperands(phi); i++) {
			p = phi->operands[i] = phi_settle(v, phi->operands[i]);
			if (p->root == ROOT_LOCAL && p->index >= PHI_BASE)
				*vec_add(todo, n, cap) = (uint32_t)(p->index - PHI_BASE);
		}
	}
	free(todo);
}

/* --- how they are reported */

static bool is_self(const struct phis *v, const struct phi *p, const struct path *o)
{
	return is_bare(o, ROOT_LOCAL) && o->index == PHI_BASE + (size_t)(p - v->phis);
}

static bool is_copy(const struct phis *v, const struct phi *p, const struct path *o)
{
	return !o->nsteps && varies(o) && !is_self(v, p, o);
}

/* The definitions of a version: its operands, in place of other joins theirs. */
struct leaves {
	struct path *defs;
	size_t n, cap;
	bool distinct; /* some value may be of an earlier round of a loop */
};

static void add_leaf(struct leaves *l, const struct path *p)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (path_equal(&l->defs[i], p))
			return;
	*vec_add(l->defs, l->n, l->cap) = *p;
}

static void add_leaves(struct phis *v, struct phi *p, struct leaves *l, uint32_t round)
{
	struct join *j = p->bb ? &v->joins[p->bb->id] : NULL;
	uint32_t i;

	if (p->round == round)
		return;
	p->round = round;
	for (i = 0; i < noperands(p); i++) {
		const struct path *o = p->operands[i];
		struct phi *inner = is_bare(o, ROOT_LOCAL) && o->index >= PHI_BASE ?
					    &v->phis[o->index - PHI_BASE] :
					    NULL;

		l->distinct |= j && i < p->n && j->preds[i].back && varies(o);
		if (inner && !inner->pinned)
			add_leaves(v, inner, l, round);
		else if (!is_bare(o, ROOT_NULL))
			add_leaf(l, o);
	}
}

static void add_local(struct phis *v, struct phi *p)
{
	struct leaves leaves = { 0 };
	struct fn_local *l = vec_add(v->f->locals, v->f->nlocals, v->f->locals_cap);

	memset(l, 0, sizeof(*l));
	add_leaves(v, p, &leaves, (uint32_t)(p - v->phis) + 1);
	if (!leaves.n)
		add_leaf(&leaves, &(struct path){ .root = ROOT_NULL, .type = p->type });
	l->version = true;
	l->local.type = p->type;
	l->local.of = p->of;
	l->local.distinct = p->pinned || leaves.distinct;
	if (p->of != NONE)
		l->local.name = v->f->locals[p->of].local.name;
	l->local.defs = arena_copy(&v->f->arena, leaves.defs, leaves.n * sizeof(*leaves.defs));
	l->local.ndefs = (uint32_t)leaves.n;
	free(leaves.defs);
	p->local = (uint32_t)v->f->nlocals - 1;
}

static struct block_event *set_event(struct phis *v, const struct phi *p, const struct path *src,
				     struct loc loc)
{
	struct block_event *e = arena_alloc(&v->f->arena, sizeof(*e));

	e->event = (struct event){ .kind = EV_SET,
				   .call = NONE,
				   .local = p->local,
				   .obj = &path_none,
				   .src = src,
				   .loc = loc };
	return e;
}

/* The block at whose end nothing but the edge into `to` is left: a new one on a critical edge. */
static struct bb *edge_block(struct phis *v, struct bb *from, struct bb *to)
{
	struct bb *bb = from;
	size_t i;

	if (from->nsuccs == 1)
		return from;
	for (i = 0; i < from->nsuccs; i++) {
		if (from->succs[i] != to &&
		    !(from->succs[i]->split && from->succs[i]->succs[0] == to))
			continue;
		if (from->succs[i] != to)
			return from->succs[i];
		bb = bb_new(v->f);
		bb->live = bb->split = true;
		bb_edge(v->f, bb, to);
		from->succs[i] = bb;
	}
	return bb;
}

static void set_on_edges(struct phis *v, const struct phi *p)
{
	const struct join *j = &v->joins[p->bb->id];
	struct loc loc = p->bb->events ? p->bb->events->event.loc : v->f->out.loc;
	uint32_t i;

	for (i = 0; i < p->n; i++) {
		const struct path *o = p->operands[i];
		struct bb *bb;

		if (is_self(v, p, o))
			continue;
		bb = edge_block(v, j->preds[i].from, p->bb);
		*bb->events_end = set_event(v, p, is_copy(v, p, o) ? o : &path_none, loc);
		bb->events_end = &(*bb->events_end)->next;
	}
}

static const struct path *renumber(struct phis *v, const struct path *p)
{
	struct path out = *p;

	if (p->root != ROOT_LOCAL || p->index < PHI_BASE || p->index == NONE)
		return p;
	out.index = v->phis[p->index - PHI_BASE].local;
	return arena_copy(&v->f->arena, &out, sizeof(out));
}

static void renumber_event(struct phis *v, struct block_event *e)
{
	e->event.obj = renumber(v, e->event.obj);
	e->event.src = renumber(v, e->event.src);
}

static void renumber_all(struct phis *v, size_t nlocals)
{
	struct block_event *e;
	struct bb *bb;
	size_t i, k;

	for (bb = v->f->bbs; bb; bb = bb->next) {
		if (!bb->reached && !bb->split)
			continue;
		for (e = bb->events; e; e = e->next)
			renumber_event(v, e);
		bb->test.a = renumber(v, bb->test.a);
		bb->test.b = renumber(v, bb->test.b);
	}
	for (i = 0; i < v->f->ncalls; i++) {
		v->f->calls[i].base = renumber(v, v->f->calls[i].base);
		for (k = 0; k < v->f->calls[i].nargs; k++)
			v->f->calls[i].args[k] = renumber(v, v->f->calls[i].args[k]);
	}
	for (i = 0; i < v->f->nreturns; i++)
		v->f->returns[i] = *renumber(v, &v->f->returns[i]);
	for (i = nlocals; i < v->f->nlocals; i++)
		for (k = 0; k < v->f->locals[i].local.ndefs; k++)
			v->f->locals[i].local.defs[k] =
				*renumber(v, &v->f->locals[i].local.defs[k]);
}

void phi_number(struct phis *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (v->phis[i].used)
			add_local(v, &v->phis[i]);
}

bool phi_pinned_here(struct phis *v, struct block_event *e)
{
	const struct phi *p = e->phi ? &v->phis[e->phi - 1] : NULL;

	if (!p || !p->used)
		return false;
	e->event.local = p->local;
	e->event.src = p->operands[0];
	return true;
}

void phi_report(struct phis *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (v->phis[i].used && v->phis[i].bb)
			set_on_edges(v, &v->phis[i]);
	renumber_all(v, v->nlocals);
}
