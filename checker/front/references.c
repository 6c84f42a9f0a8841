// SPDX-License-Identifier: GPL-2.0-only
/* references.c - which static functions of a tu anything refers to. */
#include "attribute.h"
#include "fn.h"
#include "bb.h"
#include "init_walk.h"
#include "node_build.h"
#include "references.h"
#include "source.h"
#include "type.h"

/* A static function that is defined in a file of the tu's own. */
struct target_function {
	CXCursor decl; /* canonical */
	bool reached;
	size_t *refers; /* to these, by index */
	size_t n, cap;
};

struct references {
	struct front *fr;
	struct memo *memos; /* of functions: index + 1, as a pointer */
	struct target_function *v;
	size_t n, cap;
	size_t in; /* the function at hand, or NONE: whatever is referred to here is reached */
};

static size_t find(struct references *r, CXCursor decl)
{
	uintptr_t index =
		(uintptr_t)*memo_entry(&r->memos, &r->fr->arena, clang_getCanonicalCursor(decl));

	return index ? index - 1 : NONE;
}

static void refer(struct references *r, CXCursor decl)
{
	size_t to = clang_getCursorKind(decl) == CXCursor_FunctionDecl ? find(r, decl) : NONE;

	if (to == NONE)
		return;
	if (r->in == NONE)
		r->v[to].reached = true;
	else
		*vec_add(r->v[r->in].refers, r->v[r->in].n, r->v[r->in].cap) = to;
}

static enum CXChildVisitResult take_reference(CXCursor c, CXCursor parent, CXClientData data)
{
	struct references *r = data;
	CXCursor cleanup;
	str name;

	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_DeclRefExpr)
		refer(r, clang_getCursorReferenced(c));
	else if (clang_getCursorKind(c) == CXCursor_VarDecl &&
		 attribute_cleanup(r->fr, c, &cleanup, &name))
		refer(r, cleanup);
	return CXChildVisit_Recurse;
}

/* --- initialisers at file scope */

static void refer_in_node(struct references *r, const struct node *n)
{
	if (n->kind == NODE_REF && !n->var)
		refer(r, clang_getCursorReferenced(n->at));
	for (uint32_t i = 0; i < n->n; i++)
		if (n->kids[i])
			refer_in_node(r, n->kids[i]);
}

static void refer_in_value(void *ctx, const struct member_decl *m, struct node *value)
{
	(void)m;
	refer_in_node(ctx, value);
}

static void take_variable(struct references *r, CXCursor var)
{
	CXCursor at = clang_Cursor_getVarDeclInitializer(var);
	CXType type = clang_getCanonicalType(clang_getCursorType(var));
	struct node *init;
	struct fn f;

	if (clang_Cursor_isNull(at))
		return;
	if (!type_holds_function(type)) {
		clang_visitChildren(var, take_reference, r);
		return;
	}
	fn_init(&f, r->fr, var);
	f.cur = bb_new(&f);
	init = node_build(&f, at);
	if (init)
		init_walk(r->fr, init, type, refer_in_value, r);
	fn_drop(&f);
}

/* --- functions */

/* The compiler keeps it, and others may find it: by attributes that libclang has no kinds for. */
static bool is_kept(CXCursor decl)
{
	static const char *const attributes[] = { "((used", "((retain", "((constructor",
						  "((destructor" };
	CXString s = clang_getCursorPrettyPrinted(decl, NULL);
	const char *text = clang_getCString(s);
	bool kept = false;

	for (size_t i = 0; i < ARRAY_SIZE(attributes); i++)
		kept |= strstr(text, attributes[i]) != NULL;
	clang_disposeString(s);
	return kept;
}

static void add_function(struct references *r, CXCursor decl)
{
	void **entry = memo_entry(&r->memos, &r->fr->arena, clang_getCanonicalCursor(decl));
	struct loc loc;

	if (*entry || clang_Cursor_getStorageClass(decl) != CX_SC_Static ||
	    !source_locate(r->fr, decl, &loc, NULL)->ours)
		return;
	*vec_add(r->v, r->n, r->cap) = (struct target_function){
		.decl = clang_getCanonicalCursor(decl),
	};
	*entry = (void *)(uintptr_t)r->n;
}

/* The name in alias("NAME"): the function goes by another name, too. */
static void take_alias(struct references *r, CXCursor decl)
{
	CXString s = clang_getCursorPrettyPrinted(decl, NULL);
	const char *text = strstr(clang_getCString(s), "alias(\"");

	for (size_t i = 0; text && i < r->n; i++) {
		const char *name = str_get(source_spelling(r->v[i].decl));

		r->v[i].reached |= !strncmp(text + strlen("alias(\""), name, strlen(name));
	}
	clang_disposeString(s);
}

static enum CXChildVisitResult take_decl(CXCursor c, CXCursor parent, CXClientData data)
{
	struct references *r = data;

	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_FunctionDecl)
		add_function(r, c);
	if (!r->n)
		return CXChildVisit_Continue; /* nothing can refer to one yet */
	if (clang_getCursorKind(c) == CXCursor_VarDecl) {
		r->in = NONE;
		take_variable(r, c);
	} else if (clang_getCursorKind(c) == CXCursor_FunctionDecl) {
		r->in = find(r, c);
		clang_visitChildren(c, take_reference, r);
		if (clang_Cursor_hasAttrs(c) && !clang_isCursorDefinition(c))
			take_alias(r, c);
	}
	return CXChildVisit_Continue;
}

/* Marks the functions that reached functions refer to, transitively. */
static void spread(struct references *r)
{
	size_t *stack = NULL, n = 0, cap = 0, i, k;

	for (i = 0; i < r->n; i++)
		if (r->v[i].reached)
			*vec_add(stack, n, cap) = i;
	while (n) {
		const struct target_function *f = &r->v[stack[--n]];

		for (k = 0; k < f->n; k++) {
			if (r->v[f->refers[k]].reached)
				continue;
			r->v[f->refers[k]].reached = true;
			*vec_add(stack, n, cap) = f->refers[k];
		}
	}
	free(stack);
}

void references_find(struct front *fr)
{
	struct references r = { .fr = fr };
	size_t i;

	clang_visitChildren(clang_getTranslationUnitCursor(fr->tu), take_decl, &r);
	spread(&r);
	for (i = 0; i < r.n; i++) {
		if (!r.v[i].reached && is_kept(r.v[i].decl)) {
			r.v[i].reached = true;
			spread(&r);
		}
	}
	for (i = 0; i < r.n; i++) {
		if (!r.v[i].reached)
			*memo_entry(&fr->unreached, &fr->arena, r.v[i].decl) = fr;
		free(r.v[i].refers);
	}
	free(r.v);
	HASH_CLEAR(hh, r.memos);
}

bool references_reach(struct front *fr, CXCursor function)
{
	return !*memo_entry(&fr->unreached, &fr->arena, clang_getCanonicalCursor(function));
}
