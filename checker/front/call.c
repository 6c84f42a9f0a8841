// SPDX-License-Identifier: GPL-2.0-only
/* call.c - calls: whom they reach and with what. */
#include "front_priv.h"

static enum CXChildVisitResult only_child(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_isReference(clang_getCursorKind(c)) || clang_isAttribute(clang_getCursorKind(c)))
		return CXChildVisit_Continue;
	*(CXCursor *)data = c;
	return CXChildVisit_Continue;
}

/* The last child of a function is its body, of a block its last statement. */
static CXCursor last_child(CXCursor c)
{
	CXCursor last = clang_getNullCursor();

	clang_visitChildren(c, only_child, &last);
	return last;
}

static enum CXChildVisitResult count_child(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)c;
	(void)parent;
	++*(int *)data;
	return CXChildVisit_Continue;
}

/* Is the body nothing but `return (void *)i;`, i an integer parameter?  ERR_PTR() is. */
static bool casts_integer(CXCursor def)
{
	CXType result = clang_getCanonicalType(clang_getCursorResultType(def));
	CXCursor c = last_child(def);
	int n = 0;

	if (!type_is_pointer(result) || clang_getCursorKind(c) != CXCursor_CompoundStmt)
		return false;
	clang_visitChildren(c, count_child, &n);
	c = last_child(c);
	if (n != 1 || clang_getCursorKind(c) != CXCursor_ReturnStmt)
		return false;
	do
		c = last_child(c);
	while (clang_getCursorKind(c) == CXCursor_CStyleCastExpr ||
	       clang_getCursorKind(c) == CXCursor_UnexposedExpr ||
	       clang_getCursorKind(c) == CXCursor_ParenExpr);
	return clang_getCursorKind(c) == CXCursor_DeclRefExpr &&
	       clang_getCursorKind(clang_getCursorReferenced(c)) == CXCursor_ParmDecl &&
	       !type_is_pointer(clang_getCanonicalType(clang_getCursorType(c)));
}

static bool is_noreturn(CXCursor decl)
{
	CXString s;
	bool yes;

	if (clang_getCursorResultType(decl).kind != CXType_Void)
		return false;
	s = clang_getTypeSpelling(clang_getCursorType(decl));
	yes = strstr(clang_getCString(s), "noreturn") != NULL;
	clang_disposeString(s);
	return yes;
}

/* Declared in a function?  Assertions at compile time make such functions. */
static bool is_inner(CXCursor decl)
{
	return clang_getCursorKind(clang_getCursorLexicalParent(decl)) == CXCursor_FunctionDecl;
}

struct callee *callee_of(struct front *fr, CXCursor decl)
{
	void **place = front_memo(fr, clang_getCanonicalCursor(decl));
	struct callee *c = *place;
	CXCursor def;

	if (c)
		return c;
	c = *place = arena_alloc(&fr->arena, sizeof(*c));
	def = clang_getCursorDefinition(decl);
	c->defined = !clang_Cursor_isNull(def) && visible(fr, def);
	c->decl = c->defined ? def : decl;
	c->name = is_inner(decl) ? source_inner_name(decl) : source_spelling(decl);
	c->key = c->name;
	if (clang_Cursor_getStorageClass(decl) == CX_SC_Static)
		c->key = str_printf("%s@%s", str_get(c->name),
				    str_get(source_loc(fr, c->decl).file));
	c->noreturn = is_noreturn(c->decl);
	c->integer_cast = c->defined && casts_integer(c->decl);
	return c;
}

struct callee *callee_use(struct front *fr, CXCursor decl)
{
	struct callee *c = callee_of(fr, decl);
	struct loc loc;

	if (c->queued)
		return c;
	c->queued = true;
	if (!c->defined)
		lock_declaration(fr, c);
	else if (!source_place(fr, c->decl, &loc, NULL)->ours)
		*vec_add(fr->pending, fr->npending, fr->pending_cap) = c;
	return c;
}

/* The expression that decides which function is called. */
static struct node *callee_node(struct node *n)
{
	for (;;) {
		if (n->kind == NODE_CAST || n->kind == NODE_DEREF || n->kind == NODE_ADDR) {
			n = n->kids[0];
		} else if (n->kind == NODE_STMTEXPR && node_last(n)) {
			n = node_last(n);
		} else {
			return n;
		}
	}
}

/* A local function pointer stands for the first of its values that says something. */
static struct node *follow_local(struct node *n, unsigned depth)
{
	struct node *def, *found;
	size_t i;

	n = callee_node(n);
	if (n->kind != NODE_REF || !n->var || n->var->kind != VAR_LOCAL || depth > 4)
		return n;
	for (i = 0; i < n->var->ndefs; i++) {
		def = callee_node(n->var->defs[i]);
		found = follow_local(def, depth + 1);
		if (found->kind == NODE_MEMBER || found->kind == NODE_INDEX ||
		    (found->kind == NODE_REF &&
		     (n->var->ndefs == 1 || (found->var && found->var->kind == VAR_PARAM))))
			return found;
	}
	return n;
}

static CXCursor function_of(const struct node *n)
{
	CXCursor decl;

	if (n->kind != NODE_REF || n->var)
		return clang_getNullCursor();
	decl = clang_getCursorReferenced(n->at);
	return clang_getCursorKind(decl) == CXCursor_FunctionDecl ? decl : clang_getNullCursor();
}

struct callee *call_target(struct fn *f, struct node *n)
{
	CXCursor decl = function_of(follow_local(n->kids[0], 0));

	return clang_Cursor_isNull(decl) ? NULL : callee_use(f->fr, decl);
}

static void call_callee(struct fn *f, struct node *n, struct call *call)
{
	struct node *to = follow_local(n->kids[0], 0);
	struct callee *target = call_target(f, n);
	struct path base = { 0 };

	call->kind = CALLEE_OTHER;
	if (target) {
		call->kind = CALLEE_DIRECT;
		call->name = target->key;
		return;
	}
	while (to->kind == NODE_INDEX)
		to = callee_node(to->kids[0]);
	if (to->kind == NODE_MEMBER && to->member->name) {
		call->kind = CALLEE_SLOT;
		call->name = to->member->name;
		call->record = to->member->rec->key;
		base = path_base(f, to);
	} else if (to->kind == NODE_REF && to->var && to->var->kind == VAR_PARAM) {
		call->kind = CALLEE_PARAM;
		call->index = to->var->index;
	} else {
		base = path_value(f, n->kids[0]);
	}
	call->base = path_keep(f, &base);
}

uint32_t call_index(struct fn *f, struct node *n)
{
	struct call call = { .dst = NONE, .base = &path_none };
	struct path arg;
	uint32_t i;

	if (n->call != NONE)
		return n->call;
	n->call = (uint32_t)f->ncalls;
	/* Arguments may lead back to the result of this very call. */
	*vec_add(f->calls, f->ncalls, f->calls_cap) = call;
	call.loc = source_loc(f->fr, n->at);
	call_callee(f, n, &call);
	call.nargs = n->n - 1;
	call.args = arena_alloc(&f->arena, (n->n ? n->n : 1) * sizeof(*call.args));
	for (i = 0; i < call.nargs; i++) {
		arg = path_operand(f, n->kids[i + 1]);
		call.args[i] = path_keep(f, &arg);
	}
	f->calls[n->call] = call;
	return n->call;
}
