// SPDX-License-Identifier: GPL-2.0-only
/* pch_index.c - which declarations the index of a precompiled header has. */
#include "pch_index.h"
#include "source.h"
#include "type.h"

bool pch_is_looked_up(CXCursor c)
{
	CXType type;

	if (clang_getCursorKind(c) == CXCursor_VarDecl)
		return true;
	if (clang_getCursorKind(c) != CXCursor_FunctionDecl)
		return false;
	type = clang_getCanonicalType(clang_getCursorType(c));
	return clang_getNumArgTypes(type) == 1 &&
	       type_is_pointer(clang_getCanonicalType(clang_getArgType(type, 0)));
}

bool pch_is_indexed(CXCursor c)
{
	return pch_is_looked_up(c) &&
	       (clang_getCursorKind(c) == CXCursor_VarDecl || !source_is_pasted(c));
}

bool pch_is_usable(void)
{
	return source_libclang() >= 18;
}
