// SPDX-License-Identifier: GPL-2.0-only
/* extent.c - which bytes of a record a pointer points to, through casts and pointer arithmetic. */
#include "extent.h"
#include "node_const.h"
#include "path.h"
#include "path_expr.h"
#include "record_layout.h"
#include "type.h"

static bool of_pointer(struct fn *f, struct node *n, struct extent *e);

static long long size_of(CXType t)
{
	long long size = clang_Type_getSizeOf(t);

	return size > 0 ? size : t.kind == CXType_Void ? 1 : 0;
}

/* The record itself that a pointer, or an lvalue, is of. */
static bool of_record(struct fn *f, struct path obj, CXType type, struct extent *e)
{
	struct record_decl *r = type_is_record(type) ? record_of_type(f->fr, type) : NULL;

	if (!r || !record_has_bits(f->fr, r))
		return false;
	*e = (struct extent){ .rec = r, .obj = obj, .known = true };
	e->obj.type = r->key;
	return true;
}

static bool of_lvalue(struct fn *f, struct node *n, struct extent *e)
{
	long long index;

	switch (n->kind) {
	case NODE_MEMBER:
		if (!(type_is_pointer(n->kids[0]->type) || type_is_array(n->kids[0]->type) ?
			      of_pointer(f, n->kids[0], e) :
			      of_lvalue(f, n->kids[0], e)))
			return false;
		if (n->member->name)
			e->from += record_member_offset(f->fr, n->member) / 8;
		return true;
	case NODE_INDEX:
		if (!of_pointer(f, n->kids[0], e))
			return false;
		if (node_const(f, n->kids[1], &index))
			e->from += index * size_of(n->type);
		else
			e->known = false;
		return true;
	case NODE_DEREF:
		return of_pointer(f, n->kids[0], e);
	case NODE_CAST:
		return of_lvalue(f, n->kids[0], e);
	default:
		return of_record(f, path_object(f, n), n->type, e);
	}
}

/* A variable that is given several values may be at any offset of the object of one of them. */
static bool of_variable(struct fn *f, struct var *v, struct extent *e)
{
	bool found = false, known = true;
	struct extent at;
	size_t i, n = 0;

	if (v->in_extent || v->kind != VAR_LOCAL || v->unknown)
		return false;
	v->in_extent = true;
	for (i = 0; i < v->ndefs; i++) {
		struct node *def = v->defs[i];

		if (node_is_null(f, def))
			continue;
		known = n++ == 0;
		if (def->kind == NODE_INCDEC || def->kind == NODE_UPDATE ||
		    !of_pointer(f, def, &at))
			continue;
		*e = at;
		found = true;
	}
	v->in_extent = false;
	if (found)
		e->known &= known;
	return found;
}

static bool of_sum(struct fn *f, struct node *n, struct extent *e)
{
	bool swapped = n->op == CXBinaryOperator_Add && !type_is_pointer(n->kids[0]->type) &&
		       !type_is_array(n->kids[0]->type);
	struct node *pointer = n->kids[swapped], *number = n->kids[!swapped];
	long long value;

	if ((n->op != CXBinaryOperator_Add && n->op != CXBinaryOperator_Sub) ||
	    !of_pointer(f, pointer, e))
		return false;
	e->reinterpreted = true;
	if (node_const(f, number, &value))
		e->from += (n->op == CXBinaryOperator_Add ? value : -value) *
			   size_of(clang_getCanonicalType(clang_getPointeeType(n->type)));
	else
		e->known = false;
	return true;
}

static bool of_pointer(struct fn *f, struct node *n, struct extent *e)
{
	CXType pointee = type_is_pointer(n->type) ?
				 clang_getCanonicalType(clang_getPointeeType(n->type)) :
				 n->type;
	CXType inner;

	switch (n->kind) {
	case NODE_CAST:
		if (!of_pointer(f, n->kids[0], e))
			break;
		inner = n->kids[0]->type;
		if (type_is_pointer(inner))
			inner = clang_getCanonicalType(clang_getPointeeType(inner));
		e->reinterpreted |= !clang_equalTypes(clang_getUnqualifiedType(inner),
						      clang_getUnqualifiedType(pointee));
		return true;
	case NODE_ADDR:
		return of_lvalue(f, n->kids[0], e);
	case NODE_BINARY:
		return of_sum(f, n, e);
	case NODE_COMMA:
		return of_pointer(f, n->kids[1], e);
	case NODE_STMTEXPR:
		n = node_last(n);
		return n && of_pointer(f, n, e);
	case NODE_MEMBER:
	case NODE_INDEX:
		if (type_is_array(n->type))
			return of_lvalue(f, n, e);
		break;
	case NODE_REF:
		if (!type_is_record(pointee) && n->var && of_variable(f, n->var, e))
			return true;
		break;
	}
	return type_is_pointer(n->type) && of_record(f, path_value(f, n), pointee, e);
}

bool extent_of_pointer(struct fn *f, struct node *n, struct extent *e)
{
	return of_pointer(f, n, e);
}

bool extent_of_lvalue(struct fn *f, struct node *n, struct extent *e)
{
	return of_lvalue(f, n, e);
}

/* --- bitfields in a range */

struct stretch {
	struct fn *f;
	void (*use)(void *ctx, const struct path *obj, str field);
	void *ctx;
};

static void bitfields_in(const struct stretch *r, struct record_decl *rec, const struct path *obj,
			 long long from, long long to);

/* `from` and `to` are bits from the beginning of the embedded record, or of the first of an array. */
static void bitfields_embedded(const struct stretch *r, struct record_decl *rec,
			       const struct path *obj, const struct field *field, long long from,
			       long long to)
{
	struct record_decl *inner = record_embedded(r->f->fr, rec, field->name);
	struct path p = *obj;

	if (!inner || !record_has_bits(r->f->fr, inner))
		return;
	path_step(&p, STEP_FIELD, rec->key, field->name);
	if (field->flags & FIELD_ARRAY) {
		path_step(&p, STEP_INDEX, 0, 0);
		from = 0; /* whichever element it is */
		to = (long long)field->bit_size;
	}
	p.type = inner->key;
	bitfields_in(r, inner, &p, from, to);
}

static void bitfields_in(const struct stretch *r, struct record_decl *rec, const struct path *obj,
			 long long from, long long to)
{
	const struct record *layout = record_layout(r->f->fr, rec);
	uint32_t i;

	for (i = 0; i < layout->nfields; i++) {
		const struct field *field = &layout->fields[i];
		long long first = (long long)field->bit_offset;

		if (first >= to || first + (long long)field->bit_size <= from || !field->name)
			continue;
		if (field->flags & FIELD_BITFIELD)
			r->use(r->ctx, obj, field->name);
		else if (field->record)
			bitfields_embedded(r, rec, obj, field, from - first, to - first);
	}
}

void extent_bitfields(struct fn *f, const struct extent *e, long long bytes,
		      void (*use)(void *ctx, const struct path *obj, str field), void *ctx)
{
	struct stretch r = { f, use, ctx };

	bitfields_in(&r, e->rec, &e->obj, e->from * 8, (e->from + bytes) * 8);
}

/* --- numbers of bytes */

/* (char *)&p->last - (char *)&p->first */
static bool difference(struct fn *f, struct node *n, long long *bytes)
{
	struct extent a, b;
	long long size = 1;

	if (type_is_pointer(n->kids[0]->type))
		size = size_of(clang_getCanonicalType(clang_getPointeeType(n->kids[0]->type)));
	if (!size || !extent_of_pointer(f, n->kids[0], &a) ||
	    !extent_of_pointer(f, n->kids[1], &b) || !a.known || !b.known ||
	    !path_equal(&a.obj, &b.obj))
		return false;
	*bytes = (a.from - b.from) / size;
	return true;
}

bool extent_bytes(struct fn *f, struct node *n, long long *bytes)
{
	long long a, b;
	bool found;

	if (node_const(f, n, bytes))
		return true;
	n = node_uncast(n);
	if (n->kind == NODE_REF && n->var && n->var->kind == VAR_LOCAL && !n->var->in_extent &&
	    !n->var->unknown && n->var->ndefs == 1) {
		n->var->in_extent = true;
		found = extent_bytes(f, n->var->defs[0], bytes);
		n->var->in_extent = false;
		return found;
	}
	if (n->kind == NODE_STMTEXPR && node_last(n))
		return extent_bytes(f, node_last(n), bytes);
	if (n->kind != NODE_BINARY ||
	    (n->op != CXBinaryOperator_Sub && n->op != CXBinaryOperator_Add))
		return false;
	if (n->op == CXBinaryOperator_Sub && difference(f, n, bytes))
		return true;
	if (!extent_bytes(f, n->kids[0], &a) || !extent_bytes(f, n->kids[1], &b))
		return false;
	*bytes = n->op == CXBinaryOperator_Sub ? a - b : a + b;
	return true;
}
