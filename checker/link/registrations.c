// SPDX-License-Identifier: GPL-2.0-only
/* registrations.c - which function registers a global object that has callbacks. */
#include <uthash.h>

#include "registrations.h"
#include "kernel/linuxmodel.h"
#include "rules.h"

struct registration {
	str object; /* name of the global variable */
	const struct entry_rule *rule;
	struct registration *next; /* of the same object */
	UT_hash_handle hh;
};

static void add_registration(struct link *l, str object, const struct entry_rule *rule)
{
	struct registration *r = arena_alloc(l->arena, sizeof(*r)), *head;

	r->object = object;
	r->rule = rule;
	HASH_FIND(hh, l->registrations, &object, sizeof(object), head);
	if (head) {
		r->next = head->next;
		head->next = r;
	} else {
		HASH_ADD(hh, l->registrations, object, sizeof(object), r);
	}
}

void registrations_collect(struct link *l)
{
	const struct entry_rule *rule;
	uint32_t c, a;
	size_t f;

	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; c < l->p->functions[f].ncalls; c++) {
			const struct call *call = &l->p->functions[f].calls[c];

			for (a = 0; call->kind == CALLEE_DIRECT && a < call->nargs; a++) {
				if (call->args[a]->root != ROOT_GLOBAL || call->args[a]->nsteps)
					continue;
				rule = model_registration(l->model, str_unqualified(call->name),
							  (int)a);
				if (rule && rule->fn_member)
					add_registration(l, call->args[a]->name, rule);
			}
		}
}

const struct entry_rule *registrations_rule(const struct link *l, const struct stored *s)
{
	const struct registration *r = NULL;

	if (s->object)
		HASH_FIND(hh, l->registrations, &s->object, sizeof(s->object), r);
	for (; r; r = r->next)
		if (r->rule->fn_member == s->field)
			return r->rule;
	return rule_of_slot(l, s->record, s->field);
}

void registrations_each(const struct link *l, registration_fn *each, void *ctx)
{
	const struct registration *first, *r;

	for (first = l->registrations; first; first = first->hh.next)
		for (r = first; r; r = r->next)
			each(ctx, r->object, r->rule);
}

void registrations_free(struct link *l)
{
	HASH_CLEAR(hh, l->registrations);
}
