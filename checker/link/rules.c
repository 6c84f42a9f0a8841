// SPDX-License-Identifier: GPL-2.0-only
/* rules.c - look up the calls, slots and paths of the program in the model. */
#include "rules.h"
#include "called_works.h"
#include "symtab.h"

const struct entry_rule *rule_of_slot(const struct link *l, str record, str field)
{
	return model_slot(l->model, str_unqualified(record), field);
}

const struct entry_rule *rule_of_call(const struct link *l, const struct call *c)
{
	return c->kind == CALLEE_SLOT && !called_work(l, c->base) ?
		       rule_of_slot(l, c->record, c->name) :
		       NULL;
}

bool rule_is_entry(const struct entry_rule *r)
{
	return r && !r->by_callers;
}

bool argument_is_entry(const struct link *l, const struct call *c, uint32_t arg)
{
	return rule_is_entry(model_registration(l->model, str_unqualified(c->name), (int)arg));
}

bool call_has(const struct link *l, const struct call *c, enum model_statement s)
{
	return c->kind == CALLEE_DIRECT && model_has(l->model, s, str_unqualified(c->name));
}

int call_argument(const struct link *l, const struct call *c, enum model_statement s)
{
	int arg = c->kind == CALLEE_DIRECT ? model_argument(l->model, s, str_unqualified(c->name)) :
					     -1;

	return arg >= 0 && (uint32_t)arg < c->nargs ? arg : -1;
}

const struct path *call_overwrites(const struct link *l, const struct function *fn, uint32_t call)
{
	const struct call *c = &fn->calls[call];
	int arg = call_argument(l, c, MODEL_WRITE);
	uint32_t i;

	if (arg < 0 || !symtab_record(l, c->args[arg]->type))
		return NULL;
	for (i = 0; i < fn->nparts; i++)
		if (fn->parts[i].call == call && fn->parts[i].arg == (uint32_t)arg &&
		    !fn->parts[i].field)
			return NULL;
	return c->args[arg];
}

const struct part_write *call_overwrites_part(const struct link *l, const struct function *fn,
					      uint32_t call, uint32_t *at)
{
	int arg = *at < fn->nparts ? call_argument(l, &fn->calls[call], MODEL_WRITE) : -1;

	while (arg >= 0 && *at < fn->nparts) {
		const struct part_write *p = &fn->parts[(*at)++];

		if (p->call == call && p->arg == (uint32_t)arg && p->field &&
		    symtab_record(l, p->obj.type))
			return p;
	}
	return NULL;
}

bool step_traverses(const struct link *l, const struct step *s)
{
	return (s->kind == STEP_PTR || s->kind == STEP_FIELD) &&
	       model_has_field(l->model, MODEL_TRAVERSE, str_unqualified(s->record), s->field);
}

bool path_traverses(const struct link *l, const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (step_traverses(l, &p->steps[i]))
			return true;
	return false;
}
