/* SPDX-License-Identifier: GPL-2.0-only */
/* every_way.h - what holds for all ways by which a function has an object. */
#ifndef RACYBITS_EVERY_WAY_H
#define RACYBITS_EVERY_WAY_H

#include "ways.h"

enum way_answer {
	WAY_FAILS,
	WAY_HOLDS,
	WAY_LEADS_BACK, /* it holds if it does for all ways that this one leads back to */
};

/* Asked of each way until it answers, but for those of a null pointer. */
typedef enum way_answer ask_way_fn(void *ctx, const struct way *w);
/*
 * Does it hold for the way?  False if one leads to what is not known, if a way without an answer leads to no
 * other one, and after LIMIT_SOURCES ways.
 */
bool every_way(const struct link *l, const struct way *w, ask_way_fn *ask, void *ctx);

#endif
