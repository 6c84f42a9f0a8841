// SPDX-License-Identifier: GPL-2.0-only
/* conditions.c - the tests that guard a store, in terms of members and numbers. */
#include "conditions.h"
#include "lock_relation.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"
#include "unset.h"

/* "!x", "x", "x == 3", "x & 4" ... of what has the name `x`. */
static str condition_text(const char *x, const struct predicate *c)
{
	const char *not = c->holds ? "" : "!";

	switch (c->test) {
	case TEST_EQUAL:
		if (!c->value)
			return str_printf("%s%s", c->holds ? "!" : "", x);
		return str_printf("%s %s %lld", x, c->holds ? "==" : "!=", c->value);
	case TEST_NEGATIVE:
		return str_printf("%s %s 0", x, c->holds ? "<" : ">=");
	case TEST_MASK:
		return str_printf("%s(%s & %#llx)", not, x, (unsigned long long)c->value);
	default:
		return str_printf("%s(1 << %s & %#llx)", not, x, (unsigned long long)c->value);
	}
}

static str name_of_subject(const struct function *fn, const struct predicate *c)
{
	const struct tested_member *t;

	if (c->subject == SUBJECT_PARAM)
		return c->index < fn->nparams ? fn->params[c->index].name : 0;
	if (c->subject == SUBJECT_LOCAL)
		return fn->locals[c->index].name;
	t = &fn->tested[c->index];
	return str_printf("%s.%s", str_get(str_unqualified(t->obj.type)), str_get(t->field));
}

/* Does the event give the subject a constant? */
static bool assigns(const struct function *fn, const struct event *e, const struct predicate *c)
{
	const struct tested_member *t;

	if (!e->value)
		return false;
	if (c->subject == SUBJECT_LOCAL)
		return e->kind == EV_SET && e->local == c->index;
	t = &fn->tested[c->index];
	return e->kind == EV_CHANGE && e->field == t->field && same_object(e->obj, &t->obj);
}

/* May the subject have the value because the function has assigned it, and not by a test? */
static bool is_assigned(const struct function *fn, const struct point *pt,
			const struct predicate *c)
{
	const struct event *e;
	uint32_t b, i;

	if (c->subject == SUBJECT_PARAM || c->test != TEST_EQUAL || !c->holds)
		return false;
	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].nevents; i++) {
			e = &fn->blocks[b].events[i];
			if (assigns(fn, e, c) && strtoll(str_get(e->value), NULL, 10) == c->value &&
			    event_leads_to(fn, e, pt->event))
				return true;
		}
	return false;
}

/* Adds those on members, or those on other values. */
static void add_conditions(const struct function *fn, const struct point *pt, bool members,
			   struct write *w)
{
	uint32_t i;
	str name;

	for (i = 0; i < pt->nknown; i++) {
		if ((pt->known[i].subject == SUBJECT_MEMBER) != members ||
		    is_assigned(fn, pt, &pt->known[i]))
			continue;
		name = name_of_subject(fn, &pt->known[i]);
		if (name)
			w->conditions[w->nconditions++] =
				condition_text(str_get(name), &pt->known[i]);
	}
}

/* A member lies to the object written as a lock would that is in its place. */
static struct held relation_of(struct link *l, struct path_numbers *paths, const struct path *obj,
			       const struct write *w, const struct tested_member *t)
{
	struct step step = { STEP_FIELD, t->obj.type, t->field };
	struct lock place = { .path = resolve_path(l, w->function, &t->obj) };

	path_append(&place.path, &step);
	return lock_relation(l, w->function, paths, obj, &place);
}

static void fill_facts(struct link *l, struct path_numbers *paths, const struct path *obj,
		       const struct point *pt, struct write *w)
{
	const struct function *fn = &l->p->functions[w->function];
	uint32_t i;

	w->facts = arena_alloc(l->arena, pt->nknown * sizeof(*w->facts));
	for (i = 0; i < pt->nknown; i++) {
		const struct predicate *c = &pt->known[i];
		const struct tested_member *t;
		struct held at;

		if (c->subject != SUBJECT_MEMBER)
			continue;
		t = &fn->tested[c->index];
		at = relation_of(l, paths, obj, w, t);
		if (at.rel && at.relation != REL_OTHER)
			w->facts[w->nfacts++] = (struct fact){ t->obj.type, t->field, at.relation,
							       at.rel,	    c->test,  c->holds,
							       c->value };
	}
}

void conditions_fill(struct link *l, struct path_numbers *paths, const struct path *obj, str field,
		     const struct point *pt, struct write *w)
{
	const struct function *fn = &l->p->functions[w->function];

	w->conditions = arena_alloc(l->arena, pt->nknown * sizeof(*w->conditions));
	add_conditions(fn, pt, true, w);
	add_conditions(fn, pt, false, w);
	fill_facts(l, paths, obj, pt, w);
	w->if_unset = unset_before(l, w->function, pt->event, obj, field);
	w->if_set = set_before(l, w->function, pt->event, obj, field);
}
