// SPDX-License-Identifier: GPL-2.0-only
/* containers.c - objects embedded in one record, and code for those that are in another one. */
#include "containers.h"
#include "resolve.h"
#include "symtab.h"

/*
 * The key of the record that the member of the step is, itself and not by a pointer or in an array;
 * of a record of which nothing is known `shown`.  0: it is none, or in a union.
 */
static str record_of_member(const struct link *l, const struct step *s, str shown)
{
	const struct field *m = symtab_member(l, s->record, s->field);

	if (!m)
		return symtab_record(l, s->record) ? 0 : shown;
	return m->flags & (FIELD_POINTER | FIELD_ARRAY | FIELD_IN_UNION) ? 0 : m->record;
}

/*
 * Does the call of f pass a member of one record as the parameter from which `inner`, a path in the
 * frame of the callee, looks for another record around it?  The member is of the type that it is
 * taken for, so that no cast to or from a first member explains it.
 */
static bool mistakes_container(const struct link *l, uint32_t f, const struct call *c,
			       const struct function *callee, const struct path *inner)
{
	const struct step *out = inner->steps, *in;
	struct path arg;
	str type;

	if (!inner->nsteps || out->kind != STEP_CONTAINER || inner->index >= c->nargs ||
	    inner->index >= callee->nparams)
		return false;
	arg = resolve_path(l, f, c->args[inner->index]);
	in = arg.nsteps ? &arg.steps[arg.nsteps - 1] : out;
	if (in->kind != STEP_FIELD || str_unqualified(in->record) == str_unqualified(out->record))
		return false;
	type = record_of_member(l, in, arg.type);
	return type && type == record_of_member(l, out, callee->params[inner->index].type);
}

bool chain_mistakes_container(const struct link *l, uint32_t at, const struct path *obj)
{
	struct path here = *obj;
	uint32_t i;

	for (i = at; context_at(l, i)->parent != NONE && here.root == ROOT_PARAM;
	     i = context_at(l, i)->parent) {
		uint32_t f = context_caller(l, i);
		const struct call *c = context_call(l, i);

		if (mistakes_container(l, f, c, &l->p->functions[context_at(l, i)->function],
				       &here))
			return true;
		here = substitute_path(l, f, c, &here);
	}
	return false;
}
