// SPDX-License-Identifier: GPL-2.0-only
/* link.c - the passes from facts to verdicts, in order, each with its check behind it. */
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
#include "verdict_check.h"
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

/* Who calls whom.  A second time when specialise() has added functions. */
static void calls_find(struct link *l)
{
	callgraph_build(l);
	callgraph_check(l);
	relevance_mark(l);
	relevance_check(l);
}

void link_program(struct program *p, struct arena *a)
{
	struct link l = { .p = p, .model = p->model, .arena = a };

	limits_begin(&l);
	lock_intern_begin(&l);

	/* names, and where functions are called from */
	symtab_build(&l);
	symtab_check(&l);
	outparams_resolve(&l);
	registrations_collect(&l);
	funcptr_solve(&l);
	funcptr_check(&l);
	slots_collect(&l);
	slots_check(&l);
	calls_find(&l);
	modref_summarise(&l);
	modref_check(&l);
	if (specialise(&l)) {
		calls_find(&l);
		modref_forget(&l); /* lockset_summarise() makes it again, narrower */
	}
	specialise_check(&l);

	/* what each function does for its callers */
	escape_summarise(&l);
	escape_check(&l);
	ownership_find(&l);
	oneshot_find(&l);
	oneshot_check(&l);
	lockset_summarise(&l);
	lockset_check(&l);

	/* from the entry points to the writes */
	context_demand(&l);
	context_demand_check(&l);
	contexts_explore(&l);
	contexts_check(&l);
	lock_intern_check(&l);
	writes_collect(&l);
	oneshot_settle(&l);
	contexts_free(&l); /* the largest of all, and not needed for the verdicts */

	verdict_judge(&l);
	verdict_check(&l);
	link_free(&l);
}
