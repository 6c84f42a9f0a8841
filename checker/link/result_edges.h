/* SPDX-License-Identifier: GPL-2.0-only */
/* result_edges.h - what is only reached where a function of the model has returned something but 0. */
#ifndef RACYBITS_RESULT_EDGES_H
#define RACYBITS_RESULT_EDGES_H

#include "link.h"

/* Is it such a function? */
typedef bool function_name_fn(const struct link *l, str about, str function);
/*
 * Does each path from the entry of f to the event, which is one of f, take an edge at which a direct call of
 * a function, for whose name `is` returns true, has returned something but 0?  `about` is passed on.
 */
bool behind_result(const struct link *l, uint32_t f, const struct event *e, function_name_fn *is,
		   str about);

#endif
