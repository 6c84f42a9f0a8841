// SPDX-License-Identifier: GPL-2.0-only
/* type.c - questions about clang types. */
#include "type.h"

bool type_is_record(CXType t)
{
	return t.kind == CXType_Record;
}

bool type_is_array(CXType t)
{
	return t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray ||
	       t.kind == CXType_VariableArray || t.kind == CXType_DependentSizedArray;
}

bool type_is_pointer(CXType t)
{
	return t.kind == CXType_Pointer;
}

bool type_is_function(CXType t)
{
	if (t.kind == CXType_Pointer)
		t = clang_getPointeeType(t);
	return t.kind == CXType_FunctionProto || t.kind == CXType_FunctionNoProto;
}

bool type_is_scalar(CXType t)
{
	return !type_is_record(t) && !type_is_array(t);
}

CXType type_element(CXType t)
{
	t = clang_getCanonicalType(t);
	while (type_is_array(t))
		t = clang_getCanonicalType(clang_getArrayElementType(t));
	return t;
}

struct integer type_integer(CXType t)
{
	struct integer out = { .is_signed = t.kind >= CXType_Char_S && t.kind <= CXType_Int128,
			       .is_bool = t.kind == CXType_Bool };
	long long size;

	if (t.kind == CXType_Enum)
		return type_integer(
			clang_getCanonicalType(clang_getEnumDeclIntegerType(type_declaration(t))));
	if (t.kind != CXType_Pointer && (t.kind < CXType_Bool || t.kind > CXType_Int128))
		return out;
	size = clang_Type_getSizeOf(t);
	if (size > 0 && size <= 8)
		out.bits = out.is_bool ? 1 : (uint32_t)size * 8;
	return out;
}

/* Looks for an object of a type that `is` accepts in one of another type. */
struct type_search {
	bool (*is)(CXType canonical);
	bool found;
};

static enum CXVisitorResult search_field(CXCursor field, CXClientData data);

static void search(struct type_search *s, CXType type)
{
	type = type_element(type);
	s->found = s->is(type);
	if (!s->found && type_is_record(type))
		clang_Type_visitFields(type, search_field, s);
}

static enum CXVisitorResult search_field(CXCursor field, CXClientData data)
{
	struct type_search *s = data;

	search(s, clang_getCursorType(field));
	return s->found ? CXVisit_Break : CXVisit_Continue;
}

bool type_holds_function(CXType type)
{
	struct type_search s = { .is = type_is_function };

	search(&s, type);
	return s.found;
}

bool type_holds_pointer(CXType type)
{
	struct type_search s = { .is = type_is_pointer };

	search(&s, type);
	return s.found;
}

CXCursor type_declaration(CXType t)
{
	CXCursor decl = clang_getTypeDeclaration(t), definition = clang_getCursorDefinition(decl);

	return clang_Cursor_isNull(definition) ? decl : definition;
}
