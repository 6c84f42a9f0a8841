// SPDX-License-Identifier: GPL-2.0-only
/* write_confidence.c - how sure a write is, and the doubt that makes it less so. */
#include "write_confidence.h"
#include "base/names.h"
#include "callgraph.h"
#include "containers.h"
#include "continued.h"
#include "kernel/linuxmodel.h"
#include "found.h"
#include "limit.h"
#include "lock_compare.h"
#include "makers.h"
#include "object_phase.h"
#include "ownership.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"
#include "symtab.h"

/* A longer chain with an uncertain call is a doubt. */
#define CHAIN_BELIEVED 8

/* Has the record a lock, a work, a timer or the like, in itself or in a record embedded in it? */
static bool has_shared_member(const struct link *l, const struct record *r, int depth)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		str member = r->fields[i].record;
		const struct record *inner;

		if (!member)
			continue;
		if (model_has(l->model, MODEL_LOCK_TYPE, str_unqualified(member)) ||
		    model_has(l->model, MODEL_SHARED, str_unqualified(member)))
			return true;
		inner = symtab_record(l, member);
		if (!inner || inner == r)
			continue;
		if (depth == EMBEDDED_MAX)
			limit_met_at(l, LIMIT_EMBEDDED, &inner->loc, inner->name);
		else if (has_shared_member(l, inner, depth + 1))
			return true;
	}
	return false;
}

enum known_shared { NOT_ASKED, IS_SHARED, IS_NOT_SHARED };

void believe_begin(struct link *l)
{
	l->known_shared = arena_alloc(l->arena, l->p->nrecords * sizeof(*l->known_shared));
}

/* The answer for a record is found once: millions of writes ask, all of one thread. */
static bool record_is_shared(const struct link *l, const struct record *r)
{
	uint8_t *known;

	if (!r)
		return false;
	known = &l->known_shared[r - l->p->records];
	if (*known == NOT_ASKED)
		*known = has_shared_member(l, r, 0) ? IS_SHARED : IS_NOT_SHARED;
	return *known == IS_SHARED;
}

/*
 * Is the object global, or has it, or a record that it is part of, a member that only shared objects
 * need (has_shared_member())?  What a record points to and owns is part of it.
 */
static bool path_is_shared(const struct link *l, const struct path *p)
{
	const struct record *r = symtab_record(l, p->type);
	uint32_t i;

	if (p->root == ROOT_GLOBAL && !p->nsteps)
		return true;
	for (i = p->nsteps; i; i--) {
		const struct step *s = &p->steps[i - 1];

		if (step_follows(s) && !(s->kind == STEP_PTR && step_is_owned(l, p, i - 1)))
			break;
		if (record_is_shared(l, r))
			return true;
		if (s->record && s->kind != STEP_INDEX)
			r = symtab_record(l, s->record);
		if (i == 1 && p->root == ROOT_GLOBAL)
			return true;
	}
	return record_is_shared(l, r);
}

/* Is the object an element of a ring, a pool of commands or the like, but no global one? */
static bool is_element(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_INDEX)
			return p->root != ROOT_GLOBAL;
	return false;
}

/* Does the path walk a list, a tree or the like of instances; one that any task finds, if `global`? */
static bool walks(const struct link *l, const struct path *p, bool global)
{
	return path_traverses(l, p) && (!global || p->root == ROOT_GLOBAL);
}

/* Was the object found by such a walk? */
static bool is_traversed(const struct link *l, uint32_t f, const struct path *p, bool global)
{
	const struct local *v;
	uint32_t i;

	if (walks(l, p, global))
		return true;
	if (p->root != ROOT_LOCAL)
		return false;
	v = &l->p->functions[f].locals[p->index];
	for (i = 0; i < v->ndefs; i++)
		if (walks(l, &v->defs[i], global))
			return true;
	return false;
}

static bool is_found(const struct link *l, uint32_t f, const struct path *p)
{
	return p->root == ROOT_CALL && call_looks_up(l, f, p->index);
}

/*
 * Was the object found in a table, by a key?  Then others find it there, too.  A variable may also be
 * set to one just made.
 */
static bool is_looked_up(const struct link *l, uint32_t f, const struct path *p)
{
	const struct local *v;
	uint32_t i;

	if (p->root != ROOT_LOCAL)
		return is_found(l, f, p);
	v = &l->p->functions[f].locals[p->index];
	for (i = 0; i < v->ndefs; i++) {
		struct path def = resolve_path(l, f, &v->defs[i]);

		if (is_found(l, f, &def) || assigns_found(l, f, p->index, &def))
			return true;
	}
	return false;
}

/*
 * The object in the frame of the function nearest to the store in which it is seen that it is shared: a
 * callee that is passed a member does not see what that is a member of.  ROOT_UNKNOWN: in none.
 */
static struct path shared_object(const struct link *l, uint32_t at, const struct path *obj)
{
	struct path p = *obj;

	for (; p.root != ROOT_UNKNOWN; at = context_at(l, at)->parent) {
		if (path_is_shared(l, &p) || is_looked_up(l, context_at(l, at)->function, &p) ||
		    is_traversed(l, context_at(l, at)->function, &p, true))
			return p;
		if (context_at(l, at)->parent == NONE)
			break;
		p = substitute_path(l, context_caller(l, at), context_call(l, at), &p);
	}
	return path_none;
}

bool chain_is_long(uint32_t calls)
{
	return calls >= CHAIN_BELIEVED;
}

static size_t top_directory(const char *file)
{
	return strcspn(file, "/");
}

/*
 * Is the chain long, with an indirect call that has several callees?  Conditions along it may exclude
 * one another, or the callee.
 */
static bool is_long(const struct link *l, uint32_t at)
{
	uint32_t ntargets;

	if (!chain_is_long(context_at(l, at)->depth))
		return false;
	for (; context_at(l, at)->parent != NONE; at = context_at(l, at)->parent) {
		call_targets(l, context_caller(l, at), context_at(l, at)->parent_call, &ntargets);
		if (ntargets > 1)
			return true;
	}
	return false;
}

static bool same_directory(const char *a, const char *b)
{
	const char *slash = strrchr(a, '/');
	size_t n = slash ? (size_t)(slash - a) + 1 : 0;

	return !strncmp(a, b, n) && !strchr(b + n, '/');
}

static const char *file_of(const struct link *l, uint32_t f)
{
	return str_get(l->p->functions[f].loc.file);
}

/* Is one of the functions in the directory of this file? */
static bool any_beside(const struct link *l, const uint32_t *functions, uint32_t n,
		       const char *file)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (same_directory(file_of(l, functions[i]), file))
			return true;
	return false;
}

/* Is one of the functions of that driver, which is a file? */
static bool any_of_driver(const struct link *l, const uint32_t *functions, uint32_t n, str driver)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (lone_driver(l, functions[i]) == driver)
			return true;
	return false;
}

/* An indirect call on a chain, and one of the functions that lead to it: `caller` may be `from` itself. */
struct indirect_hop {
	const struct link *l;
	uint32_t caller, from, callee; /* functions */
	const uint32_t *targets;       /* of the call, n of them */
	uint32_t n;
};

/*
 * Is the caller in a directory with a callee of its own for an indirect call of another directory,
 * which leads to one of a third?
 */
static bool leads_to_other_directory(const struct indirect_hop *h)
{
	const char *caller = file_of(h->l, h->caller);

	return !same_directory(caller, file_of(h->l, h->callee)) &&
	       !same_directory(caller, file_of(h->l, h->from)) &&
	       any_beside(h->l, h->targets, h->n, caller);
}

/*
 * Is the caller in a driver in one file, which has a callee of its own for the call, and that leads to
 * another such driver?
 */
static bool leads_to_other_driver(const struct indirect_hop *h)
{
	str driver = lone_driver(h->l, h->caller), callee = lone_driver(h->l, h->callee);

	return driver && callee && driver != callee &&
	       any_of_driver(h->l, h->targets, h->n, driver);
}

/*
 * Does a call of the chain to context `at` have several callees, and lead to a rival's?  An object is of
 * one driver.
 */
static bool has_rival_callee(const struct link *l, uint32_t at)
{
	uint32_t i;

	for (; context_at(l, at)->parent != NONE; at = context_at(l, at)->parent) {
		uint32_t from = context_at(l, at)->parent;
		struct indirect_hop h = { .l = l,
					  .from = context_at(l, from)->function,
					  .callee = context_at(l, at)->function };

		h.targets = call_targets(l, h.from, context_at(l, at)->parent_call, &h.n);
		for (i = from; h.n > 1 && i != NONE; i = context_at(l, i)->parent) {
			h.caller = context_at(l, i)->function;
			if (leads_to_other_directory(&h) || leads_to_other_driver(&h))
				return true;
		}
	}
	return false;
}

/* Are all functions of the chain to context `at` in one directory?  Then no kind of object was chosen yet. */
static bool starts_in_core(const struct link *l, uint32_t at)
{
	const char *core = file_of(l, context_at(l, at)->function);

	for (; context_at(l, at)->parent != NONE; at = context_at(l, at)->parent)
		if (!same_directory(core, file_of(l, context_caller(l, at))))
			return false;
	return true;
}

/*
 * Does an indirect call on the chain to context `at` have several callees, and the one on the chain
 * is in another part of the kernel?  It may be stored for another kind of object, unless the caller
 * is a core that was entered itself: it calls what any object has.
 */
static bool has_foreign_callee(const struct link *l, uint32_t at)
{
	for (; context_at(l, at)->parent != NONE; at = context_at(l, at)->parent) {
		uint32_t from = context_caller(l, at), ntargets;
		const char *a = file_of(l, from), *b = file_of(l, context_at(l, at)->function);

		call_targets(l, from, context_at(l, at)->parent_call, &ntargets);
		if (context_call(l, at)->kind == CALLEE_SLOT && ntargets > 1 &&
		    (top_directory(a) != top_directory(b) || strncmp(a, b, top_directory(a))) &&
		    !starts_in_core(l, context_at(l, at)->parent))
			return true;
	}
	return false;
}

/* Does the entry point of the context set up or take down an object, or continue to set it up? */
static bool is_of_lifecycle(const struct link *l, uint32_t at)
{
	if (context_at(l, at)->entry_phase != PHASE_RUNTIME)
		return true;
	while (context_at(l, at)->parent != NONE)
		at = context_at(l, at)->parent;
	return continues_setup(l, context_at(l, at)->function);
}

/* Is a lock of the object held?  Who takes one does not expect to be alone with the object. */
static bool is_own_locked(const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (w->held[i].mode == MODE_EXCLUSIVE && is_own_lock(&w->held[i]))
			return true;
	return false;
}

/* Why a write to `obj` in context `at` is less than sure, apart from its lockset. */
static enum doubt doubt_of_write(const struct link *l, uint32_t at, const struct path *obj,
				 const struct write *w)
{
	struct path shared = shared_object(l, at, obj);

	if (obj->root == ROOT_UNKNOWN)
		return DOUBT_UNKNOWN_OBJECT;
	if (shared.root == ROOT_UNKNOWN)
		return DOUBT_NOT_SEEN_SHARED;
	if (w->whole)
		return DOUBT_WHOLE_RECORD;
	if (is_of_lifecycle(l, at) && !is_own_locked(w) &&
	    !is_traversed(l, context_at(l, at)->function, obj, false))
		return DOUBT_LIFECYCLE_ENTRY;
	if (has_foreign_callee(l, at) || has_rival_callee(l, at))
		return DOUBT_FOREIGN_CALLEE;
	if (chain_mistakes_container(l, at, obj))
		return DOUBT_OTHER_CONTAINER;
	if (is_long(l, at))
		return DOUBT_LONG_CHAIN;
	if (is_element(&shared))
		return DOUBT_ARRAY_ELEMENT;
	return DOUBT_NONE;
}

void believe_write(const struct link *l, uint32_t at, uint32_t doubted, enum object_phase phase,
		   const struct path *obj, struct write *w)
{
	const struct context *n = context_at(l, at);

	w->confidence = CONF_LOW;
	w->doubt = context_doubt(n);
	w->unseen = n->unseen;
	if (phase == OBJECT_RUNTIME_ASSUMED && is_own_locked(w))
		phase = OBJECT_RUNTIME;
	if (phase == OBJECT_RUNTIME_ASSUMED && obj->root != ROOT_UNKNOWN) {
		w->doubt = DOUBT_NOT_SEEN_PUBLISHED;
	} else if (phase == OBJECT_RUNTIME_EXPOSED) {
		w->doubt = DOUBT_EXPOSED_SETUP;
	} else if (!n->merged) {
		w->doubt = doubt_of_write(l, at, obj, w);
		doubted |= n->doubted;
		if (!w->doubt && doubted & LOCKS_FORGOTTEN)
			w->doubt = DOUBT_FORGOTTEN_LOCKS;
		w->confidence = w->doubt ? doubt_level(w->doubt) : CONF_HIGH;
	}
}

void doubt_write(enum doubt doubt, struct write *w)
{
	if (w->confidence == CONF_LOW)
		return;
	w->confidence = CONF_LOW;
	w->doubt = doubt;
}

uint32_t write_confidence(const struct write *w)
{
	return w->unseen ? CONF_LOW : w->confidence;
}
