// SPDX-License-Identifier: GPL-2.0-only
/* fold.c - arithmetic on integer constants, as the compiler does it. */
#include <clang-c/Index.h>
#include <limits.h>

#include "fold.h"

static bool fold_unsigned(uint32_t op, unsigned long long a, unsigned long long b,
			  unsigned long long *value)
{
	switch (op) {
	case CXBinaryOperator_Add:
		*value = a + b;
		return true;
	case CXBinaryOperator_Sub:
		*value = a - b;
		return true;
	case CXBinaryOperator_Mul:
		*value = a * b;
		return true;
	case CXBinaryOperator_And:
		*value = a & b;
		return true;
	case CXBinaryOperator_Or:
		*value = a | b;
		return true;
	case CXBinaryOperator_Xor:
		*value = a ^ b;
		return true;
	case CXBinaryOperator_Div:
		*value = b ? a / b : 0;
		return b;
	case CXBinaryOperator_Rem:
		*value = b ? a % b : 0;
		return b;
	default:
		return false;
	}
}

static bool fold_signed_division(uint32_t op, long long a, long long b, long long *value)
{
	if (!b || (a == LLONG_MIN && b == -1))
		return false;
	*value = op == CXBinaryOperator_Div ? a / b : a % b;
	return true;
}

static bool fold_comparison(uint32_t op, struct integer t, long long a, long long b,
			    long long *value)
{
	bool less = t.is_signed ? a < b : (unsigned long long)a < (unsigned long long)b;

	switch (op) {
	case CXBinaryOperator_LT:
		*value = less;
		return true;
	case CXBinaryOperator_GE:
		*value = !less;
		return true;
	case CXBinaryOperator_LE:
		*value = less || a == b;
		return true;
	case CXBinaryOperator_GT:
		*value = !less && a != b;
		return true;
	case CXBinaryOperator_EQ:
		*value = a == b;
		return true;
	case CXBinaryOperator_NE:
		*value = a != b;
		return true;
	default:
		return false;
	}
}

static bool fold_shift(uint32_t op, struct integer t, long long a, long long b, long long *value)
{
	if (b < 0 || b >= t.bits)
		return false;
	if (op == CXBinaryOperator_Shl)
		*value = (long long)((unsigned long long)a << b);
	else if (t.is_signed)
		*value = a >> b;
	else
		*value = (long long)((unsigned long long)a >> b);
	*value = integer_convert(t, *value);
	return true;
}

bool fold_binary(uint32_t op, struct integer t, long long a, long long b, long long *value)
{
	unsigned long long u = 0;
	bool known;

	if (!t.bits)
		return false;
	if (op >= CXBinaryOperator_LT && op <= CXBinaryOperator_NE)
		return fold_comparison(op, t, a, b, value);
	if (op == CXBinaryOperator_Shl || op == CXBinaryOperator_Shr)
		return fold_shift(op, t, a, b, value);
	if (t.is_signed && (op == CXBinaryOperator_Div || op == CXBinaryOperator_Rem))
		return fold_signed_division(op, a, b, value);
	known = fold_unsigned(op, (unsigned long long)a, (unsigned long long)b, &u);
	*value = integer_convert(t, (long long)u);
	return known;
}
