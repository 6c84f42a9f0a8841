// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock_relation.c - how a lock that is held at a write lies to the object written: in the object,
 * behind a pointer of it, global, or of another instance.
 */
#include "lock_relation.h"
#include "base/buf.h"
#include "casts.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_intern.h"
#include "lock_name.h"
#include "lock_owner.h"
#include "path.h"
#include "symtab.h"

void path_numbers_begin(struct path_numbers *paths)
{
	paths->lock = MUTEX_INIT;
}

void path_numbers_end(struct path_numbers *paths)
{
	pthread_mutex_destroy(&paths->lock);
	numbers_free(&paths->numbers);
}

static uint32_t number_of(struct path_numbers *paths, const struct step *steps, uint32_t n)
{
	uint32_t number;

	pthread_mutex_lock(&paths->lock);
	number = numbers_get(&paths->numbers, steps, n * sizeof(*steps));
	pthread_mutex_unlock(&paths->lock);
	return number;
}

/* The record that the lock is a member of; 0 for other locks, such as pseudo-locks. */
static str lock_record(const struct path *lock)
{
	uint32_t n = lock->nsteps;

	while (n && !lock->steps[n - 1].field)
		n--;
	return n ? lock->steps[n - 1].record : 0;
}

/*
 * The path from the object to the lock, where both start at one root.  REL_SELF if it never leaves
 * the memory of the object and of the records around it.  False if there are too many steps
 * between them.
 */
static bool relate_same_root(const struct link *l, struct path_numbers *paths,
			     const struct path *obj, const struct path *lock, struct held *h)
{
	struct path between = { .root = ROOT_PARAM };
	uint32_t common = common_steps(obj, lock), i;
	bool through_pointer = false, varies = false;

	for (i = obj->nsteps; i > common; i--) {
		struct step up = obj->steps[i - 1];

		/* (of an element against another element of that array nothing is known) */
		varies |= i - 1 == common && up.kind == STEP_INDEX && i <= lock->nsteps &&
			  lock->steps[common].kind == STEP_INDEX;
		if (up.kind == STEP_INDEX)
			up.record = 0; /* the array is one, whichever element the object is */
		else if (!step_invert(&up))
			through_pointer = true;
		path_append(&between, &up);
	}
	for (i = common; i < lock->nsteps; i++) {
		varies |= step_varies(&lock->steps[i]);
		through_pointer |= !step_embeds(&lock->steps[i]);
		path_append(&between, &lock->steps[i]);
	}
	if (between.root != ROOT_PARAM)
		return false;
	h->relation = varies ? REL_FORMER : through_pointer ? REL_VIA : REL_SELF;
	drop_casts(l, &between);
	h->rel = number_of(paths, between.steps, between.nsteps);
	return true;
}

/* Is the lock part of a global object, not behind a pointer? */
static bool in_global(const struct path *lock)
{
	uint32_t i;

	for (i = 0; i < lock->nsteps; i++)
		if (lock->steps[i].kind != STEP_FIELD && lock->steps[i].kind != STEP_INDEX)
			return false;
	return true;
}

/* The number of the path to a lock, from a global variable. */
static uint32_t global_lock(struct path_numbers *paths, const struct path *lock)
{
	struct step steps[PATH_STEPS_MAX + 1] = { { .field = lock->name } };

	memcpy(steps + 1, lock->steps, lock->nsteps * sizeof(steps[0]));
	return number_of(paths, steps, lock->nsteps + 1);
}

/* The steps of the path to the record that the lock is a member of. */
static uint32_t steps_to_owner(const struct path *lock)
{
	uint32_t n = lock->nsteps;

	while (n && !lock->steps[n - 1].field)
		n--;
	return n ? n - 1 : 0;
}

bool lock_is_of_other(const struct path *obj, const struct path *lock)
{
	str record = lock_record(lock);
	uint32_t i, owner = steps_to_owner(lock);

	if (!record)
		return false;
	if (record == obj->type)
		return !same_root(obj, lock) || owner != obj->nsteps || owner + 1 != lock->nsteps ||
		       common_steps(obj, lock) < owner;
	for (i = obj->nsteps; i; i--) {
		const struct step *s = &obj->steps[i - 1];

		if ((s->kind == STEP_FIELD || s->kind == STEP_PTR) && s->record == record)
			return !same_root(obj, lock) || i - 1 != owner ||
			       common_steps(obj, lock) < owner;
	}
	return false;
}

/* Is a record of that type part of the outer one, or of an array in it? */
static bool embeds(const struct link *l, str outer, str type)
{
	const struct record *r = symtab_record(l, outer);
	uint32_t i;

	for (i = 0; r && i < r->nfields; i++) {
		const struct field *m = &r->fields[i];

		if (m->record && !(m->flags & FIELD_POINTER) &&
		    (m->record == type || embeds(l, m->record, type)))
			return true;
	}
	return false;
}

/*
 * Is the object, as far as its path tells, part of some instance of the record that has the lock?  A
 * global variable leads to the lock of one instance; the object was handed to the function, and may
 * be part of another one.
 */
static bool is_part_of_some(const struct link *l, const struct path *obj, const struct path *lock)
{
	str record = lock_record(lock);
	uint32_t i;

	if (obj->root != ROOT_PARAM || !record)
		return false;
	for (i = 0; i < obj->nsteps; i++)
		if (obj->steps[i].kind != STEP_FIELD && obj->steps[i].kind != STEP_INDEX)
			return false;
	for (i = 0; i < obj->nsteps; i++)
		if (obj->steps[i].kind == STEP_FIELD)
			return embeds(l, record, obj->steps[i].record);
	return obj->type && embeds(l, record, obj->type);
}

/*
 * A lock found by a global variable, and not by way of the object.  In two global objects it is two
 * locks; two paths through pointers may lead to one.
 */
static void relate_global(const struct link *l, struct path_numbers *paths, const struct path *obj,
			  const struct path *lock, struct held *h)
{
	bool other = lock_is_of_other(obj, lock) ||
		     (!in_global(lock) && is_part_of_some(l, obj, lock));
	uint32_t i;

	h->relation = other ? REL_OTHER : REL_GLOBAL;
	for (i = 0; i < lock->nsteps; i++)
		if (step_varies(&lock->steps[i]))
			h->relation = REL_FORMER;
	if (h->relation == REL_OTHER || in_global(lock))
		h->rel = global_lock(paths, lock);
}

/*
 * A lock of this CPU protects the memory of this CPU that it is in
 * (Documentation/locking/locktypes.rst, "local_lock").  It excludes nothing else.
 */
static void relate_local(const struct link *l, struct path_numbers *paths, const struct path *obj,
			 const struct path *lock, struct held *h)
{
	h->relation = REL_FORMER;
	if (same_root(obj, lock) && relate_same_root(l, paths, obj, lock, h) &&
	    h->relation != REL_SELF)
		h->relation = REL_FORMER;
}

/*
 * The member that leads to the object of a pseudo-lock, 0 if there is none: the last pointer of its path,
 * "usb_hub.hdev", else the last member, "usb_device.dev".  (The last step is the lock itself.)
 */
static str pseudo_owner(const struct lock *lock)
{
	const struct path *p = &lock->path;
	const struct step *s = NULL;
	uint32_t i;
	char *text;
	str owner;

	if (!is_pseudo_lock(lock->name))
		return 0;
	for (i = 0; i + 1 < p->nsteps; i++)
		if (p->steps[i].kind == STEP_PTR || (i + 2 == p->nsteps && !s))
			s = &p->steps[i];
	if (!s || !s->record || !s->field)
		return 0;
	text = xasprintf("%s.%s", str_get(str_unqualified(s->record)), str_get(s->field));
	owner = str_intern(text);
	free(text);
	return owner;
}

/* The elements of arrays that the path leads to behind its last pointer; 0 if one of them varies. */
static str last_elements(const struct path *lock)
{
	struct buf text = { 0 };
	uint32_t i = lock->nsteps;
	str elements = 0;

	while (i && !step_follows(&lock->steps[i - 1]))
		i--;
	for (; i < lock->nsteps; i++) {
		const char *index = str_get(lock->steps[i].record);

		if (lock->steps[i].kind != STEP_INDEX)
			continue;
		if (step_varies(&lock->steps[i])) {
			text.n = 0;
			break;
		}
		buf_add(&text, "[", 1);
		buf_add(&text, index, strlen(index));
		buf_add(&text, "]", 1);
	}
	if (text.n)
		elements = str_intern_n((const char *)text.data, text.n);
	free(text.data);
	return elements;
}

struct held lock_relation(const struct link *l, uint32_t f, struct path_numbers *paths,
			  const struct path *obj, const struct lock *lock)
{
	struct held h = { .name = lock->name,
			  .mode = lock->mode,
			  .relation = REL_UNKNOWN,
			  .element = last_elements(&lock->path),
			  .whose = pseudo_owner(lock) };
	const struct path *p = &lock->path;

	if (p->root == ROOT_FORMER) {
		h.relation = REL_FORMER;
		return h;
	}
	if (model_has(l->model, MODEL_LOCAL_LOCK, lock->type)) {
		relate_local(l, paths, obj, p, &h);
		return h;
	}
	h.in_frame = p->root != ROOT_UNKNOWN;
	if (p->root == ROOT_GLOBAL &&
	    (!p->nsteps || (obj->root != ROOT_UNKNOWN && !same_root(obj, p)))) {
		relate_global(l, paths, obj, p, &h);
		return h;
	}
	if (obj->root == ROOT_PARAM && lock_not_of_param(p, obj->index))
		h.relation = REL_OTHER;
	if (p->root == ROOT_UNKNOWN || obj->root == ROOT_UNKNOWN)
		return h;
	if (same_root(obj, p)) {
		if (!relate_same_root(l, paths, obj, p, &h))
			limit_met(l, LIMIT_PATH_STEPS, f);
		if (h.relation == REL_VIA &&
		    (lock_is_of_other(obj, p) || lock_owner_is_other(l, obj, p)))
			h.relation = REL_OTHER;
	} else if (lock_is_of_other(obj, p)) {
		h.relation = REL_OTHER;
	}
	return h;
}
