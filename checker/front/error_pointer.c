// SPDX-License-Identifier: GPL-2.0-only
/* error_pointer.c - inline functions that test whether a pointer is an error. */
#include <stdbool.h>

#include "error_pointer.h"
#include "node.h"
#include "type.h"

#define LAST_ERROR 4095 /* MAX_ERRNO of include/linux/err.h */

struct kids {
	CXCursor of[4];
	int n;
};

static enum CXChildVisitResult take_kid(CXCursor c, CXCursor parent, CXClientData data)
{
	struct kids *k = data;

	(void)parent;
	if (clang_isReference(clang_getCursorKind(c)) || clang_isAttribute(clang_getCursorKind(c)))
		return CXChildVisit_Continue;
	if (k->n < 4)
		k->of[k->n] = c;
	k->n++;
	return CXChildVisit_Continue;
}

static struct kids kids_of(CXCursor c)
{
	struct kids k = { .n = 0 };

	clang_visitChildren(c, take_kid, &k);
	return k;
}

static bool is_expect(CXCursor call)
{
	CXString s = clang_getCursorSpelling(call);
	bool yes = !strcmp(clang_getCString(s), "__builtin_expect");

	clang_disposeString(s);
	return yes;
}

/*
 * The expression without parentheses, casts, __builtin_expect() and negations, of which *negated
 * counts whether there was an odd number.
 */
static CXCursor bare(CXCursor c, bool *negated)
{
	struct kids k;

	for (;; k = kids_of(c), c = k.of[k.n > 1 && clang_getCursorKind(c) == CXCursor_CallExpr]) {
		k = kids_of(c);
		switch (clang_getCursorKind(c)) {
		case CXCursor_ParenExpr:
		case CXCursor_UnexposedExpr:
		case CXCursor_CStyleCastExpr:
			if (k.n != 1)
				return c;
			break;
		case CXCursor_UnaryOperator:
			if (clang_getCursorUnaryOperatorKind(c) != CXUnaryOperator_LNot)
				return c;
			*negated = !*negated;
			break;
		case CXCursor_CallExpr:
			if (!is_expect(c) || k.n != 3)
				return c;
			break;
		default:
			return c;
		}
	}
}

static bool is_param(CXCursor c)
{
	bool negated = false;

	c = bare(c, &negated);
	return !negated && clang_getCursorKind(c) == CXCursor_DeclRefExpr &&
	       clang_getCursorKind(clang_getCursorReferenced(c)) == CXCursor_ParmDecl;
}

/* Is it (unsigned long)pointer >= (unsigned long)-MAX_ERRNO? */
static bool tests_error(CXCursor c)
{
	bool negated = false;
	struct kids k;
	long long value;

	c = bare(c, &negated);
	k = kids_of(c);
	return !negated && clang_getCursorKind(c) == CXCursor_BinaryOperator && k.n == 2 &&
	       clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_GE && is_param(k.of[0]) &&
	       node_evaluate(k.of[1], &value) && value < 0 && value >= -LAST_ERROR;
}

static bool tests_null(CXCursor c)
{
	bool negated = false;

	c = bare(c, &negated);
	return negated && is_param(c);
}

enum error_test error_test_of(CXCursor def)
{
	struct kids k = kids_of(def);
	bool negated = false;
	CXCursor c;

	if (k.n < 2 || k.n > 4 || clang_Cursor_getNumArguments(def) != 1)
		return TESTS_NO_ERROR;
	c = k.of[k.n - 1];
	k = kids_of(c);
	if (clang_getCursorKind(c) != CXCursor_CompoundStmt || k.n != 1 ||
	    clang_getCursorKind(k.of[0]) != CXCursor_ReturnStmt)
		return TESTS_NO_ERROR;
	k = kids_of(k.of[0]);
	if (k.n != 1)
		return TESTS_NO_ERROR;
	if (tests_error(k.of[0]))
		return TESTS_ERROR;
	c = bare(k.of[0], &negated);
	k = kids_of(c);
	return !negated && clang_getCursorKind(c) == CXCursor_BinaryOperator && k.n == 2 &&
			       clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_LOr &&
			       tests_null(k.of[0]) && tests_error(k.of[1]) ?
		       TESTS_NULL_OR_ERROR :
		       TESTS_NO_ERROR;
}
