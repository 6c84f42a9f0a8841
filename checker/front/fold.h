/* SPDX-License-Identifier: GPL-2.0-only */
/* fold.h - arithmetic on integer constants, as the compiler does it. */
#ifndef RACYBITS_FRONT_FOLD_H
#define RACYBITS_FRONT_FOLD_H

#include "base/integer.h"

/*
 * a OP b for the enum CXBinaryOperatorKind `op`, of operands that were converted to `t`, their common
 * type (the promoted type of the left one for a shift).  False if that is undefined, or `op` is no
 * arithmetic.
 */
bool fold_binary(uint32_t op, struct integer t, long long a, long long b, long long *value);

#endif
