// SPDX-License-Identifier: GPL-2.0-only
/* cycles.c - the cycles of the call graph. */
#include "cycles.h"
#include "callgraph.h"

/* Kosaraju's algorithm: from the end of the postorder, callers that belong to no later cycle. */
void cycles_find(const struct link *l, struct cycles *c)
{
	size_t n = l->p->nfunctions, depth = 0, i;
	uint32_t *stack = xmalloc((n + 1) * sizeof(*stack)), k;

	c->of = xmalloc((n + 1) * sizeof(*c->of));
	c->functions = xcalloc(n + 1, sizeof(*c->functions));
	for (i = 0; i < n; i++)
		c->of[i] = NONE;
	for (i = n; i-- > 0;) {
		uint32_t last = l->bottom_up[i];

		if (c->of[last] != NONE)
			continue;
		c->of[last] = last;
		stack[depth++] = last;
		while (depth) {
			const struct callgraph_node *g = &l->callgraph[stack[--depth]];

			c->functions[last]++;
			for (k = 0; k < g->ncallers; k++) {
				if (c->of[g->callers[k]] != NONE)
					continue;
				c->of[g->callers[k]] = last;
				stack[depth++] = g->callers[k];
			}
		}
	}
	free(stack);
}

void cycles_free(struct cycles *c)
{
	free(c->of);
	free(c->functions);
}
