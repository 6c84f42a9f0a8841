/* SPDX-License-Identifier: GPL-2.0-only */
/* value_range.h - which values an integer expression may have. */
#ifndef RACYBITS_FRONT_VALUE_RANGE_H
#define RACYBITS_FRONT_VALUE_RANGE_H

#include "base/uses.h"
#include "fn.h"

/* A range that contains all values that are known here, and where the others come from. */
struct value_set {
	bool any; /* low and high are set */
	long long low, high;
	struct value_source *more; /* VALUE_PARAM, VALUE_RESULT; each once */
	size_t n, cap;
	uint32_t without; /* values of variables of that depth are left out; 0: none are */
};

/* Adds the values of the expression; of an assignment operator those of the object after it. */
void value_set_add(struct fn *f, struct value_set *s, struct node *n);
/* Adds a range. */
void value_set_add_range(struct value_set *s, long long low, long long high);
/* The set as the fact states it, from f->arena; *n: how many. */
struct value_source *value_set_sources(struct fn *f, const struct value_set *s, uint32_t *n);
void value_set_free(struct value_set *s);

#endif
