// SPDX-License-Identifier: GPL-2.0-only
/* set_up.c - members that only code which sets up or takes down objects assigns. */
#include "set_up.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "registrations.h"
#include "rules.h"
#include "slots.h"

enum entered_as {
	ENTERED_BY_CALLERS, /* alone */
	ENTERED_IN_SET_UP,  /* or in teardown */
	ENTERED_AT_RUNTIME,
};

struct set_up {
	uint8_t *entered; /* by function: enum entered_as */
	struct keymap
		assigning; /* record, member, or 0 for all of it: the functions that assign it */
	struct keymap functions; /* is_set_up() by function: {1} for yes, {0} for no */
	struct keymap answers;	 /* the same of members: record, field */
};

static void note_assigning(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct keymap *assigning = &l->set_up->assigning;
	const struct path *whole;
	uint32_t b, e, i;

	for (i = 0; i < fn->nassigned; i++)
		keymap_append(assigning, keymap_pair(fn->assigned[i].record, fn->assigned[i].field),
			      f);
	for (i = 0; i < fn->ncalls; i++) {
		whole = call_overwrites(l, fn, i);
		if (whole)
			keymap_append(assigning, keymap_pair(whole->type, 0), f);
	}
	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (fn->blocks[b].events[e].kind == EV_ACCESS &&
			    fn->blocks[b].events[e].access == ACCESS_WHOLE)
				keymap_append(assigning,
					      keymap_pair(fn->blocks[b].events[e].obj->type, 0), f);
}

void set_up_begin(struct link *l)
{
	struct set_up *s = l->set_up = xcalloc(1, sizeof(*s));
	size_t i;

	s->entered = xcalloc(l->p->nfunctions, sizeof(*s->entered));
	for (i = 0; i < l->slots->nstored; i++) {
		const struct stored *at = &l->slots->stored[i];
		const struct entry_rule *r = registrations_rule(l, at);
		uint8_t as = r && r->phase == PHASE_RUNTIME && rule_is_entry(r) ?
				     ENTERED_AT_RUNTIME :
			     r && r->phase != PHASE_RUNTIME ? ENTERED_IN_SET_UP :
							      ENTERED_BY_CALLERS;

		if (as > s->entered[at->function])
			s->entered[at->function] = as;
	}
	for (i = 0; i < l->p->nfunctions; i++)
		note_assigning(l, (uint32_t)i);
}

void set_up_end(struct link *l)
{
	free(l->set_up->entered);
	keymap_free(&l->set_up->assigning);
	free(l->set_up);
	l->set_up = NULL;
}

void set_up_remember(struct link *l)
{
	struct set_up *own = arena_copy(l->arena, l->set_up, sizeof(*own));

	own->functions = own->answers = (struct keymap){ 0 };
	l->set_up = own;
}

void set_up_forget(struct link *l)
{
	keymap_free(&l->set_up->functions);
	keymap_free(&l->set_up->answers);
}

/* --- is a function entered in set-up alone? */

struct set_up_climb {
	const struct link *l;
	bool *seen;
	bool at_runtime; /* a function on the way is entered so, or it is not known who calls it */
};

static bool enter_caller(void *ctx, uint32_t f, uint32_t callee)
{
	struct set_up_climb *c = ctx;
	uint8_t as = c->l->set_up->entered[f];

	(void)callee;
	if (c->seen[f] || c->at_runtime)
		return false;
	c->seen[f] = true;
	if (as == ENTERED_IN_SET_UP || c->l->p->functions[f].flags & (FUNC_INIT | FUNC_EXIT))
		return false;
	c->at_runtime = as == ENTERED_AT_RUNTIME || !c->l->callgraph[f].ncallers;
	return !c->at_runtime;
}

static bool climb(const struct link *l, uint32_t f)
{
	struct set_up_climb c = { .l = l, .seen = xcalloc(l->p->nfunctions, sizeof(*c.seen)) };

	callgraph_climb(l, f, enter_caller, &c);
	free(c.seen);
	return !c.at_runtime;
}

/* (constructors assign many members: each is asked about once) */
static bool is_set_up(const struct link *l, uint32_t f)
{
	struct keymap *known = &l->set_up->functions;

	if (!keymap_has(known, f))
		keymap_add(known, f, climb(l, f));
	return keymap_first(known, f);
}

/* --- which functions assign the member? */

static bool all_set_up(const struct link *l, const uint32_t *functions, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!is_set_up(l, functions[i]))
			return false;
	return true;
}

static bool ask(const struct link *l, str record, str field)
{
	const struct keymap *assigning = &l->set_up->assigning;
	const uint32_t *whole, *member;
	size_t nwhole, nmember;

	whole = keymap_list(assigning, keymap_pair(record, 0), &nwhole);
	member = keymap_list(assigning, keymap_pair(record, field), &nmember);
	return (nwhole || nmember) && all_set_up(l, member, nmember) &&
	       all_set_up(l, whole, nwhole);
}

bool only_set_up_assigns(const struct link *l, str record, str field)
{
	struct keymap *answers = &l->set_up->answers;
	uint64_t key = keymap_pair(record, field);

	if (!keymap_has(answers, key))
		keymap_add(answers, key, ask(l, record, field));
	return keymap_first(answers, key);
}
