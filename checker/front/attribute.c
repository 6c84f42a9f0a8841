// SPDX-License-Identifier: GPL-2.0-only
/* attribute.c - attributes of declarations. */
#include "attribute.h"
#include "pch_visible.h"
#include "source.h"

struct find_attribute {
	const char *name;
	size_t n;
	str text;
};

static enum CXChildVisitResult match_attribute(CXCursor c, CXCursor parent, CXClientData data)
{
	struct find_attribute *find = data;
	const char *text;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_AnnotateAttr)
		return CXChildVisit_Continue;
	text = str_get(source_spelling(c));
	if (strncmp(text, find->name, find->n) || (text[find->n] && text[find->n] != ':'))
		return CXChildVisit_Continue;
	find->text = str_intern(text[find->n] ? text + find->n + 1 : text);
	return CXChildVisit_Break;
}

str attribute_text(CXCursor decl, const char *name)
{
	struct find_attribute find = { .name = name, .n = strlen(name) };

	if (!clang_Cursor_hasAttrs(decl))
		return 0;
	clang_visitChildren(decl, match_attribute, &find);
	return find.text;
}

/* --- weak */

static enum CXChildVisitResult match_unexposed(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_UnexposedAttr)
		return CXChildVisit_Continue;
	*(bool *)data = true;
	return CXChildVisit_Break;
}

/* Has the declaration the attribute?  libclang has no kind for it, but clang prints it. */
static bool prints_weak(CXCursor decl)
{
	CXPrintingPolicy policy;
	bool unexposed = false;
	CXString s;

	clang_visitChildren(decl, match_unexposed, &unexposed);
	if (!unexposed)
		return false;
	policy = clang_getCursorPrintingPolicy(decl);
	clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
	s = clang_getCursorPrettyPrinted(decl, policy);
	unexposed = strstr(clang_getCString(s), "__attribute__((weak))") != NULL;
	clang_disposeString(s);
	clang_PrintingPolicy_dispose(policy);
	return unexposed;
}

bool attribute_weak(CXCursor function)
{
	if (clang_Cursor_getStorageClass(function) == CX_SC_Static ||
	    !clang_Cursor_hasAttrs(function))
		return false;
	return prints_weak(function) || prints_weak(clang_getCanonicalCursor(function));
}

/* --- cleanup(function) */

struct cleanup_search {
	bool unexposed; /* libclang has no kind for the cleanup attribute, nor for some others */
	CXCursor function;
};

static enum CXChildVisitResult take_function(CXCursor c, CXCursor parent, CXClientData data)
{
	CXCursor decl = clang_getCursorReferenced(c);

	(void)parent;
	if (clang_getCursorKind(decl) == CXCursor_FunctionDecl)
		*(CXCursor *)data = decl;
	return CXChildVisit_Recurse;
}

static enum CXChildVisitResult match_cleanup(CXCursor c, CXCursor parent, CXClientData data)
{
	struct cleanup_search *search = data;

	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_UnexposedAttr)
		search->unexposed = true;
	else if (clang_getCursorKind(c) == CXCursor_AnnotateAttr &&
		 !strcmp(str_get(source_spelling(c)), "cleanup"))
		clang_visitChildren(c, take_function, &search->function);
	return CXChildVisit_Continue;
}

/* Behind the string or character literal that begins at `s`. */
static const char *literal_end(const char *s)
{
	char quote = *s++;

	for (; *s && *s != quote; s++)
		s += *s == '\\' && s[1];
	return *s ? s + 1 : s;
}

/*
 * Behind the first `what` of the text that is in no brackets and no literal; NULL: there is none.  The
 * attributes of a declaration stand so, before the initialiser or, with libclang 17, behind it, and those
 * of variables in the initialiser do not.
 */
static const char *find_outside(const char *s, const char *what)
{
	size_t n = strlen(what);
	int depth = 0;

	while (*s) {
		if (!depth && !strncmp(s, what, n))
			return s + n;
		if (*s == '"' || *s == '\'') {
			s = literal_end(s);
			continue;
		}
		depth += strchr("([{", *s) != NULL;
		depth -= strchr(")]}", *s) != NULL;
		s++;
	}
	return NULL;
}

/* The name in cleanup(NAME), which clang prints with the declaration; 0: there is none. */
static str printed_cleanup(CXCursor var)
{
	CXString s = clang_getCursorPrettyPrinted(var, NULL);
	const char *text = find_outside(clang_getCString(s), "__attribute__((cleanup(");
	str name = text ? str_intern_n(text, strcspn(text, ")")) : 0;

	clang_disposeString(s);
	return name;
}

bool attribute_cleanup(struct front *fr, CXCursor var, CXCursor *function, str *name)
{
	struct cleanup_search search = { .function = clang_getNullCursor() };

	if (!clang_Cursor_hasAttrs(var))
		return false;
	clang_visitChildren(var, match_cleanup, &search);
	*function = search.function;
	if (!clang_Cursor_isNull(*function)) {
		*name = source_spelling(*function);
		return true;
	}
	*name = search.unexposed ? printed_cleanup(var) : 0;
	if (*name && (!pch_visible_find(fr, *name, function) ||
		      clang_getCursorKind(*function) != CXCursor_FunctionDecl))
		*function = clang_getNullCursor();
	return *name;
}
