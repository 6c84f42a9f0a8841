// SPDX-License-Identifier: GPL-2.0-only
/* path_expr.c - the access path of an expression. */
#include "address.h"
#include "call.h"
#include "fn.h"
#include "node_const.h"
#include "path.h"
#include "path_expr.h"
#include "stack_member.h"
#include "type.h"

/* --- elements */

/* The first element of an array, which its value points to (C11 6.3.2.1). */
static void first_element(struct path *p)
{
	path_index(p, str_intern("0"));
}

/* The number of elements, of no array type, in an element of type `t`. */
static long long elements_in(CXType t)
{
	long long whole = clang_Type_getSizeOf(t), one = clang_Type_getSizeOf(type_element(t));

	return type_is_array(t) && whole > 0 && one > 0 ? whole / one : 1;
}

/* What a step to that element of `type` says of its index. */
static str index_of(struct fn *f, struct node *n, CXType type)
{
	long long value, each = elements_in(type);
	struct var *v;

	if (node_const(f, n, &value))
		return str_printf("%lld", value * each);
	n = node_uncast(n);
	v = n->kind == NODE_REF && each == 1 ? n->var : NULL;
	if (!v || v->unknown)
		return 0;
	if (v->kind == VAR_PARAM && !v->ndefs)
		return str_printf("p%u", v->index);
	return str_printf("v%s", str_get(v->name));
}

/* The record object that a member is selected from, anonymous members looked through. */
struct path path_base(struct fn *f, struct node *n)
{
	const struct member_decl *m = n->member;
	struct node *base = n->kids[0];
	struct path p;

	while (base->kind == NODE_MEMBER && !base->member->name)
		base = base->kids[0];
	if (type_is_pointer(base->type) || type_is_array(base->type))
		p = path_value(f, base);
	else
		p = path_object(f, base);
	p.type = m->rec->key;
	return p;
}

static struct path member_value(struct fn *f, struct node *n)
{
	struct path p = path_base(f, n);
	struct node *value;

	if (p.root == ROOT_STACK && !p.nsteps && f->locals[p.index].var &&
	    type_is_pointer(n->member->type)) {
		value = stack_member_value(f, f->locals[p.index].var, n->member);
		if (value)
			return path_value(f, value);
	}
	path_member(&p, n->member);
	if (n->member->name)
		p.type = 0; /* path_value() sets it to that of the member */
	if (type_is_array(n->member->type))
		first_element(&p);
	return p;
}

/* --- objects */

static struct path global_path(struct fn *f, CXCursor decl)
{
	return (struct path){ .root = ROOT_GLOBAL, .name = var_global_name(f->fr, decl) };
}

static struct path ref_object(struct fn *f, struct node *n)
{
	CXCursor decl = clang_getCursorReferenced(n->at);
	struct var *v = n->var;

	if (!v && clang_getCursorKind(decl) == CXCursor_FunctionDecl)
		return (struct path){ .root = ROOT_FUNC, .name = callee_use(f->fr, decl)->key };
	if (!v || v->kind == VAR_STATIC)
		return global_path(f, v ? v->decl : decl);
	if (v->kind == VAR_PARAM)
		return (struct path){ .root = type_is_record(v->type) ? ROOT_PARAM : ROOT_UNKNOWN,
				      .index = type_is_record(v->type) ? v->index : 0 };
	return (struct path){ .root = ROOT_STACK, .index = var_local(f, v) };
}

static struct path object(struct fn *f, struct node *n)
{
	struct path p;

	switch (n->kind) {
	case NODE_REF:
		return ref_object(f, n);
	case NODE_MEMBER:
		p = path_base(f, n);
		if (n->member->name) {
			path_step(&p, STEP_FIELD, n->member->rec->key, n->member->name);
			p.type = 0;
		}
		return p;
	case NODE_DEREF:
		return path_value(f, n->kids[0]);
	case NODE_INDEX:
		p = path_value(f, n->kids[0]);
		path_index(&p, index_of(f, n->kids[1], n->type));
		return p;
	case NODE_CAST:
		return path_object(f, n->kids[0]);
	case NODE_CALL:
		return (struct path){ .root = ROOT_CALL, .index = call_index(f, n) };
	case NODE_COMMA:
	case NODE_ASSIGN:
		return path_object(f, n->kids[1]);
	case NODE_STMTEXPR:
		n = node_last(n);
		return n ? path_object(f, n) : path_unknown(0);
	default:
		return path_unknown(0);
	}
}

struct path path_object(struct fn *f, struct node *n)
{
	struct path p;
	str key;

	if (++f->depth > PATH_DEPTH_MAX)
		p = path_cut(LIMIT_PATH_DEPTH, 0);
	else
		p = object(f, n);
	f->depth--;
	key = record_key(f->fr, n->type);
	if (key)
		p.type = key;
	return p;
}

/* --- pointer values */

static struct path either(struct fn *f, struct node *n, struct node *a, struct node *b)
{
	struct path pa, pb;

	if (node_is_null(f, a))
		return path_value(f, b);
	if (node_is_null(f, b))
		return path_value(f, a);
	pa = path_value(f, a);
	pb = path_value(f, b);
	if (path_equal(&pa, &pb))
		return pa;
	return (struct path){ .root = ROOT_LOCAL, .index = var_anonymous(f, n, a, b) };
}

/* The only value, other than null, that a local is given; NULL: there are several, or none. */
static struct node *only_def(struct fn *f, const struct var *v)
{
	struct node *def = NULL;
	size_t i;

	if (v->kind != VAR_LOCAL || v->unknown)
		return NULL;
	for (i = 0; i < v->ndefs; i++) {
		if (node_is_null(f, v->defs[i]))
			continue;
		if (def)
			return NULL;
		def = v->defs[i];
	}
	return def ? def : v->ndefs ? v->defs[0] : NULL;
}

/* A copy of a call's result names its object even after the call has been made again. */
static bool copies_result(struct fn *f, const struct var *v, struct node *def)
{
	def = node_uncast(def);
	return def->kind == NODE_REF && def->var && def->var->from_call &&
	       record_pointee_key(f->fr, v->type);
}

/* Whatever the point of the program. */
static struct path flat_value(struct fn *f, struct var *v)
{
	struct node *def;

	if (v->kind == VAR_PARAM && !v->ndefs && !v->unknown)
		return (struct path){ .root = ROOT_PARAM, .index = v->index };
	if (v->state == 2)
		return v->path;
	def = v->state ? NULL : only_def(f, v);
	if (!def || (!type_is_pointer(v->type) && clang_Type_getSizeOf(v->type) != 8))
		return (struct path){ .root = ROOT_LOCAL, .index = var_local(f, v) };
	v->state = 1;
	v->path = path_value(f, def);
	v->state = 2;
	if (copies_result(f, v, def))
		var_local(f, v);
	return v->path;
}

/* Does a path with this root name one object wherever it stands? */
static bool is_stable(uint32_t root)
{
	return root != ROOT_CALL && root != ROOT_LOCAL;
}

static bool is_stored_member(const struct fn *f, const struct step *s)
{
	size_t i;

	for (i = 0; i < f->nstores; i++) {
		const struct member_decl *m = f->stores[i]->kids[0]->member;

		if (m->name == s->field && m->rec->key == s->record)
			return true;
	}
	return false;
}

static bool is_stored_global(struct fn *f, str name)
{
	size_t i;

	for (i = 0; i < f->nglobal_stores; i++)
		if (ref_object(f, f->global_stores[i]).name == name)
			return true;
	return false;
}

/* Does the function store to a pointer on the way of the path? */
static bool is_stored_to(struct fn *f, const struct path *p)
{
	uint32_t i;

	if (p->root == ROOT_GLOBAL && p->nsteps && p->steps[0].kind == STEP_DEREF &&
	    is_stored_global(f, p->name))
		return true;
	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_PTR && is_stored_member(f, &p->steps[i]))
			return true;
	return false;
}

bool path_var_is_versioned(struct fn *f, struct var *v)
{
	struct path p;

	if (v->versioned)
		return true;
	if (!type_is_pointer(v->type) || v->unknown || v->kind == VAR_STATIC ||
	    (v->kind == VAR_PARAM && !v->ndefs))
		return false;
	f->flat++;
	p = flat_value(f, v);
	f->flat--;
	v->pinned = is_stored_to(f, &p);
	if (is_stable(p.root) && !v->pinned)
		return false;
	var_local(f, v);
	v->versioned = true;
	return true;
}

static struct path var_value(struct fn *f, struct var *v)
{
	if (!f->flat && path_var_is_versioned(f, v))
		return (struct path){ .root = ROOT_LOCAL, .index = var_local(f, v) };
	return flat_value(f, v);
}

static struct path ref_value(struct fn *f, struct node *n)
{
	struct path p;

	if (n->var && n->var->kind != VAR_STATIC &&
	    !(type_is_array(n->type) && n->var->kind == VAR_LOCAL))
		return var_value(f, n->var);
	p = ref_object(f, n);
	if (type_is_array(n->type))
		first_element(&p);
	else if (p.root != ROOT_FUNC)
		path_step(&p, STEP_DEREF, 0, 0);
	return p;
}

/* pointer + offsetof(), and the inverse, which container_of() uses. */
static struct path shifted(struct fn *f, struct node *pointer, const struct node *offset, bool down)
{
	struct path p = path_value(f, pointer);
	uint32_t i, at, n = offset->ndesignators;

	for (i = 0; i < n; i++) {
		const struct member_decl *m;

		at = down ? i : n - 1 - i;
		m = offset->designators[at].member;
		if (m) {
			path_step(&p, down ? STEP_FIELD : STEP_CONTAINER, m->rec->key, m->name);
			p.type = down ? record_key(f->fr, m->type) : m->rec->key;
		} else if (down) {
			path_index(&p, 0);
		} else if (p.nsteps && p.steps[p.nsteps - 1].kind == STEP_INDEX) {
			memset(&p.steps[--p.nsteps], 0, sizeof(p.steps[0]));
		}
	}
	return p;
}

static bool has_address(const struct node *n)
{
	return type_is_pointer(n->type) || type_is_array(n->type);
}

static struct path arithmetic(struct fn *f, struct node *n)
{
	struct node *a = n->kids[0], *b = n->kids[1], *offset;
	struct path p;

	offset = node_uncast(b);
	if (offset->kind == NODE_OFFSETOF && offset->ndesignators &&
	    (n->op == CXBinaryOperator_Sub || n->op == CXBinaryOperator_Add))
		return shifted(f, a, offset, n->op == CXBinaryOperator_Add);
	switch (n->op) {
	case CXBinaryOperator_Add:
		if (!has_address(a) && has_address(b)) {
			a = n->kids[1];
			b = n->kids[0];
		}
		p = path_value(f, a);
		path_index(&p,
			   index_of(f, b, clang_getCanonicalType(clang_getPointeeType(a->type))));
		return p;
	case CXBinaryOperator_Sub:
		p = path_value(f, a);
		path_index(&p, 0);
		return p;
	case CXBinaryOperator_And: /* flags kept in the low bits of a pointer */
	case CXBinaryOperator_Or:
		return path_value(f, a);
	default:
		return path_unknown(0);
	}
}

static struct path call_value(struct fn *f, struct node *n)
{
	struct callee *target = call_target(f, n);

	if (target && target->integer_cast)
		return (struct path){ .root = ROOT_NULL };
	return (struct path){ .root = ROOT_CALL, .index = call_index(f, n) };
}

static struct path value(struct fn *f, struct node *n)
{
	struct path p;
	long long c;

	switch (n->kind) {
	case NODE_CONST:
	case NODE_EVAL:
		return (struct path){ .root = ROOT_NULL };
	case NODE_REF:
		return ref_value(f, n);
	case NODE_MEMBER:
		return member_value(f, n);
	case NODE_ADDR:
		return path_object(f, n->kids[0]);
	case NODE_DEREF:
		p = path_value(f, n->kids[0]);
		if (type_is_array(n->type))
			first_element(&p);
		else if (type_is_pointer(n->type) || !type_is_function(n->type))
			path_step(&p, STEP_DEREF, 0, 0);
		return p;
	case NODE_INDEX:
		p = path_object(f, n);
		if (type_is_array(n->type))
			first_element(&p);
		else
			path_step(&p, STEP_DEREF, 0, 0);
		return p;
	case NODE_CAST:
		return path_value(f, n->kids[0]);
	case NODE_INCDEC:
	case NODE_UPDATE:
		p = path_value(f, n->kids[0]);
		path_index(&p, 0);
		return p;
	case NODE_BINARY:
		return arithmetic(f, n);
	case NODE_COMMA:
	case NODE_ASSIGN:
		return path_value(f, n->kids[1]);
	case NODE_COND:
		if (node_const(f, n->kids[0], &c))
			return path_value(f, n->kids[c ? 1 : 2]);
		return either(f, n, n->kids[1], n->kids[2]);
	case NODE_ELVIS:
		return either(f, n, n->kids[0], n->kids[1]);
	case NODE_CALL:
		return call_value(f, n);
	case NODE_STMTEXPR:
		n = node_last(n);
		return n ? path_value(f, n) : path_unknown(0);
	default:
		if (node_is_null(f, n))
			return (struct path){ .root = ROOT_NULL };
		return path_unknown(0);
	}
}

struct path path_value(struct fn *f, struct node *n)
{
	struct path p;
	str key;

	if (++f->depth > PATH_DEPTH_MAX)
		p = path_cut(LIMIT_PATH_DEPTH, 0);
	else
		p = value(f, n);
	f->depth--;
	key = record_pointee_key(f->fr, n->type);
	if (key)
		p.type = key;
	else if (type_is_function(clang_getCanonicalType(n->type)))
		p.type = str_intern(TYPE_FUNCTION);
	return p;
}

/* The parameter that an argument passes on: link converts it to the type of the callee's parameter. */
static struct var *passed_on(struct node *n)
{
	struct integer to = node_integer(n);

	while (n->kind == NODE_CAST && integer_same(node_integer(n), to))
		n = n->kids[0];
	n = node_same_value(n);
	return n->kind == NODE_REF && n->var && n->var->kind == VAR_PARAM && !n->var->ndefs &&
			       !n->var->unknown ?
		       n->var :
		       NULL;
}

struct path path_operand(struct fn *f, struct node *n)
{
	struct var *param = passed_on(n);
	long long constant;

	if (type_is_record(n->type))
		return path_object(f, n);
	if (node_const(f, n, &constant))
		return (struct path){ .root = ROOT_NULL, .name = str_printf("%lld", constant) };
	if (has_address(n) || type_is_function(n->type) || has_address(node_uncast(n)))
		return path_value(f, n);
	if (param)
		return (struct path){ .root = ROOT_PARAM, .index = param->index };
	return address_in(n) ? path_value(f, n) : path_unknown(0);
}
