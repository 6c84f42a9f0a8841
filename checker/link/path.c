// SPDX-License-Identifier: GPL-2.0-only
/* path.c - append to, concatenate and compare access paths. */
#include "path.h"

static bool same_member(const struct step *a, const struct step *b)
{
	return a->record == b->record && a->field == b->field;
}

/* A member step and container_of() on the same member undo each other, in either order. */
static bool steps_cancel(const struct step *a, const struct step *b)
{
	return ((a->kind == STEP_FIELD && b->kind == STEP_CONTAINER) ||
		(a->kind == STEP_CONTAINER && b->kind == STEP_FIELD)) &&
	       same_member(a, b);
}

/* An element of the array that begins at an element. */
static str sum_of_indexes(str a, str b)
{
	str zero = str_intern("0");

	return a == zero ? b : b == zero ? a : 0;
}

bool path_append(struct path *p, const struct step *s)
{
	if (p->root == ROOT_UNKNOWN)
		return true;
	if (p->nsteps && s->kind == STEP_INDEX && p->steps[p->nsteps - 1].kind == STEP_INDEX) {
		p->steps[p->nsteps - 1].record =
			sum_of_indexes(p->steps[p->nsteps - 1].record, s->record);
		return true;
	}
	if (p->nsteps && steps_cancel(&p->steps[p->nsteps - 1], s)) {
		p->nsteps--;
		return true;
	}
	if (p->nsteps == PATH_STEPS_MAX) {
		p->root = ROOT_UNKNOWN;
		p->nsteps = 0;
		return false;
	}
	p->steps[p->nsteps++] = *s;
	return true;
}

bool same_root(const struct path *a, const struct path *b)
{
	return a->root == b->root && a->root != ROOT_UNKNOWN && a->index == b->index &&
	       a->name == b->name;
}

static bool same_step(const struct step *a, const struct step *b)
{
	return a->kind == b->kind && same_member(a, b);
}

struct path path_concat(const struct path *base, const struct path *p)
{
	struct path out = *base;
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		path_append(&out, &p->steps[i]);
	if (p->type)
		out.type = p->type;
	return out;
}

struct path path_untracked(str type)
{
	return (struct path){ .root = ROOT_UNKNOWN, .type = type };
}

bool step_embeds(const struct step *s)
{
	return s->kind == STEP_FIELD || s->kind == STEP_CONTAINER;
}

bool path_embeds(const struct path *p, uint32_t from)
{
	uint32_t i;

	for (i = from; i < p->nsteps; i++)
		if (!step_embeds(&p->steps[i]))
			return false;
	return true;
}

bool step_follows(const struct step *s)
{
	return !step_embeds(s) && s->kind != STEP_INDEX;
}

uint32_t path_pointers(const struct path *p)
{
	uint32_t i, n = 0;

	for (i = 0; i < p->nsteps; i++)
		n += step_follows(&p->steps[i]);
	return n;
}

bool path_on_stack(const struct path *p)
{
	return p->root == ROOT_STACK && !path_pointers(p);
}

bool step_invert(struct step *s)
{
	if (!step_embeds(s))
		return false;
	s->kind = s->kind == STEP_FIELD ? STEP_CONTAINER : STEP_FIELD;
	return true;
}

bool step_varies(const struct step *s)
{
	const char *index = str_get(s->record);

	return s->kind == STEP_INDEX && *index != '-' && !(*index >= '0' && *index <= '9');
}

bool maybe_same_object(const struct path *a, const struct path *b)
{
	uint32_t i;

	if (!same_root(a, b) || a->nsteps != b->nsteps)
		return false;
	for (i = 0; i < a->nsteps; i++)
		if (!same_step(&a->steps[i], &b->steps[i]) && !step_varies(&a->steps[i]) &&
		    !step_varies(&b->steps[i]))
			return false;
	return true;
}

uint32_t common_steps(const struct path *a, const struct path *b)
{
	uint32_t k = 0;

	while (k < a->nsteps && k < b->nsteps && same_step(&a->steps[k], &b->steps[k]))
		k++;
	return k;
}

bool same_object(const struct path *a, const struct path *b)
{
	return same_root(a, b) && a->nsteps == b->nsteps && common_steps(a, b) == a->nsteps;
}

bool paths_part(const struct path *a, const struct path *b)
{
	uint32_t common = common_steps(a, b);

	return same_root(a, b) && common < a->nsteps && common < b->nsteps;
}

/* The object without the way to a part of it. */
static void strip_parts(struct path *p)
{
	while (p->nsteps && step_embeds(&p->steps[p->nsteps - 1]))
		p->nsteps--;
}

bool same_memory(const struct path *a, const struct path *b)
{
	struct path x = *a, y = *b;

	strip_parts(&x);
	strip_parts(&y);
	return x.root != ROOT_UNKNOWN && x.root != ROOT_NULL && same_object(&x, &y);
}
