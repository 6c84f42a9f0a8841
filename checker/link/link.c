// SPDX-License-Identifier: GPL-2.0-only
/* link.c - the stages of link in order. */
#include "link.h"

void link_program(struct program *p, struct arena *a)
{
	struct link l = { .p = p, .model = p->model, .arena = a };

	sharing_begin(&l);
	callgraph_build(&l);
	lockset_summarise(&l);
	phase_explore(&l);
	verdict_judge(&l);
	once_free(&l);
	sharing_end(&l);
	index_free(&l);
}
