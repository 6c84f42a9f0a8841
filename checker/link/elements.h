/* SPDX-License-Identifier: GPL-2.0-only */
/* elements.h - pointers that are elements of an array. */
#ifndef RACYBITS_ELEMENTS_H
#define RACYBITS_ELEMENTS_H

#include "link.h"

/* Does step `i` of the path lead from an element of an array of pointers to what it points to? */
bool step_from_element(const struct path *p, uint32_t i);
/* Is that array a local variable, which the path begins with? */
bool step_from_local_element(const struct path *p, uint32_t i);

/* How much an element adds to what is limited by LIMIT_PHASE_LOCALS: an array has more than one. */
#define ELEMENT_WEIGHT 2

/* Where a search for the pointers that a function puts into a local array is: zero at first. */
struct element_search {
	uint32_t block, event;
};

/* The next one that f stores in the array, the root of the path; NULL: there is no further one. */
const struct path *next_element(const struct link *l, uint32_t f, const struct path *array,
				struct element_search *at);

#endif
