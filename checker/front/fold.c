// SPDX-License-Identifier: GPL-2.0-only
/* fold.c - integer arithmetic on constants, as the compiler does it. */
#include "fold.h"

/* Operators whose result depends on signedness, except for operands that are not negative. */
static bool fold_positive(uint32_t op, long long a, long long b, long long *value)
{
	bool divides = op == CXBinaryOperator_Div || op == CXBinaryOperator_Rem;

	if (a < 0 || b < 0 || (divides && !b) || (op == CXBinaryOperator_Shr && b > 63))
		return false;
	switch (op) {
	case CXBinaryOperator_Div:
		*value = a / b;
		return true;
	case CXBinaryOperator_Rem:
		*value = a % b;
		return true;
	case CXBinaryOperator_Shr:
		*value = a >> b;
		return true;
	case CXBinaryOperator_LT:
		*value = a < b;
		return true;
	case CXBinaryOperator_GT:
		*value = a > b;
		return true;
	case CXBinaryOperator_LE:
		*value = a <= b;
		return true;
	case CXBinaryOperator_GE:
		*value = a >= b;
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

bool fold_binary(uint32_t op, long long a, long long b, long long *value)
{
	unsigned long long ua = (unsigned long long)a, ub = (unsigned long long)b;

	switch (op) {
	case CXBinaryOperator_Add:
		*value = (long long)(ua + ub);
		return true;
	case CXBinaryOperator_Sub:
		*value = (long long)(ua - ub);
		return true;
	case CXBinaryOperator_Mul:
		*value = (long long)(ua * ub);
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
	case CXBinaryOperator_Shl:
		*value = (long long)(ua << (ub & 63));
		return ub < 64;
	default:
		return fold_positive(op, a, b, value);
	}
}

long long fold_convert(CXType t, long long value)
{
	long long size = clang_Type_getSizeOf(t);
	bool is_signed = t.kind >= CXType_Char_S;
	unsigned shift;

	if (t.kind == CXType_Bool)
		return value != 0;
	if (size <= 0 || size >= 8 || t.kind > CXType_Int128)
		return value;
	shift = (unsigned)(64 - size * 8);
	if (is_signed)
		return (long long)((unsigned long long)value << shift) >> shift;
	return (long long)((unsigned long long)value << shift >> shift);
}
