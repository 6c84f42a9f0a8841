// SPDX-License-Identifier: GPL-2.0-only
/* integer.c - C integer types and the conversion of constants between them. */
#include "integer.h"

#define INT_BITS 32 /* on all targets of the kernel */

struct integer integer_bitfield(struct integer t, uint32_t width)
{
	if (t.bits && width < t.bits)
		t.bits = width;
	return t;
}

struct integer integer_promote(struct integer t)
{
	if (t.bits && t.bits < INT_BITS)
		return (struct integer){ .bits = INT_BITS, .is_signed = true };
	return t;
}

struct integer integer_common(struct integer a, struct integer b)
{
	a = integer_promote(a);
	b = integer_promote(b);
	if (!a.bits || !b.bits)
		return (struct integer){ 0 };
	if (a.bits != b.bits)
		return a.bits > b.bits ? a : b;
	return a.is_signed ? b : a;
}

bool integer_same(struct integer a, struct integer b)
{
	return a.bits == b.bits && a.is_signed == b.is_signed && a.is_bool == b.is_bool;
}

long long integer_convert(struct integer t, long long value)
{
	unsigned shift = 64 - t.bits;

	if (t.is_bool)
		return value != 0;
	if (!t.bits || t.bits >= 64)
		return value;
	if (t.is_signed)
		return (long long)((unsigned long long)value << shift) >> shift;
	return (long long)((unsigned long long)value << shift >> shift);
}

bool integer_keeps_value(struct integer from, struct integer to)
{
	if (!from.bits || !to.bits)
		return false;
	if (to.is_bool)
		return from.bits == 1 && !from.is_signed;
	if (from.is_signed == to.is_signed)
		return from.bits <= to.bits;
	return !from.is_signed && from.bits < to.bits;
}

bool integer_keeps_apart(struct integer from, struct integer to)
{
	if (to.is_bool)
		return from.bits == 1;
	return from.bits && from.bits <= to.bits;
}

bool integer_keeps_nonzero(struct integer from, struct integer to)
{
	return from.bits && (to.is_bool || from.bits <= to.bits);
}
