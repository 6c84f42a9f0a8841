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
