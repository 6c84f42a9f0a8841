// SPDX-License-Identifier: GPL-2.0-only
/* link.c - the passes from facts to verdicts, in order. */
#include "link.h"
#include "callgraph.h"
#include "context_demand.h"
#include "escape.h"
#include "explore.h"
#include "funcptr.h"
#include "limit.h"
#include "lock_intern.h"
#include "lockset.h"
#include "modref.h"
#include "oneshot.h"
#include "outparams.h"
#include "ownership.h"
#include "registrations.h"
#include "relevance.h"
#include "slots.h"
#include "specialise.h"
#include "symtab.h"
#include "verdict.h"
#include "writes.h"

static void link_free(struct link *l)
{
	oneshot_free(l);
	ownership_free(l);
	slots_free(l);
	funcptr_free(l);
	registrations_free(l);
	symtab_free(l);
	lock_intern_end(l);
	limits_end(l);
}

void link_program(struct program *p, struct arena *a)
{
	struct link l = { .p = p, .model = p->model, .arena = a };

	limits_begin(&l);
	lock_intern_begin(&l);
	symtab_build(&l);
	outparams_resolve(&l);
	registrations_collect(&l);
	funcptr_solve(&l);
	slots_collect(&l);
	callgraph_build(&l);
	relevance_mark(&l);
	modref_summarise(&l);
	if (specialise(&l)) {
		callgraph_build(&l);
		relevance_mark(&l);
		modref_forget(&l); /* lockset_summarise() makes it anew, narrower */
	}
	escape_summarise(&l);
	ownership_find(&l);
	oneshot_find(&l);
	lockset_summarise(&l);
	context_demand(&l);
	contexts_explore(&l);
	writes_collect(&l);
	oneshot_settle(&l);
	contexts_free(&l);
	verdict_judge(&l);
	link_free(&l);
}
