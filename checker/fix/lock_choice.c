// SPDX-License-Identifier: GPL-2.0-only
/* lock_choice.c - which lock ends a race if the stores that lack it took it, and which stores those are. */
#include "lock_calls.h"
#include "lock_choice.h"
#include "plan_lookup.h"
#include "kernel/linuxmodel.h"

/* --- which writes */

/* Is the field in a conflict that the patch is to end? */
static bool is_racing(const struct fix_plan *plan, const struct unit_verdict *u, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &u->conflicts[i];

		if ((c->a == field || c->b == field) &&
		    (!plan->nonly || plan_is_only(plan, u->fields[c->a].field->name) ||
		     plan_is_only(plan, u->fields[c->b].field->name)))
			return true;
	}
	return false;
}

/* A runtime write of a field that is racing. */
struct racing_write {
	const struct unit_verdict *unit;
	uint32_t field; /* index into unit->fields */
	const struct write *write;
};

struct racing_writes {
	struct racing_write *v;
	size_t n, cap;
};

/* Does a conflict that is shown have the write? */
static bool is_witness(const struct unit_verdict *u, uint32_t write)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		if (u->conflicts[i].write_a == write || u->conflicts[i].write_b == write)
			return true;
	return false;
}

/* Adds those of a field; of the writes of a whole object, which may be another one, those in conflicts alone. */
static void add_writes(const struct unit_verdict *u, uint32_t field, struct racing_writes *out)
{
	const struct unit_field *uf = &u->fields[field];
	uint32_t i;

	for (i = 0; i < uf->nwrites; i++)
		if (u->writes[uf->writes[i]].phase == PHASE_RUNTIME &&
		    (!u->writes[uf->writes[i]].whole || is_witness(u, uf->writes[i])))
			*vec_add(out->v, out->n, out->cap) = (struct racing_write){
				.unit = u, .field = field, .write = &u->writes[uf->writes[i]]
			};
}

static void collect_writes(const struct fix_plan *plan, struct racing_writes *out)
{
	uint32_t i, j;

	for (i = 0; i < plan->nunits; i++)
		for (j = 0; j < plan->units[i]->nfields; j++)
			if (is_racing(plan, plan->units[i], j))
				add_writes(plan->units[i], j, out);
}

/* --- the stores that lack a lock */

static bool holds(const struct write *w, const struct lock_choice *c)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (w->held[i].name == c->name && w->held[i].mode == MODE_EXCLUSIVE &&
		    w->held[i].relation == c->relation && w->held[i].rel == c->rel)
			return true;
	return false;
}

/* May a lock of that name be held at the write: of another object, shared, or on some paths? */
static bool may_hold(const struct write *w, str name)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (held_lock(&w->held[i]) == name)
			return true;
	for (i = 0; i < w->nsometimes; i++)
		if (w->sometimes[i].name == name)
			return true;
	return false;
}

/* The function as it is written: copies for some arguments lack branches, and stand behind it. */
static const struct function *original(const struct program *p, const struct function *f)
{
	size_t i;

	for (i = 0; i < p->nfunctions; i++)
		if (p->functions[i].loc.file == f->loc.file &&
		    p->functions[i].loc.line == f->loc.line && p->functions[i].name == f->name)
			return &p->functions[i];
	return f;
}

static struct lock_site *site_of(const struct program *p, struct lock_choice *c,
				 const struct racing_write *r)
{
	struct lock_site *site;
	size_t i;

	for (i = 0; i < c->nsites; i++)
		if (same_loc(&c->sites[i].write->loc, &r->write->loc))
			return &c->sites[i];
	site = vec_add(c->sites, c->nsites, c->sites_cap);
	*site = (struct lock_site){ .unit = r->unit,
				    .field = r->field,
				    .write = r->write,
				    .f = original(p, &p->functions[r->write->function]) };
	return site;
}

/* Why the lock cannot be taken at a write that lacks it, or NULL. */
static const char *refuse_write(const struct lock_choice *c, const struct write *w, struct arena *a)
{
	if (w->whole)
		return arena_printf(a, "all of the struct is written at %s:%u",
				    str_get(w->loc.file), w->loc.line);
	if (may_hold(w, c->name))
		return arena_printf(a, "it, or one of its name, may be held at %s:%u",
				    str_get(w->loc.file), w->loc.line);
	return NULL;
}

/* Adds the name of what is, or may be, held, unless it is a context that only serialises. */
static void add_held(struct lock_site *site, str name)
{
	if (!strchr(str_get(name), '('))
		*vec_add(site->held, site->nheld, site->held_cap) = name;
}

static void add_holder(struct lock_choice *c, const struct loc *loc)
{
	size_t i;

	for (i = 0; i < c->nholders && !same_loc(c->holders[i], loc); i++)
		;
	if (i == c->nholders)
		*vec_add(c->holders, c->nholders, c->holders_cap) = loc;
}

/* Forgets stores that hold it in some contexts, and lack it in others. */
static void drop_holders(struct lock_choice *c)
{
	size_t i, j, n = 0;

	for (i = 0; i < c->nholders; i++) {
		for (j = 0; j < c->nsites && !same_loc(&c->sites[j].write->loc, c->holders[i]); j++)
			;
		if (j == c->nsites)
			c->holders[n++] = c->holders[i];
	}
	c->nholders = n;
}

/* Notes a write in its site, if it lacks the lock. */
static void note_write(const struct program *p, const struct racing_write *r, struct lock_choice *c,
		       struct arena *a)
{
	const struct write *w = r->write;
	bool interrupt = model_has(p->model, MODEL_INTERRUPT, w->context);
	struct lock_site *site;
	uint32_t i;

	if (holds(w, c)) {
		c->task |= !interrupt && !w->unseen;
		add_holder(c, &w->loc);
		return;
	}
	if (!c->refusal && !w->unseen)
		c->refusal = refuse_write(c, w, a);
	site = site_of(p, c, r);
	site->interrupt |= interrupt;
	site->seen |= !w->unseen;
	site->unseen |= w->unseen;
	for (i = 0; i < w->nheld; i++)
		add_held(site, w->held[i].name);
	for (i = 0; i < w->nsometimes; i++)
		add_held(site, w->sometimes[i].name);
}

/* Forgets stores whose callers are not known at all: no conflict is judged that rests on them. */
static void drop_unseen(struct lock_choice *c)
{
	size_t i, n = 0;

	for (i = 0; i < c->nsites; i++) {
		if (c->sites[i].seen)
			c->sites[n++] = c->sites[i];
		else
			free(c->sites[i].held);
	}
	c->nsites = n;
}

static int by_location(const void *x, const void *y)
{
	const struct loc *a = &((const struct lock_site *)x)->write->loc;
	const struct loc *b = &((const struct lock_site *)y)->write->loc;
	int order = strcmp(str_get(a->file), str_get(b->file));

	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->col > b->col) - (a->col < b->col);
}

/* Do the stores of a unit, or (`field` not NONE) those of one field of it, that lack the lock belong to one function? */
static bool one_function_lacks(const struct lock_choice *c, const struct unit_verdict *u,
			       uint32_t field)
{
	const struct function *f = NULL;
	size_t i;

	for (i = 0; i < c->nsites; i++) {
		if (c->sites[i].unit != u || (field != NONE && c->sites[i].field != field))
			continue;
		if (f && c->sites[i].f != f)
			return false;
		f = c->sites[i].f;
	}
	return true;
}

/* Does another store to the field hold it? */
static bool another_holds(const struct lock_choice *c, const struct unit_verdict *u, uint32_t field)
{
	const struct unit_field *uf = &u->fields[field];
	uint32_t i;

	for (i = 0; i < uf->nwrites; i++)
		if (u->writes[uf->writes[i]].phase == PHASE_RUNTIME &&
		    holds(&u->writes[uf->writes[i]], c))
			return true;
	return false;
}

/*
 * Does one function alone lack the lock: in each unit, where more stores hold it than lack it, or in each field
 * that has stores which lack it, where another holds it?
 */
static bool is_single(const struct lock_choice *c)
{
	size_t i;

	for (i = 0; i < c->nsites; i++) {
		const struct lock_site *site = &c->sites[i];

		if (c->relation == REL_SELF && c->nholders > c->nsites &&
		    one_function_lacks(c, site->unit, NONE))
			continue;
		if (!one_function_lacks(c, site->unit, site->field) ||
		    !another_holds(c, site->unit, site->field))
			return false;
	}
	return true;
}

/* --- the locks */

/* Is it a lock in the object or around it, or a global one, and not a context that only serialises? */
static bool can_be_taken(const struct held *h)
{
	const char *name = str_get(h->name);

	return h->mode == MODE_EXCLUSIVE && !strchr(name, '(') &&
	       (h->relation == REL_SELF || (h->relation == REL_GLOBAL && !strchr(name, '.')));
}

/* Adds the locks of the write to the choices. */
static void note_locks(const struct write *w, struct lock_choices *choices)
{
	uint32_t i;
	size_t k;

	for (i = 0; i < w->nheld; i++) {
		const struct held *h = &w->held[i];

		if (!can_be_taken(h))
			continue;
		for (k = 0; k < choices->n &&
			    (choices->v[k].name != h->name ||
			     choices->v[k].relation != h->relation || choices->v[k].rel != h->rel);
		     k++)
			;
		if (k == choices->n)
			*vec_add(choices->v, choices->n, choices->cap) = (struct lock_choice){
				.name = h->name, .relation = h->relation, .rel = h->rel
			};
	}
}

bool store_event(const struct function *f, const struct loc *loc, uint32_t *block, uint32_t *event)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++) {
			const struct event *e = &f->blocks[i].events[j];

			if (e->kind != EV_ACCESS || e->access == ACCESS_READ || !e->field ||
			    !same_loc(&e->loc, loc))
				continue;
			*block = i;
			*event = j;
			return true;
		}
	return false;
}

/* Adds the lock of the object that the call takes, unless a store holds it. */
static void note_taken(const struct lock_call *c, bool task, struct lock_choices *choices)
{
	size_t k;

	for (k = 0; k < choices->n && choices->v[k].name != c->name; k++)
		;
	if (k == choices->n)
		*vec_add(choices->v, choices->n, choices->cap) =
			(struct lock_choice){ .name = c->name, .relation = REL_SELF, .rel = NONE };
	choices->v[k].task |= task;
}

static bool takes(const struct lock_action *a)
{
	return a->acquires && a->always && !a->shared;
}

/* Adds the locks of the object that the function of the write takes. */
static void note_own(struct fix_series *s, const struct write *w, struct lock_choices *choices)
{
	const struct program *p = s->p;
	const struct function *f = original(p, &p->functions[w->function]);
	struct lock_calls calls = { 0 };
	uint32_t block, event;
	size_t i;

	if (w->unseen || !store_event(f, &w->loc, &block, &event))
		return;
	lock_calls_of(series_lock_functions(s), f, &calls);
	for (i = 0; i < calls.n; i++)
		if (takes(&calls.v[i].does) && calls.v[i].does.path.root != ROOT_GLOBAL &&
		    lock_is_near(f->blocks[block].events[event].obj, &calls.v[i].does.path))
			note_taken(&calls.v[i], !model_has(p->model, MODEL_INTERRUPT, w->context),
				   choices);
	free(calls.v);
}

static int by_sites(const void *x, const void *y)
{
	const struct lock_choice *a = x, *b = y;

	if (a->nsites != b->nsites)
		return a->nsites < b->nsites ? -1 : 1;
	if (a->relation != b->relation)
		return a->relation == REL_SELF ? -1 : 1;
	return strcmp(str_get(a->name), str_get(b->name));
}

void lock_choices_collect(struct fix_series *s, const struct fix_plan *plan, struct lock_choices *c)
{
	struct racing_writes writes = { 0 };
	size_t i, j;

	collect_writes(plan, &writes);
	for (i = 0; i < writes.n; i++)
		note_locks(writes.v[i].write, c);
	for (i = 0; i < writes.n; i++)
		note_own(s, writes.v[i].write, c);
	for (i = 0; i < c->n; i++) {
		for (j = 0; j < writes.n; j++)
			note_write(plan->program, &writes.v[j], &c->v[i], &s->a);
		drop_unseen(&c->v[i]);
		drop_holders(&c->v[i]);
		if (c->v[i].nsites)
			qsort(c->v[i].sites, c->v[i].nsites, sizeof(*c->v[i].sites), by_location);
		c->v[i].single = is_single(&c->v[i]);
	}
	free(writes.v);
	if (c->n)
		qsort(c->v, c->n, sizeof(*c->v), by_sites);
}

void lock_choices_free(struct lock_choices *c)
{
	size_t i, j;

	for (i = 0; i < c->n; i++) {
		for (j = 0; j < c->v[i].nsites; j++)
			free(c->v[i].sites[j].held);
		free(c->v[i].sites);
		free(c->v[i].holders);
	}
	free(c->v);
}
