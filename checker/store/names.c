// SPDX-License-Identifier: GPL-2.0-only
/* names.c - the keys of functions and records that a function refers to. */
#include "names.h"

static str new_name(const struct name_visitor *v, name_fn *fn, str key)
{
	return fn && key ? fn(v->ctx, key) : key;
}

/* The path with other names; true if it is another path then. */
static bool rename_path(struct path *p, const struct name_visitor *v)
{
	struct path old = *p;
	bool changed;
	uint32_t i;

	if (p->root == ROOT_FUNC) {
		if (v->is_pointer && v->is_pointer(v->ctx, p->name))
			p->root = ROOT_GLOBAL;
		p->name = new_name(v, v->function, p->name);
	}
	if (p->type)
		p->type = new_name(v, v->record, p->type);
	changed = p->root != old.root || p->name != old.name || p->type != old.type;
	for (i = 0; i < p->nsteps; i++) {
		p->steps[i].record = new_name(v, v->record, p->steps[i].record);
		changed |= p->steps[i].record != old.steps[i].record;
	}
	return changed;
}

static void visit_path(const struct path **p, const struct name_visitor *v)
{
	struct path other = **p;

	if (rename_path(&other, v))
		*p = arena_copy(v->arena, &other, sizeof(other));
}

static void visit_paths(struct path *paths, uint32_t n, const struct name_visitor *v)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		rename_path(&paths[i], v);
}

static void visit_call(struct call *c, const struct name_visitor *v)
{
	uint32_t i;

	if (c->kind == CALLEE_DIRECT)
		c->name = new_name(v, v->function, c->name);
	visit_path(&c->base, v);
	for (i = 0; i < c->nargs; i++)
		visit_path(&c->args[i], v);
}

static void visit_block(struct block *b, const struct name_visitor *v)
{
	uint32_t i;

	for (i = 0; i < b->nevents; i++) {
		visit_path(&b->events[i].obj, v);
		visit_path(&b->events[i].src, v);
	}
	visit_path(&b->test.a, v);
	visit_path(&b->test.b, v);
}

void names_visit(struct function *f, const struct name_visitor *v)
{
	uint32_t i;

	for (i = 0; i < f->nlocals; i++)
		visit_paths(f->locals[i].defs, f->locals[i].ndefs, v);
	for (i = 0; i < f->ncalls; i++)
		visit_call(&f->calls[i], v);
	for (i = 0; i < f->nblocks; i++)
		visit_block(&f->blocks[i], v);
	visit_paths(f->returns, f->nreturns, v);
	for (i = 0; i < f->ntested; i++)
		visit_paths(&f->tested[i].obj, 1, v);
	for (i = 0; i < f->nparts; i++)
		visit_paths(&f->parts[i].obj, 1, v);
}
