// SPDX-License-Identifier: GPL-2.0-only
/* removed.c - attributes of a device that were removed before a store. */
#include "removed.h"
#include "frames.h"
#include "kernel/linuxmodel.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"

struct removal {
	const struct link *l;
	const struct chain_frame *at; /* the function of the chain that is looked at */
	str attribute;		      /* the record with the callback */
	struct step device;	      /* the member that the device of the callback is */
};

/* The callback is passed the device, which it takes for a member of some record. */
static bool find_device(const struct link *l, const struct write *b, struct step *device)
{
	struct chain_frame at;
	uint32_t i;

	if (b->nchain < 2 || !frame_of_write(l, b, &at))
		return false;
	for (i = b->nchain - 1; i > 1; i--)
		if (!frame_up(l, b, i, &at))
			return false;
	if (at.object.root != ROOT_PARAM || at.object.index || !at.object.nsteps ||
	    at.object.steps[0].kind != STEP_CONTAINER)
		return false;
	*device = at.object.steps[0];
	return true;
}

/* Is it the device, or the record that has it? */
static bool is_device(const struct removal *q, const struct path *p)
{
	const struct step *last = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

	if (p->type == q->device.record)
		return true;
	return last && last->kind == STEP_FIELD && last->record == q->device.record &&
	       last->field == q->device.field;
}

static bool removes(void *ctx, const struct event *e)
{
	const struct removal *q = ctx;
	const struct call *c =
		e->kind == EV_CALL ? &q->l->p->functions[q->at->function].calls[e->call] : NULL;
	struct path p;

	if (!c || e == q->at->event || c->kind != CALLEE_DIRECT || !c->nargs ||
	    !model_has_pair(q->l->model, MODEL_REMOVES, q->attribute, str_unqualified(c->name)))
		return false;
	p = resolve_path(q->l, q->at->function, c->args[0]);
	return same_root(&p, &q->at->object) && is_device(q, &p);
}

bool attributes_were_removed(const struct link *l, const struct write *a, const struct write *b)
{
	struct chain_frame at;
	struct removal q = { .l = l, .at = &at };
	const char *label = str_get(b->chain[0]), *dot = strchr(label, '.');
	uint32_t i = a->nchain - 1;

	if (!dot)
		return false;
	q.attribute = str_intern_n(label, (size_t)(dot - label));
	if (!model_begins_pair(l->model, MODEL_REMOVES, q.attribute) ||
	    !find_device(l, b, &q.device) || !frame_of_write(l, a, &at))
		return false;
	while (at.object.root != ROOT_UNKNOWN) {
		if (on_all_ways(&l->p->functions[at.function], at.event, removes, &q))
			return true;
		if (!frame_up(l, a, i--, &at))
			break;
	}
	return false;
}
