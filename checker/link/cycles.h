/* SPDX-License-Identifier: GPL-2.0-only */
/* cycles.h - the cycles of the call graph: its strongly connected components. */
#ifndef RACYBITS_CYCLES_H
#define RACYBITS_CYCLES_H

#include "link.h"

/* Each function is in one cycle, most alone. */
struct cycles {
	uint32_t *of;	     /* by function: that function of its cycle which bottom_up has last */
	uint32_t *functions; /* by such a function: how many are in the cycle */
};

/* Fills *c in, which cycles_free() frees; after callgraph_build(). */
void cycles_find(const struct link *l, struct cycles *c);
void cycles_free(struct cycles *c);

#endif
