// SPDX-License-Identifier: GPL-2.0-only
/* dump_contexts.c - prints locksets inside functions, and the contexts that functions run in. */
#include "dump_contexts.h"
#include "base/names.h"
#include "context.h"
#include "context_demand.h"
#include "facts/dump.h"
#include "lock_params.h"
#include "lockset.h"

/* --- lockset */

/* " if the result is negative or 0", for instance; nothing if the effect is the same always. */
static void put_when(const struct dump *d, const struct lock_effect *e)
{
	static const char *const words[] = { "negative", "0", "1", "more than 1" };
	uint32_t i, n = 0;

	if (e->maybe)
		fputs(" maybe", d->f);
	if (e->maybe || result_always(&e->when))
		return;
	if (e->told_by == TOLD_BY_RESULT)
		fputs(" if the result is ", d->f);
	else
		fprintf(d->f, " if arg%u points to what is ", e->told_by);
	for (i = 0; i < RESULT_CLASSES; i++)
		if (e->when.held >> i & 1)
			fprintf(d->f, "%s%s", n++ ? " or " : "", words[i]);
}

static void put_effect(const struct dump *d, uint32_t f, const struct lock *const *locks,
		       const struct lock_effect *e)
{
	static const char *const ops[] = { "acquires ", "releases ",   "asserts ",
					   "spares ",	"takes each ", "drops each " };

	fputs(ops[e->op], d->f);
	dump_lock(d, f, locks[e->lock], e->mode);
	put_when(d, e);
	fputc('\n', d->f);
}

/* The locks of a set, by number. */
static void put_set(const struct dump *d, const char *head, lock_set set)
{
	uint32_t i, n = 0;

	for (i = 0; i < LOCK_SET_BITS; i++)
		if (set >> i & 1)
			fprintf(d->f, "%s%u", n++ ? "," : head, i);
}

static const char *doubt_words(uint32_t doubted)
{
	return doubted & LOCKS_LOST	 ? "; maybe unlocked" :
	       doubted & LOCKS_SOMETIMES ? "; sometimes locked" :
					   "";
}

static void put_point(const struct dump *d, uint32_t f, const struct point *p)
{
	const struct function *fn = &d->l->p->functions[f];

	fprintf(d->f, "  at line %u, ", p->event->loc.line);
	if (p->event->kind == EV_CALL) {
		dump_call(d, f, p->event->call);
	} else {
		fputs("write of ", d->f);
		dump_path(d->f, fn, p->event->obj);
		fprintf(d->f, " :: %s", p->event->field ? str_get(p->event->field) : "all");
	}
	put_set(d, "; exclusive ", p->is->exclusive);
	put_set(d, "; shared ", p->is->shared & ~p->is->exclusive);
	put_set(d, "; released ", p->is->released);
	put_set(d, "; released shared ", p->is->released_shared);
	put_set(d, "; maybe released ", p->is->maybe_released);
	put_set(d, "; published ", p->is->published);
	put_set(d, "; handed out ", p->is->handed_out);
	fprintf(d->f, "%s%s\n", doubt_words(p->is->doubted), p->is->slept ? "; has slept" : "");
}

void dump_lockset(const struct dump *d)
{
	uint32_t i, f, k, c;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		const struct function_locks *t;

		f = d->functions[i];
		t = &d->l->locks[f];
		fputs("function ", d->f);
		dump_function(d, f);
		fprintf(d->f, "%s%s\n", t->sleeps ? ", sleeps" : "",
			t->cyclic ? ", recursive" : "");
		for (k = 0; k < t->nlocks; k++) {
			fprintf(d->f, "  lock %u: ", k);
			dump_lock(d, f, t->locks[k], t->locks[k]->mode);
			fputc('\n', d->f);
		}
		for (c = 0; c < d->l->p->functions[f].ncalls; c++)
			for (k = t->first_effect[c]; k < t->first_effect[c + 1]; k++) {
				fputs("  ", d->f);
				dump_call(d, f, c);
				fputc(' ', d->f);
				put_effect(d, f, t->locks, &t->effects[k]);
			}
		for (k = 0; k < t->nsummary; k++) {
			fputs("  a call of it ", d->f);
			put_effect(d, f, t->summary_locks, &t->summary[k]);
		}
		for (k = 0; k < t->npoints; k++)
			put_point(d, f, &t->points[k]);
	}
}

/* --- context-demand, contexts */

void dump_demand(const struct dump *d)
{
	uint32_t i, k, demand;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		if (!d->l->relevant[d->functions[i]])
			continue;
		demand = d->l->demand[d->functions[i]];
		dump_function(d, d->functions[i]);
		fputs(demand ? " asks for" : " asks for nothing", d->f);
		for (k = 0; k < PARAMS_MAX; k++)
			if (demand >> k & 1)
				fprintf(d->f, " arg%u", k);
		fprintf(d->f, "%s%s\n", demand & DEMAND_ALLOC ? " allocated" : "",
			demand & DEMAND_GLOBAL ? " global" : "");
	}
}

static void put_phase(const struct dump *d, const char *what, uint32_t n, uint32_t phase)
{
	static const char *const names[] = {
		[OBJECT_SETUP] = "setup",     [OBJECT_TEARDOWN] = "teardown",
		[OBJECT_RUNTIME_OWN] = "own", [OBJECT_RUNTIME_ASSUMED] = "assumed-runtime",
		[OBJECT_RUNTIME] = "runtime",
	};

	if (phase == OBJECT_NOT_ASKED)
		return;
	fprintf(d->f, "; %s", what);
	if (n != NONE)
		fprintf(d->f, "%u", n);
	fprintf(d->f, " %s", names[phase]);
}

/* The parameters that are locks, or lead to them. */
static void put_bound(const struct dump *d, const struct context *n)
{
	const struct function *fn = &d->l->p->functions[n->function];
	const struct lock *bound;
	uint32_t i;

	for (i = 0; i < fn->nparams; i++) {
		bound = lock_params_bound(d->l, n->bound, i);
		if (!bound)
			continue;
		fprintf(d->f, "; arg%u is ", i);
		if (bound->name)
			fprintf(d->f, "%s at ", str_get(bound->name));
		dump_path(d->f, fn, &bound->path);
	}
}

static void put_context(const struct dump *d, const struct context *n)
{
	const struct context *from = n->parent == NONE ? NULL : context_at(d->l, n->parent);
	uint32_t i;

	fprintf(d->f, "  %s, entry point %s", str_get(n->kind), phase_name(n->entry_phase));
	if (from) {
		fputs("; from ", d->f);
		dump_function(d, from->function);
		fputc(' ', d->f);
		dump_call(d, from->function, n->parent_call);
	} else if (n->label) {
		fprintf(d->f, "; as %s", str_get(n->label));
	}
	for (i = 0; i < PARAMS_MAX; i++)
		put_phase(d, "arg", i, n->phase[i]);
	put_phase(d, "allocated", NONE, n->alloc_phase);
	put_phase(d, "global", NONE, n->global_phase);
	put_bound(d, n);
	for (i = 0; i < n->entry->n; i++) {
		fputs(i ? ", " : "; holds ", d->f);
		dump_lock(d, n->function, n->entry->locks[i], n->entry->locks[i]->mode);
	}
	fprintf(d->f, "%s%s%s%s\n", doubt_words(n->doubted), n->against ? "; against a test" : "",
		n->unseen ? "; callers not seen" : "", n->merged && !n->unseen ? "; merged" : "");
}

void dump_contexts(const struct dump *d)
{
	const struct explorer *x = d->l->explorer;
	uint32_t i, f, at;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		f = d->functions[i];
		if (x->of[f].first == NONE)
			continue;
		fputs("function ", d->f);
		dump_function(d, f);
		fputc('\n', d->f);
		for (at = x->of[f].first; at != NONE; at = context_at(x->l, at)->next)
			if (!context_at(x->l, at)->dropped)
				put_context(d, context_at(x->l, at));
	}
}
