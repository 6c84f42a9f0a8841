// SPDX-License-Identifier: GPL-2.0-only
/*
 * build_targets.c - which objects a patch can break.  Another type of a field changes what the compiler says
 * of code that names the field, and another layout only what is asserted of it.
 */
#include "base/uses.h"
#include "build_targets.h"

/* --- uses of the record */

static bool path_mentions(const struct path *p, str record)
{
	uint32_t i;

	if (p->type == record)
		return true;
	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].record == record)
			return true;
	return false;
}

static bool function_uses(const struct function *f, str record)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++)
			if (path_mentions(f->blocks[i].events[j].obj, record))
				return true;
	return false;
}

/* --- uses of what changes */

static bool is_changed(const struct fix_plan *plan, str field)
{
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++)
		if (plan->moves[i].judged->field->name == field)
			return true;
	return false;
}

static bool function_names_field(const struct function *f, const struct fix_plan *plan)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++) {
			const struct event *e = &f->blocks[i].events[j];

			if (e->kind == EV_ACCESS && e->obj->type == plan->record->key && e->field &&
			    is_changed(plan, e->field))
				return true;
		}
	return false;
}

static bool asserts_layout(const struct member_use *u, const struct fix_plan *plan)
{
	return u->record == plan->record->key &&
	       (u->kind == USE_SIZE || u->kind == USE_OFFSET || u->kind == USE_POSITION);
}

/* --- objects */

/* Is there an object of the file?  Not of a header, nor of a source file that another includes. */
static bool has_object(const struct fix_series *s, str file)
{
	return name_ends_in(str_get(file), ".c") && s->o->is_compiled(s->o->ctx, str_get(file));
}

/* Adds the object of the file; false if there is none. */
static bool add_object(const struct fix_series *s, struct args *targets, str file)
{
	const char *path = str_get(file);

	if (!has_object(s, file))
		return false;
	args_add(targets, "%.*s.o", (int)strlen(path) - 2, path);
	return true;
}

static bool calls(const struct function *f, str name)
{
	uint32_t i;

	for (i = 0; i < f->ncalls; i++)
		if (f->calls[i].kind == CALLEE_DIRECT && f->calls[i].name == name)
			return true;
	return false;
}

/* Adds the object of the function or, if it is in a header, those of its callers; false if there is none. */
static bool add_function(const struct fix_series *s, struct args *targets, size_t f, bool *seen)
{
	const struct function *functions = s->p->functions;
	bool any = false;
	size_t i;

	if (add_object(s, targets, functions[f].loc.file))
		return true;
	seen[f] = true;
	for (i = 0; i < s->p->nfunctions; i++)
		if (!seen[i] && calls(&functions[i], functions[f].name))
			any |= add_function(s, targets, i, seen);
	return any;
}

/* Adds the objects of files that use what changes; false if one that has no object does. */
static bool add_touched(const struct fix_series *s, const struct fix_plan *plan,
			struct args *targets)
{
	bool *seen = xcalloc(s->p->nfunctions + 1, sizeof(*seen)), found = true;
	size_t i;

	for (i = 0; i < s->p->nfunctions && found; i++)
		if (function_names_field(&s->p->functions[i], plan))
			found = add_function(s, targets, i, seen);
	free(seen);
	for (i = 0; i < s->p->nuses && found; i++) {
		const struct member_use *u = &s->p->uses[i];

		found = !asserts_layout(u, plan) || add_object(s, targets, u->loc.file);
	}
	return found;
}

static void add_all_users(const struct fix_series *s, const struct fix_plan *plan,
			  struct args *targets)
{
	size_t i;

	for (i = 0; i < s->p->nfunctions; i++) {
		const struct function *f = &s->p->functions[i];

		if (function_uses(f, plan->record->key))
			add_object(s, targets, f->loc.file);
	}
}

void build_targets(const struct fix_series *s, const struct patch *patch, struct args *targets)
{
	size_t i, n = 0, before = targets->n;

	if (!add_touched(s, &patch->plan, targets) || targets->n == before)
		add_all_users(s, &patch->plan, targets);
	args_sort(targets);
	for (i = 0; i < targets->n; i++) {
		if (n && !strcmp(targets->v[n - 1], targets->v[i]))
			free(targets->v[i]);
		else
			targets->v[n++] = targets->v[i];
	}
	targets->n = n;
}
