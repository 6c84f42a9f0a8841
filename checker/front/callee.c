// SPDX-License-Identifier: GPL-2.0-only
/* callee.c - functions that are called or named. */
#include "annotation.h"
#include "callee.h"
#include "pch_visible.h"
#include "source.h"
#include "type.h"

static enum CXChildVisitResult only_child(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_isReference(clang_getCursorKind(c)) || clang_isAttribute(clang_getCursorKind(c)))
		return CXChildVisit_Continue;
	*(CXCursor *)data = c;
	return CXChildVisit_Continue;
}

/* The last child of a function is its body, that of a block its last statement. */
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

/* Is the body only `return (void *)i;` of an integer parameter, as in ERR_PTR()? */
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

/* Is it declared in a function?  BUILD_BUG_ON() makes such functions. */
static bool is_inner(CXCursor decl)
{
	return clang_getCursorKind(clang_getCursorLexicalParent(decl)) == CXCursor_FunctionDecl;
}

struct callee *callee_of(struct front *fr, CXCursor decl)
{
	void **entry = front_memo(fr, clang_getCanonicalCursor(decl));
	struct callee *c = *entry;
	CXCursor def;

	if (c)
		return c;
	c = *entry = arena_alloc(&fr->arena, sizeof(*c));
	def = clang_getCursorDefinition(decl);
	c->defined = !clang_Cursor_isNull(def) && pch_visible(fr, def);
	c->decl = c->defined ? def : decl;
	c->name = is_inner(decl) ? source_inner_name(decl) : source_spelling(decl);
	c->key = c->name;
	if (clang_Cursor_getStorageClass(decl) == CX_SC_Static)
		c->key = str_printf("%s@%s", str_get(c->name),
				    str_get(source_loc(fr, c->decl).file));
	c->noreturn = is_noreturn(c->decl);
	c->integer_cast = c->defined && casts_integer(c->decl);
	if (c->defined && clang_Cursor_isFunctionInlined(c->decl))
		c->error_test = error_test_of(c->decl);
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
		annotation_report(fr, c->name, c->decl);
	else if (!source_locate(fr, c->decl, &loc, NULL)->ours)
		*vec_add(fr->pending, fr->npending, fr->pending_cap) = c;
	return c;
}
