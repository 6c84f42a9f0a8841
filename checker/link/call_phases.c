// SPDX-License-Identifier: GPL-2.0-only
/* call_phases.c - the lifecycle phases of the objects that a call passes. */
#include "call_phases.h"
#include "kernel/linuxmodel.h"
#include "object_phase.h"
#include "resolve.h"
#include "rules.h"

static bool is_owner(const struct entry_rule *r, uint32_t param)
{
	return r && r->owner >= 0 && (uint32_t)r->owner == param;
}

void call_phases_find(const struct link *l, uint32_t f, uint32_t call, uint16_t demand,
		      struct arena *arena, struct call_phases *to)
{
	const struct call *c = &l->p->functions[f].calls[call];
	struct path p;
	uint32_t i;
	str name;

	*to = (struct call_phases){
		.rule = rule_of_call(l, c), .sets_up = -1, .takes_down = -1, .stops = -1
	};
	if (c->kind == CALLEE_DIRECT) {
		name = str_unqualified(c->name);
		to->sets_up = model_argument(l->model, MODEL_SETUP, name);
		to->takes_down = model_argument(l->model, MODEL_TEARDOWN, name);
		to->stops = model_argument(l->model, MODEL_STOPPED, name);
	}
	for (i = 0; i < c->nargs && i < PARAMS_MAX; i++) {
		if (!(demand >> i & 1) || is_owner(to->rule, i))
			continue;
		p = argument_object(l, f, c->args[i]);
		to->args[i] = arena_copy(arena, &p, sizeof(p));
	}
}

void call_phases_set(const struct link *l, const struct call_phases *p, const struct context *from,
		     const struct point *pt, struct context *callee)
{
	uint8_t *phase = callee->phase;
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		phase[i] = p->args[i] ? (uint8_t)phase_of_object(l, from, p->args[i], pt) :
					OBJECT_RUNTIME;
	if (p->sets_up >= 0 && p->sets_up < PARAMS_MAX)
		phase[p->sets_up] = OBJECT_SETUP;
	if (p->takes_down >= 0 && p->takes_down < PARAMS_MAX)
		phase[p->takes_down] = OBJECT_TEARDOWN;
	if (p->stops >= 0 && p->stops < PARAMS_MAX && phase[p->stops] >= OBJECT_RUNTIME_ASSUMED)
		phase[p->stops] = OBJECT_RUNTIME_OWN;
	if (!p->rule)
		return;
	if (p->rule->owner >= 0 && p->rule->owner < PARAMS_MAX)
		phase[p->rule->owner] = (uint8_t)object_phase_of(p->rule->phase);
	callee->alloc_phase = p->rule->phase == PHASE_SETUP ? OBJECT_SETUP : OBJECT_RUNTIME;
}
