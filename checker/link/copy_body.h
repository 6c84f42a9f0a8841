/* SPDX-License-Identifier: GPL-2.0-only */
/* copy_body.h - the body of a function whose arguments are partly known. */
#ifndef RACYBITS_COPY_BODY_H
#define RACYBITS_COPY_BODY_H

#include "link.h"

/* Is the value of a parameter a number in decimal?  Else it is the key of a function. */
bool is_number_value(str value);

/*
 * Puts values in for the first PARAMS_MAX parameters of *fn, a copy of a function that shares its
 * arrays with the original: branches that they decide keep one successor, calls pass them on, and
 * calls of a parameter become calls of the function.  A value of 0 is not known.
 */
void copy_put_values(struct link *l, struct function *fn, const str *values);

/* Gives *fn an array of tested members of its own, with room for `more` further ones. */
void copy_grow_tested(struct link *l, struct function *fn, uint32_t more);
/* The index of a member among those that *fn tests, appended if it is not there. */
uint32_t copy_tested_index(struct function *fn, const struct tested_member *m);

#endif
