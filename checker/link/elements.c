// SPDX-License-Identifier: GPL-2.0-only
/* elements.c - pointers that are elements of an array. */
#include "elements.h"

bool step_from_element(const struct path *p, uint32_t i)
{
	return i && p->steps[i].kind == STEP_DEREF && p->steps[i - 1].kind == STEP_INDEX;
}

bool step_from_local_element(const struct path *p, uint32_t i)
{
	return p->root == ROOT_STACK && i == 1 && step_from_element(p, i);
}

static bool stores_element(const struct event *e, const struct path *array)
{
	return e->kind == EV_STORE && !e->field && e->obj->root == ROOT_STACK &&
	       e->obj->index == array->index && e->src->root != ROOT_NULL;
}

const struct path *next_element(const struct link *l, uint32_t f, const struct path *array,
				struct element_search *at)
{
	const struct function *fn = &l->p->functions[f];

	for (; at->block < fn->nblocks; at->block++, at->event = 0)
		while (at->event < fn->blocks[at->block].nevents) {
			const struct event *e = &fn->blocks[at->block].events[at->event++];

			if (stores_element(e, array))
				return e->src;
		}
	return NULL;
}
