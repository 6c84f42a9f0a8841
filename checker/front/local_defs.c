// SPDX-License-Identifier: GPL-2.0-only
/* local_defs.c - the paths of all values that pointer locals are given. */
#include "address.h"
#include "local_defs.h"
#include "node_const.h"
#include "path.h"
#include "path_expr.h"
#include "type.h"

struct path_set {
	struct path *paths;
	size_t n, cap;
	uint32_t self;
};

static void add_path(struct path_set *d, struct path p)
{
	size_t i;

	if (p.root == ROOT_LOCAL && p.index == d->self && !p.nsteps)
		return;
	for (i = 0; i < d->n; i++)
		if (path_equal(&d->paths[i], &p))
			return;
	*vec_add(d->paths, d->n, d->cap) = p;
}

static void add_def(struct fn *f, struct path_set *d, struct node *value)
{
	if (!node_is_null(f, value))
		add_path(d, path_value(f, value));
}

static void var_defs(struct fn *f, struct var *v, struct path_set *d)
{
	size_t i;

	if (v->kind == VAR_PARAM)
		add_path(d, (struct path){ .root = ROOT_PARAM,
					   .index = v->index,
					   .type = record_pointee_key(f->fr, v->type) });
	for (i = 0; i < v->ndefs; i++)
		add_def(f, d, v->defs[i]);
	if (v->unknown || (!v->ndefs && !d->n))
		add_path(d, path_unknown(record_pointee_key(f->fr, v->type)));
}

static bool holds_address(const struct var *v)
{
	size_t i;

	for (i = 0; i < v->ndefs; i++)
		if (type_integer(v->type).bits == 64 && address_in(v->defs[i]))
			return true;
	return false;
}

/* Building a path may append to f->locals: go on until all have their definitions. */
void local_defs_fill(struct fn *f)
{
	struct local *out;
	size_t i;

	f->flat++;
	for (i = 0; i < f->nlocals; i++) {
		struct fn_local l = f->locals[i];
		struct path_set d = { .self = (uint32_t)i };

		if (l.version)
			continue;
		f->locals[i].local.of = NONE;
		if (!l.var) {
			add_def(f, &d, l.defs[0]);
			add_def(f, &d, l.defs[1]);
		} else if (type_is_pointer(l.var->type) || holds_address(l.var)) {
			var_defs(f, l.var, &d);
		} else {
			continue;
		}
		if (!d.n)
			add_path(&d, (struct path){ .root = ROOT_NULL, .type = l.local.type });
		f->locals[i].local.ndefs = (uint32_t)d.n;
		f->locals[i].local.defs = arena_copy(&f->arena, d.paths, d.n * sizeof(*d.paths));
		free(d.paths);
	}
	f->flat--;
	out = arena_alloc(&f->arena, f->nlocals * sizeof(*out));
	for (i = 0; i < f->nlocals; i++)
		out[i] = f->locals[i].local;
	f->out.nlocals = (uint32_t)f->nlocals;
	f->out.locals = out;
}
