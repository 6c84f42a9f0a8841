// SPDX-License-Identifier: GPL-2.0-only
/* var.c - the variables of a function and the values they are given. */
#include "front_priv.h"

struct var *var_find(struct fn *f, CXCursor decl)
{
	return *memo_place(&f->var_memos, &f->arena, decl);
}

struct var *var_add(struct fn *f, CXCursor decl, enum var_kind kind)
{
	void **place = memo_place(&f->var_memos, &f->arena, decl);
	struct var *v = *place;

	if (v)
		return v;
	v = arena_alloc(&f->arena, sizeof(*v));
	v->decl = decl;
	v->kind = kind;
	v->local = NONE;
	v->name = source_inner_name(decl);
	v->type = clang_getCanonicalType(clang_getCursorType(decl));
	v->guard = kind == VAR_LOCAL && lock_is_guard(decl);
	*place = v;
	*f->vars_end = v;
	f->vars_end = &v->next;
	return v;
}

str var_global_name(struct front *fr, CXCursor decl)
{
	CXCursor parent = clang_getCursorSemanticParent(decl);
	str name = source_spelling(decl);
	const char *file;

	if (clang_Cursor_getStorageClass(decl) != CX_SC_Static)
		return name;
	file = str_get(source_loc(fr, decl).file);
	if (clang_getCursorKind(parent) == CXCursor_FunctionDecl)
		return str_printf("%s.%s@%s", str_get(source_spelling(parent)),
				  str_get(source_inner_name(decl)), file);
	return str_printf("%s@%s", str_get(name), file);
}

/* Can the value be the result of a call? */
static bool gives_call(const struct node *n)
{
	switch (n->kind) {
	case NODE_CALL:
		return true;
	case NODE_CAST:
	case NODE_NOT:
		return gives_call(n->kids[0]);
	case NODE_BINARY:
		return (n->op == CXBinaryOperator_EQ || n->op == CXBinaryOperator_NE) &&
		       gives_call(n->kids[0]);
	case NODE_COND:
		return gives_call(n->kids[1]) || gives_call(n->kids[2]);
	case NODE_ELVIS:
	case NODE_COMMA:
		return gives_call(n->kids[0]) || gives_call(n->kids[1]);
	case NODE_STMTEXPR:
		n = node_last(n);
		return n && gives_call(n);
	default:
		return false;
	}
}

static void define(struct var *v, struct node *value)
{
	*vec_add(v->defs, v->ndefs, v->defs_cap) = value;
	v->from_call |= gives_call(value);
}

static void collect_assignment(struct fn *f, struct node *n)
{
	struct node *to = n->kids[0];

	if (to->kind == NODE_REF && to->var)
		define(to->var, n->kind == NODE_ASSIGN ? n->kids[1] : n);
	else if (to->kind == NODE_MEMBER && n->kind == NODE_ASSIGN && type_is_pointer(to->type))
		*vec_add(f->stores, f->nstores, f->stores_cap) = n;
}

static void collect_one(struct fn *f, struct node *n)
{
	struct node *kid = n->n ? n->kids[0] : NULL;
	uint32_t i;

	switch (n->kind) {
	case NODE_VAR:
		if (kid && n->var->kind == VAR_LOCAL)
			define(n->var, kid);
		break;
	case NODE_ASSIGN:
	case NODE_UPDATE:
	case NODE_INCDEC:
		collect_assignment(f, n);
		break;
	case NODE_ADDR:
		if (kid->kind == NODE_REF && kid->var && type_is_pointer(kid->var->type))
			kid->var->unknown = true;
		break;
	case NODE_ASM:
		/* Outputs and inputs look alike: a variable without other value is an output. */
		for (i = 0; i < n->n; i++)
			if (n->kids[i]->kind == NODE_REF && n->kids[i]->var &&
			    !n->kids[i]->var->ndefs)
				n->kids[i]->var->unknown = true;
		break;
	case NODE_LABEL:
	case NODE_CASE:
	case NODE_DEFAULT:
		n->targets = true;
		break;
	default:
		break;
	}
}

void var_collect(struct fn *f, struct node *n)
{
	uint32_t i;

	collect_one(f, n);
	for (i = 0; i < n->n; i++) {
		if (!n->kids[i])
			continue;
		var_collect(f, n->kids[i]);
		n->targets |= n->kids[i]->targets;
	}
}

static struct fn_local *local_new(struct fn *f, uint32_t *index)
{
	struct fn_local *l = vec_add(f->locals, f->nlocals, f->locals_cap);

	memset(l, 0, sizeof(*l));
	*index = (uint32_t)f->nlocals - 1;
	return l;
}

uint32_t var_local(struct fn *f, struct var *v)
{
	struct fn_local *l;

	if (v->local != NONE)
		return v->local;
	l = local_new(f, &v->local);
	l->var = v;
	l->local.name = v->name;
	if (type_is_pointer(v->type))
		l->local.type = record_pointee_key(f->fr, v->type);
	else
		l->local.type = record_key(f->fr, v->type);
	return v->local;
}

uint32_t var_anonymous(struct fn *f, struct node *n, struct node *a, struct node *b)
{
	struct fn_local *l;

	if (n->local == NONE) {
		l = local_new(f, &n->local);
		l->defs[0] = a;
		l->defs[1] = b;
		l->local.type = record_pointee_key(f->fr, n->type);
	}
	return n->local;
}

struct defs {
	struct path *paths;
	size_t n, cap;
	uint32_t self;
};

static void add_path(struct defs *d, struct path p)
{
	size_t i;

	if (p.root == ROOT_LOCAL && p.index == d->self && !p.nsteps)
		return;
	for (i = 0; i < d->n; i++)
		if (path_equal(&d->paths[i], &p))
			return;
	*vec_add(d->paths, d->n, d->cap) = p;
}

static void add_def(struct fn *f, struct defs *d, struct node *value)
{
	if (!node_is_null(f, value))
		add_path(d, path_value(f, value));
}

static void var_defs(struct fn *f, struct var *v, struct defs *d)
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

/* Building a path may add locals at the end. */
void var_finish(struct fn *f)
{
	struct local *out;
	size_t i;

	for (i = 0; i < f->nlocals; i++) {
		struct fn_local l = f->locals[i];
		struct defs d = { .self = (uint32_t)i };

		if (!l.var) {
			add_def(f, &d, l.defs[0]);
			add_def(f, &d, l.defs[1]);
		} else if (type_is_pointer(l.var->type)) {
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
	out = arena_alloc(&f->arena, f->nlocals * sizeof(*out));
	for (i = 0; i < f->nlocals; i++)
		out[i] = f->locals[i].local;
	f->out.nlocals = (uint32_t)f->nlocals;
	f->out.locals = out;
}
