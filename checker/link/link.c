// SPDX-License-Identifier: GPL-2.0-only
/* link.c - the passes from facts to verdicts, in order, each with its check behind it. */
#include "link.h"
#include "callgraph.h"
#include "context_demand.h"
#include "called_works.h"
#include "continued.h"
#include "escape.h"
#include "explore.h"
#include "funcptr.h"
#include "limit.h"
#include "lock_intern.h"
#include "lock_params.h"
#include "lockset.h"
#include "makers.h"
#include "modref.h"
#include "modules.h"
#include "oneshot.h"
#include "outparams.h"
#include "ownership.h"
#include "queues.h"
#include "reads.h"
#include "registrations.h"
#include "relevance.h"
#include "restarts.h"
#include "routes.h"
#include "slice.h"
#include "slots.h"
#include "specialise.h"
#include "starts.h"
#include "symtab.h"
#include "verdict.h"
#include "verdict_check.h"
#include "writes.h"

static void link_free(struct link *l)
{
	reads_free(l);
	modules_free(l);
	makers_free(l);
	continued_free(l);
	called_works_free(l);
	lock_params_free(l);
	queues_free(l);
	restarts_free(l);
	starts_free(l);
	oneshot_free(l);
	ownership_free(l);
	slots_free(l);
	funcptr_free(l);
	registrations_free(l);
	symtab_free(l);
	lock_intern_end(l);
	limits_end(l);
}

/* Makes copies of functions for constant arguments; the call graph must be built again then. */
static void specialise_calls(struct link *l)
{
	if (!specialise(l))
		return;
	callgraph_build(l);
	callgraph_check(l);
	relevance_mark(l);
	relevance_check(l);
	modref_summarise(l); /* lockset_summarise() narrows it */
	modref_check(l);
}

/* No pass after this one adds locks. */
static void explored_check(const struct link *l)
{
	contexts_check(l);
	lock_intern_check(l);
}

/* The last pass that asks for contexts, which need the most memory of all. */
static void oneshot_settle_and_free(struct link *l)
{
	oneshot_settle(l);
	contexts_free(l);
}

/*
 * The passes in order.  The check of a pass asserts that what it made holds together, before the
 * next one uses it.
 */
static const struct pass {
	const char *name; /* as in dump --after= */
	void (*run)(struct link *l);
	void (*check)(const struct link *l); /* or NULL */
} passes[] = {
	/* names, and where functions are called from */
	{ "symtab", symtab_build, symtab_check },
	{ "called-works", called_works_find, NULL },
	{ "outparams", outparams_resolve, NULL },
	{ "registrations", registrations_collect, NULL },
	{ "funcptr", funcptr_solve, funcptr_check },
	{ "slots", slots_collect, slots_check },
	{ "callgraph", callgraph_build, callgraph_check },
	{ "relevance", relevance_mark, relevance_check },
	{ "modref", modref_summarise, modref_check },
	{ "specialise", specialise_calls, specialise_check },

	/* what each function does for its callers */
	{ "escape", escape_summarise, escape_check },
	{ "ownership", ownership_find, NULL },
	{ "oneshot", oneshot_find, oneshot_check },
	{ "starts", starts_find, relevance_check },
	{ "restarts", restarts_find, NULL },
	{ "queues", queues_find, NULL },
	{ "slice", slice_find, slice_check },
	{ "lockset", lockset_summarise, lockset_check },
	{ "lock-params", lock_params_find, NULL },

	/* from the entry points to the writes */
	{ "context-demand", context_demand, context_demand_check },
	{ "contexts", contexts_explore, explored_check },
	{ "continued", continued_find, NULL },
	{ "modules", modules_find, NULL },
	{ "makers", makers_find, NULL },
	{ "writes", writes_collect, NULL },
	{ "routes", routes_add, NULL },
	{ "oneshot-settle", oneshot_settle_and_free, NULL },

	{ "reads", reads_collect, NULL },
	{ "verdict", verdict_judge, verdict_check },
};

void link_program(struct program *p, struct arena *a, unsigned int jobs,
		  const struct link_watch *watch)
{
	struct link l = { .p = p, .model = p->model, .arena = a, .jobs = jobs };
	size_t i;

	limits_begin(&l);
	limits_of_facts(&l);
	lock_intern_begin(&l);
	for (i = 0; i < ARRAY_SIZE(passes); i++) {
		if (watch && watch->before)
			watch->before(watch->ctx, passes[i].name, i, ARRAY_SIZE(passes));
		passes[i].run(&l);
		if (passes[i].check)
			passes[i].check(&l);
		if (watch && watch->after)
			watch->after(watch->ctx, &l, passes[i].name);
	}
	link_free(&l);
}
