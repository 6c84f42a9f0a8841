/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_choice.h - which lock ends a race if the stores that lack it took it, and which stores those are. */
#ifndef RACYBITS_FIX_LOCK_CHOICE_H
#define RACYBITS_FIX_LOCK_CHOICE_H

#include "patch.h"

/* A store that lacks the lock. */
struct lock_site {
	const struct unit_verdict *unit;
	uint32_t field; /* index into unit->fields */
	const struct function *f;
	const struct write *write; /* one of those that the store makes, in one context each */
	bool interrupt;		   /* it may run in a context that interrupts tasks */
	bool seen;		   /* it lacks the lock in a context that is known, */
	bool unseen;		   /* or in one whose callers, and so their locks, are not */
	str *held; /* names of the locks that are, or may be, held in some context, malloc'd */
	size_t nheld, held_cap;
};

/* A lock that is held at other stores to the fields that conflict, or that functions which store take. */
struct lock_choice {
	str name;		 /* "foo.lock" */
	uint32_t relation;	 /* to the object written, as in struct held */
	uint32_t rel;		 /* NONE: no store holds it */
	struct lock_site *sites; /* the stores that lack it, by location; malloc'd */
	size_t nsites, sites_cap;
	const struct loc **holders; /* the stores that hold it in all contexts known; malloc'd */
	size_t nholders, holders_cap;
	bool task;   /* a store under it runs in a task, so no interrupt takes it by a plain call */
	bool single; /* one function alone lacks it: of each unit or, where others hold it, field */
	const char *refusal; /* why it cannot be taken at a site, or NULL */
};

struct lock_choices {
	struct lock_choice *v; /* by the number of sites; malloc'd */
	size_t n, cap;
};

/*
 * Fills in the locks that a runtime write of a field holds which conflicts and is to be kept apart, or that a
 * function which makes such a write takes of the same object.
 */
void lock_choices_collect(struct fix_series *s, const struct fix_plan *plan,
			  struct lock_choices *c);
/* Finds the store at `loc` among the events of f; false: it is not there. */
bool store_event(const struct function *f, const struct loc *loc, uint32_t *block, uint32_t *event);
void lock_choices_free(struct lock_choices *c);

#endif
