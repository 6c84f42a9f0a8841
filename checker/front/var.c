// SPDX-License-Identifier: GPL-2.0-only
/* var.c - the variables of a function and the values they are given. */
#include "attribute.h"
#include "fn.h"
#include "source.h"
#include "type.h"

struct var *var_find(struct fn *f, CXCursor decl)
{
	return *memo_entry(&f->var_memos, &f->arena, decl);
}

struct var *var_add(struct fn *f, CXCursor decl, enum var_kind kind)
{
	void **entry = memo_entry(&f->var_memos, &f->arena, decl);
	struct var *v = *entry;

	if (v)
		return v;
	v = arena_alloc(&f->arena, sizeof(*v));
	v->decl = decl;
	v->kind = kind;
	v->local = NONE;
	v->name = source_inner_name(decl);
	v->type = clang_getCanonicalType(clang_getCursorType(decl));
	if (kind == VAR_LOCAL && !attribute_cleanup(f->fr, decl, &v->cleanup_decl, &v->cleanup))
		v->cleanup = 0;
	*entry = v;
	*f->vars_end = v;
	f->vars_end = &v->next;
	return v;
}

/*
 * Is it a variable of which each tu that includes a header has one of its own (C11 6.2.2p3)?  If it never
 * changes, they are as good as one.
 */
static bool is_own_copy(struct front *fr, CXCursor decl)
{
	CXType type = clang_getCursorType(decl);

	while (type_is_array(clang_getCanonicalType(type)))
		type = clang_getArrayElementType(clang_getCanonicalType(type));
	return source_loc(fr, decl).file != source_of(fr, fr->main)->name &&
	       !clang_isConstQualifiedType(type);
}

str var_global_name(struct front *fr, CXCursor decl)
{
	CXCursor parent = clang_getCursorSemanticParent(decl);
	str name = source_spelling(decl), scope;
	const char *file;

	if (clang_Cursor_getStorageClass(decl) != CX_SC_Static)
		return name;
	file = str_get(source_loc(fr, decl).file);
	scope = source_scope(fr, decl);
	if (!scope && is_own_copy(fr, decl))
		return str_printf("%s@%s@%s", str_get(name), file,
				  str_get(source_of(fr, fr->main)->name));
	if (!scope)
		return str_printf("%s@%s", str_get(name), file);
	return str_printf("%s.%s@%s@%s", str_get(source_spelling(parent)),
			  str_get(source_inner_name(decl)), file, str_get(scope));
}

/* --- what parameters point to */

/* Is it a pointer to an integer that is no byte of a string and that the function may assign? */
static bool points_to_integer(CXType type)
{
	CXType to = clang_getPointeeType(type);
	struct integer t = type_integer(clang_getCanonicalType(to));

	return type_is_pointer(type) && !type_is_pointer(clang_getCanonicalType(to)) && t.bits &&
	       (t.bits != 8 || t.is_bool) && !clang_isConstQualifiedType(to) &&
	       !clang_isVolatileQualifiedType(to);
}

/* The integer that a parameter points to, made if it is not there; NULL: `n` is no such parameter. */
static struct var *pointee_of(struct fn *f, const struct node *n)
{
	struct var *p = n->kind == NODE_REF ? n->var : NULL, *v;

	if (!p || p->kind != VAR_PARAM || !points_to_integer(p->type))
		return NULL;
	if (p->pointee)
		return p->pointee;
	v = arena_alloc(&f->arena, sizeof(*v));
	v->decl = clang_getNullCursor();
	v->cleanup_decl = clang_getNullCursor();
	v->kind = VAR_LOCAL;
	v->local = NONE;
	v->name = str_printf("*%s", str_get(p->name));
	v->type = clang_getCanonicalType(clang_getPointeeType(p->type));
	v->pointed_by = p->index + 1;
	return p->pointee = v;
}

struct var *var_of(const struct node *n)
{
	struct var *p;

	if (n->kind == NODE_REF)
		return n->var;
	if (n->kind != NODE_DEREF || n->kids[0]->kind != NODE_REF)
		return NULL;
	p = n->kids[0]->var;
	return p && !p->ndefs && !p->unknown ? p->pointee : NULL;
}

/* A callee may store its result where an argument points to. */
static void collect_call(struct fn *f, const struct node *n)
{
	struct var *v;
	uint32_t i;

	for (i = 1; i < n->n; i++) {
		v = pointee_of(f, n->kids[i]);
		if (v)
			v->from_call = true;
	}
}

/* --- definitions */

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
	struct var *pointee = to->kind == NODE_DEREF ? pointee_of(f, to->kids[0]) : NULL;

	if (pointee) {
		define(pointee, n->kind == NODE_ASSIGN ? n->kids[1] : n);
		pointee->from_call = true; /* (callers test it, as they do a result) */
		return;
	}
	if (to->kind == NODE_REF && type_is_pointer(to->type) &&
	    (!to->var || to->var->kind == VAR_STATIC))
		*vec_add(f->global_stores, f->nglobal_stores, f->global_stores_cap) = to;
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
		if (kid && kid->kind == NODE_REF && kid->var)
			kid->var->addressed = true;
		if (kid && kid->kind == NODE_REF && kid->var && type_is_pointer(kid->var->type))
			kid->var->unknown = true;
		break;
	case NODE_CALL:
		collect_call(f, n);
		break;
	case NODE_RETURN:
		if (kid && kid->kind == NODE_REF && kid->var && type_integer(kid->var->type).bits &&
		    !type_is_pointer(kid->var->type))
			kid->var->tested = true; /* by callers */
		break;
	case NODE_ASM:
		/* libclang does not tell outputs from inputs: a variable without other value is one. */
		for (i = 0; i < n->n; i++)
			if (n->kids[i]->kind == NODE_REF && n->kids[i]->var)
				n->kids[i]->var->addressed = true;
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
	l->local.pointed_by = v->pointed_by;
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
