/* SPDX-License-Identifier: GPL-2.0-only */
/* callgraph.h - who calls whom. */
#ifndef RACYBITS_CALLGRAPH_H
#define RACYBITS_CALLGRAPH_H

#include "link.h"

void callgraph_build(struct link *l);

/* The only function that call `call` of f can reach; NONE if there is none, or several. */
static inline uint32_t only_target(const struct link *l, uint32_t f, uint32_t call)
{
	const struct func_info *i = &l->info[f];

	if (!i->first_target || i->first_target[call + 1] != i->first_target[call] + 1)
		return NONE;
	return i->targets[i->first_target[call]];
}

#endif
