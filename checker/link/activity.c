// SPDX-License-Identifier: GPL-2.0-only
/* activity.c - works, timers, interrupts as elements of locksets. */
#include "activity.h"
#include "kernel/linuxmodel.h"
#include "path.h"

/* The name of an activity of which no member is known. */
#define ACTIVITY_ANY "activity"

/* The steps of the path to the member that the activity is: it may be part of a part of that. */
static uint32_t steps_to_member(const struct link *l, const struct path *path)
{
	uint32_t n = path->nsteps;

	while (n && (!path->steps[n - 1].field ||
		     model_has(l->model, MODEL_SHARED, str_unqualified(path->steps[n - 1].record))))
		n--;
	return n;
}

static str name_of_member(const struct step *s)
{
	return str_printf("%s.%s", str_get(str_unqualified(s->record)), str_get(s->field));
}

str activity_name_in(const struct link *l, const struct lock *a, const struct path *obj)
{
	uint32_t n = steps_to_member(l, &a->path), i;

	if (!activity_is_any(a))
		return a->name;
	if (n && a->path.steps[n - 1].kind == STEP_FIELD)
		return name_of_member(&a->path.steps[n - 1]);
	for (i = a->path.nsteps; i < obj->nsteps && obj->steps[i].kind == STEP_CONTAINER; i++)
		if (!model_has(l->model, MODEL_SHARED, str_unqualified(obj->steps[i].record)))
			return name_of_member(&obj->steps[i]);
	return a->name;
}

str activity_record(const struct link *l, const struct path *path)
{
	uint32_t n = steps_to_member(l, path);

	return n ? path->steps[n - 1].record : 0;
}

struct lock activity_of_path(const struct link *l, uint32_t mode, const struct path *path)
{
	struct lock a = { .mode = mode, .activity = true, .path = *path };
	uint32_t n = steps_to_member(l, path);

	a.path.type = 0;
	a.name = n ? name_of_member(&path->steps[n - 1]) : str_intern(ACTIVITY_ANY);
	return a;
}

struct lock activity_of_argument(const struct link *l, uint32_t mode, const struct path *arg,
				 str name)
{
	struct step of = { .kind = STEP_FIELD, .field = name };
	struct path p = *arg;

	if (name)
		path_append(&p, &of);
	return activity_of_path(l, mode, &p);
}

bool activity_is_any(const struct lock *a)
{
	return a->name == str_intern(ACTIVITY_ANY);
}

bool any_ended(const struct lockset *s)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if (s->locks[i]->activity && s->locks[i]->mode == MODE_SHARED &&
		    !s->locks[i]->stays)
			return true;
	return false;
}

int activities_compare(const struct write *a, const struct write *b)
{
	uint32_t i;

	if (a->nactivities != b->nactivities)
		return a->nactivities < b->nactivities ? -1 : 1;
	for (i = 0; i < a->nactivities; i++) {
		const struct activity *x = &a->activities[i], *y = &b->activities[i];

		if (x->rel != y->rel)
			return x->rel < y->rel ? -1 : 1;
		if (x->ended != y->ended)
			return x->ended ? 1 : -1;
		if (x->again != y->again)
			return x->again ? 1 : -1;
	}
	return 0;
}
