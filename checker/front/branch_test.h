/* SPDX-License-Identifier: GPL-2.0-only */
/* branch_test.h - what branches depend on, and where that gets another value. */
#ifndef RACYBITS_FRONT_BRANCH_TEST_H
#define RACYBITS_FRONT_BRANCH_TEST_H

#include "bb.h"
#include "fn.h"

/* Marks the variables and members that branches of the body depend on; once, before cfg_build(). */
void branch_test_mark(struct fn *f, struct node *n);
/* The operand x of `1 << x`, or NULL. */
struct node *branch_test_shift(struct fn *f, struct node *n);
/* Makes the block test the value of `n`, which is no call; false if that is not followed. */
bool branch_test_value(struct fn *f, struct bb *bb, struct node *n);
/*
 * Makes the block compare the value of `n`, converted to type `as`, with a constant of that type:
 * TEST_EQUAL, TEST_MASK or TEST_SHIFT.  False if that is not followed.
 */
bool branch_test_number(struct fn *f, struct bb *bb, struct node *n, enum test_kind kind,
			struct integer as, long long value);
/* Makes the block test whether two pointers of the function are equal; false if `n` is no such
 * comparison. */
bool branch_test_same(struct fn *f, struct bb *bb, struct node *n);
/* Notes that the lvalue `to`, if it is a member, gets `value` (NULL: not known). */
void branch_test_change(struct fn *f, struct node *to, struct node *value);

#endif
