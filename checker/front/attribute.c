// SPDX-License-Identifier: GPL-2.0-only
/* attribute.c - attributes of declarations. */
#include "attribute.h"
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

/* libclang has no kind for the cleanup attribute, nor for some others. */
static enum CXChildVisitResult match_cleanup(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_UnexposedAttr)
		return CXChildVisit_Continue;
	*(bool *)data = true;
	return CXChildVisit_Break;
}

bool attribute_is_cleanup(CXCursor var)
{
	bool found = false;

	if (clang_Cursor_hasAttrs(var))
		clang_visitChildren(var, match_cleanup, &found);
	return found;
}
