/* SPDX-License-Identifier: GPL-2.0-only */
/* error_pointer.h - inline functions that test whether a pointer is an error: IS_ERR() and the like. */
#ifndef RACYBITS_FRONT_ERROR_POINTER_H
#define RACYBITS_FRONT_ERROR_POINTER_H

#include <clang-c/Index.h>

enum error_test {
	TESTS_NO_ERROR,
	TESTS_ERROR,	     /* its parameter, as IS_ERR() does */
	TESTS_NULL_OR_ERROR, /* the same, as IS_ERR_OR_NULL() does */
};

/*
 * What the function of this definition returns the outcome of.  An error is one of the last 4095
 * values that a pointer can have (include/linux/err.h).
 */
enum error_test error_test_of(CXCursor def);

#endif
