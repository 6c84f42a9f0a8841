// SPDX-License-Identifier: GPL-2.0-only
/* part_write.c - bitfields that a call such as memset() writes without the record around them. */
#include "extent.h"
#include "part_write.h"
#include "path.h"
#include "type.h"

struct byte_argument {
	struct fn *f;
	struct part_write row;
	const struct path *whole; /* the record that the argument points to: known from its type */
};

static bool is_part_of(const struct path *p, const struct path *of)
{
	return p->root == of->root && p->index == of->index && p->name == of->name &&
	       p->nsteps >= of->nsteps &&
	       !memcmp(p->steps, of->steps, of->nsteps * sizeof(of->steps[0]));
}

static void add_part(void *ctx, const struct path *obj, str field)
{
	struct byte_argument *a = ctx;

	if (a->whole && is_part_of(obj, a->whole))
		return;
	a->row.obj = *obj;
	a->row.field = field;
	*vec_add(a->f->parts, a->f->nparts, a->f->parts_cap) = a->row;
}

/* If the call writes so many bytes at an argument, which bitfields are written that its type does not show? */
static void note_argument(struct fn *f, uint32_t call, uint32_t i, struct node *n, long long bytes)
{
	struct byte_argument a = { .f = f, .row = { .call = call, .arg = i } };
	const struct path *arg = f->calls[call].args[i];
	struct record_decl *shown = NULL;
	struct extent e;
	bool start = true;

	if (!extent_of_pointer(f, n, &e) || !e.known)
		return;
	if (type_is_pointer(n->type))
		shown = record_of_type(f->fr, clang_getPointeeType(n->type));
	if (!shown && arg->type == e.rec->key) {
		shown = e.rec;
		start = !e.from;
	}
	if (shown && record_has_bits(f->fr, shown)) {
		if (start && bytes >= clang_Type_getSizeOf(clang_getCursorType(shown->decl)))
			a.whole = arg;
		if (a.whole && shown == e.rec)
			return;
		if (!a.whole)
			add_part(&a, &path_none, 0);
	}
	extent_bitfields(f, &e, bytes, add_part, &a);
}

/* The canonical type of a parameter of the function that is called. */
static CXType parameter_type(const struct node *n, unsigned i)
{
	CXType type = n->kids[0]->type;

	if (type_is_pointer(type))
		type = clang_getCanonicalType(clang_getPointeeType(type));
	return clang_getCanonicalType(clang_getArgType(type, i));
}

/* Does the callee take an address of bytes there, as memset() does? */
static bool takes_bytes(const struct node *n, unsigned i)
{
	CXType type = parameter_type(n, i);

	if (!type_is_pointer(type))
		return false;
	type = clang_getCanonicalType(clang_getPointeeType(type));
	return type.kind == CXType_Void || clang_Type_getSizeOf(type) == 1;
}

/* Is the last parameter a number of bytes, a size_t? */
static bool takes_size(const struct node *n)
{
	struct integer size = type_integer(parameter_type(n, n->n - 2));

	return size.bits && !size.is_signed && !type_is_pointer(parameter_type(n, n->n - 2)) &&
	       size.bits == 8 * (uint64_t)clang_Type_getSizeOf(parameter_type(n, 0));
}

void part_write_note(struct fn *f, const struct node *n)
{
	long long bytes;
	uint32_t i;

	if (n->n < 3 || !takes_size(n) || !extent_bytes(f, n->kids[n->n - 1], &bytes) || bytes <= 0)
		return;
	for (i = 1; i + 1 < n->n; i++)
		if (takes_bytes(n, i - 1))
			note_argument(f, n->call, i - 1, n->kids[i], bytes);
}
