// SPDX-License-Identifier: GPL-2.0-only
/*
 * versions.c - which definition of a pointer variable reaches each use.
 *
 * A phi at the head of a loop may hold the value of an earlier round, which has the same path as
 * that of this round (the result of one call, say).  Such a version is `carried`: it is not
 * replaced by its only definition.  Where a version gets its value an EV_SET says so, and from
 * what, so that a lock taken by one name is known by the other.
 */
#include "bb.h"
#include "event.h"
#include "path.h"
#include "path_expr.h"
#include "phi.h"
#include "type.h"
#include "versions.h"

/* --- while the graph is built */

static struct block_event *add_hidden(struct fn *f, CXCursor at)
{
	struct block_event *e = event_block_event(event_add(f, EV_SET, at));

	e->hidden = true;
	e->returned = NONE;
	return e;
}

void versions_set(struct fn *f, struct var *v, struct node *n)
{
	struct block_event *e;
	struct path value;

	if (!type_is_pointer(v->type) || !path_var_is_versioned(f, v))
		return;
	value = path_value(f, n);
	e = add_hidden(f, n->at);
	e->event.local = var_local(f, v);
	e->def = arena_copy(&f->arena, &value, sizeof(value));
}

void versions_return(struct fn *f, uint32_t index, CXCursor at)
{
	add_hidden(f, at)->returned = index;
}

/* --- the value of a variable at a point */

static const struct path *value_at_end(struct phis *v, struct bb *bb, uint32_t local);

/* The last definition of the variable in the block before event `e`; NULL as `e`: before the end. */
static struct block_event *last_def(struct bb *bb, const struct block_event *e, uint32_t local)
{
	struct block_event *at, *last = NULL;

	for (at = bb->events; at && at != e; at = at->next)
		if (at->def && at->event.local == local)
			last = at;
	return last;
}

static const struct path *initial_value(struct phis *v, uint32_t local)
{
	const struct fn_local *l = &v->f->locals[local];
	struct path p = { .root = ROOT_NULL, .type = l->local.type };

	if (l->var->kind == VAR_PARAM) {
		p.root = ROOT_PARAM;
		p.index = l->var->index;
	}
	return arena_copy(&v->f->arena, &p, sizeof(p));
}

static const struct path *def_value(struct phis *v, struct bb *bb, struct block_event *def)
{
	const struct path *value;

	if (def->value)
		return def->value;
	value = versions_path(v, bb, def, def->def);
	if (v->f->locals[def->event.local].var->pinned && value->root != ROOT_NULL) {
		value = phi_pin(v, def->event.local, value);
		def->phi = (uint32_t)v->n;
	}
	return def->value = value;
}

static const struct path **entry_slot(struct phis *v, const struct bb *bb, uint32_t local)
{
	if (!v->entry[local])
		v->entry[local] = arena_alloc(&v->f->arena, v->nblocks * sizeof(*v->entry[local]));
	return &v->entry[local][bb->id];
}

/* The value at the start of the block, where nothing is known of it yet. */
static const struct path *find_at_start(struct phis *v, struct bb *bb, uint32_t local)
{
	struct join *j = &v->joins[bb->id];

	if (bb->id == 0 && !j->npreds)
		return initial_value(v, local);
	if (bb->id == 0 || j->loop_head || j->npreds != 1)
		return phi_new(v, bb, local);
	return NULL;
}

/* Goes back along blocks with one predecessor, without recursion: there may be thousands. */
static const struct path *value_at_start(struct phis *v, struct bb *bb, uint32_t local)
{
	const struct path *value = NULL;
	struct block_event *def;
	struct bb *from = bb;

	for (;;) {
		value = *entry_slot(v, from, local);
		if (!value)
			value = find_at_start(v, from, local);
		if (value)
			break;
		from = v->joins[from->id].preds[0].from;
		def = last_def(from, NULL, local);
		if (def) {
			value = def_value(v, from, def);
			from = NULL;
			break;
		}
	}
	for (;; bb = v->joins[bb->id].preds[0].from) {
		*entry_slot(v, bb, local) = value;
		if (bb == from || bb->id == 0 || v->joins[bb->id].npreds != 1 ||
		    last_def(v->joins[bb->id].preds[0].from, NULL, local))
			break;
	}
	return value;
}

static const struct path *value_before(struct phis *v, struct bb *bb, const struct block_event *e,
				       uint32_t local)
{
	struct block_event *def = last_def(bb, e, local);

	return def ? def_value(v, bb, def) : value_at_start(v, bb, local);
}

static const struct path *value_at_end(struct phis *v, struct bb *bb, uint32_t local)
{
	return value_before(v, bb, NULL, local);
}

/* --- paths */

static const struct path *either_path(struct phis *v, struct bb *bb, const struct block_event *e,
				      const struct path *p)
{
	const struct fn_local *l = &v->f->locals[p->index];
	struct path raw[2] = { path_value(v->f, l->defs[0]), path_value(v->f, l->defs[1]) };
	const struct path *a =
		versions_path(v, bb, e, arena_copy(&v->f->arena, &raw[0], sizeof(raw[0])));
	const struct path *b =
		versions_path(v, bb, e, arena_copy(&v->f->arena, &raw[1], sizeof(raw[1])));
	struct path root;

	if (path_equal(a, &raw[0]) && path_equal(b, &raw[1]))
		return p;
	root = path_equal(a, b) ? *a : phi_either(v, l->local.type, a, b);
	return path_rebase(v->f, &root, p);
}

const struct path *versions_path(struct phis *v, struct bb *bb, const struct block_event *e,
				 const struct path *p)
{
	const struct fn_local *l;

	if (p->root != ROOT_LOCAL || p->index >= v->nlocals)
		return p;
	l = &v->f->locals[p->index];
	if (!l->var)
		return l->version ? p : either_path(v, bb, e, p);
	if (!l->var->versioned)
		return p;
	return path_rebase(v->f, value_before(v, bb, e, p->index), p);
}

/* --- all paths of the function */

typedef const struct path *rewrite_fn(struct phis *v, struct bb *bb, const struct block_event *e,
				      const struct path *p);

static void rewrite_call(struct phis *v, struct bb *bb, const struct block_event *e,
			 rewrite_fn *rewrite)
{
	struct call *c = &v->f->calls[e->event.call];
	uint32_t i;

	c->base = rewrite(v, bb, e, c->base);
	for (i = 0; i < c->nargs; i++)
		c->args[i] = rewrite(v, bb, e, c->args[i]);
}

static void rewrite_event(struct phis *v, struct bb *bb, struct block_event *e, rewrite_fn *rewrite)
{
	switch (e->event.kind) {
	case EV_CALL:
		rewrite_call(v, bb, e, rewrite);
		break;
	case EV_ACCESS:
		e->event.obj = rewrite(v, bb, e, e->event.obj);
		break;
	case EV_STORE:
		e->event.obj = rewrite(v, bb, e, e->event.obj);
		e->event.src = rewrite(v, bb, e, e->event.src);
		break;
	case EV_SET:
		if (e->hidden && e->returned != NONE) {
			struct path *p = &v->f->returns[e->returned];

			*p = *rewrite(v, bb, e, arena_copy(&v->f->arena, p, sizeof(*p)));
		}
		break;
	}
}

static void rewrite_all(struct phis *v, rewrite_fn *rewrite)
{
	struct block_event *e;
	uint32_t i;

	for (i = 0; i < v->nblocks; i++) {
		struct bb *bb = v->blocks[i];

		for (e = bb->events; e; e = e->next)
			rewrite_event(v, bb, e, rewrite);
		bb->test.a = rewrite(v, bb, NULL, bb->test.a);
		bb->test.b = rewrite(v, bb, NULL, bb->test.b);
	}
}

static const struct path *settle(struct phis *v, struct bb *bb, const struct block_event *e,
				 const struct path *p)
{
	(void)bb;
	(void)e;
	p = phi_settle(v, p);
	phi_use(v, p);
	return p;
}

/* --- and the graph */

static void drop_hidden(struct phis *v, struct bb *bb)
{
	struct block_event **at = &bb->events;

	while (*at)
		if ((*at)->hidden && !phi_pinned_here(v, *at))
			*at = (*at)->next;
		else
			at = &(*at)->next;
	bb->events_end = at;
}

/* Building the paths of conditional expressions may append locals: before they are counted. */
static void name_locals(struct fn *f)
{
	size_t i;

	for (i = 0; i < f->nlocals; i++)
		if (!f->locals[i].var) {
			struct fn_local l = f->locals[i];

			path_value(f, l.defs[0]);
			path_value(f, l.defs[1]);
		}
}

void versions_resolve(struct fn *f)
{
	struct phis v = { .f = f };
	uint32_t i;
	size_t k;

	name_locals(f);
	v.nlocals = f->nlocals;
	phi_graph(&v);
	v.entry = arena_alloc(&f->arena, (f->nlocals + 1) * sizeof(*v.entry));
	rewrite_all(&v, versions_path);
	for (k = 0; k < v.n; k++) /* the operands of one may ask for others */
		for (i = 0; i < v.phis[k].n; i++)
			if (v.phis[k].bb)
				v.phis[k].operands[i] = value_at_end(
					&v, v.joins[v.phis[k].bb->id].preds[i].from, v.phis[k].of);
	phi_simplify(&v);
	rewrite_all(&v, settle);
	phi_number(&v);
	for (i = 0; i < v.nblocks; i++)
		drop_hidden(&v, v.blocks[i]);
	phi_report(&v);
	phi_free(&v);
}
