/* SPDX-License-Identifier: GPL-2.0-only */
/* fold.h - integer arithmetic on constants, as the compiler does it. */
#ifndef RACYBITS_FRONT_FOLD_H
#define RACYBITS_FRONT_FOLD_H

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * a OP b for the enum CXBinaryOperatorKind `op`, not yet converted to the type of the result; false if
 * the result depends on a type that is not known here, or is undefined.
 */
bool fold_binary(uint32_t op, long long a, long long b, long long *value);
/* The value converted to an integer type (C11 6.3.1.3, 6.3.1.2); other types leave it alone. */
long long fold_convert(CXType canonical, long long value);

#endif
