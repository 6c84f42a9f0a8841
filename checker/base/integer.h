/* SPDX-License-Identifier: GPL-2.0-only */
/* integer.h - C integer types and the conversion of constants between them (C11 6.3). */
#ifndef RACYBITS_INTEGER_H
#define RACYBITS_INTEGER_H

#include "model.h"

/* The type of a bitfield of `width` bits, declared with type `t`. */
struct integer integer_bitfield(struct integer t, uint32_t width);
/* The integer promotions (C11 6.3.1.1). */
struct integer integer_promote(struct integer t);
/* The usual arithmetic conversions (C11 6.3.1.8). */
struct integer integer_common(struct integer a, struct integer b);
bool integer_same(struct integer a, struct integer b);

/* Converts a value of any integer type to `t` (C11 6.3.1.2, 6.3.1.3); leaves it alone if `t` is none. */
long long integer_convert(struct integer t, long long value);
/* Does every value of `from` convert to the same value of `to`? */
bool integer_keeps_value(struct integer from, struct integer to);
/* Do different values of `from` convert to different values of `to`? */
bool integer_keeps_apart(struct integer from, struct integer to);
/* Does every value but 0 of `from` convert to one that is not 0? */
bool integer_keeps_nonzero(struct integer from, struct integer to);

#endif
