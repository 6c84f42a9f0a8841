// SPDX-License-Identifier: GPL-2.0-only
/* filled.c - objects that are filled anew: their bytes are overwritten whole, and then their fields set. */
#include "filled.h"
#include "frames.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

struct filling {
	const struct link *l;
	const struct unit_verdict *v;
	const struct chain_frame *at;
};

/* Is what is overwritten, a path in the frame of the function, the object or a record around it? */
static bool is_around(const struct filling *q, const struct path *whole)
{
	const struct path *obj = &q->at->object;
	struct path p = resolve_path(q->l, q->at->function, whole);

	return same_root(&p, obj) && common_steps(&p, obj) == p.nsteps &&
	       path_embeds(obj, p.nsteps);
}

static bool is_of_unit(const struct filling *q, const struct part_write *part)
{
	struct path p = resolve_path(q->l, q->at->function, &part->obj);
	uint32_t i;

	if (!same_object(&p, &q->at->object))
		return false;
	for (i = 0; i < q->v->nfields; i++)
		if (q->v->fields[i].field->name == part->field)
			return true;
	return false;
}

static bool overwrites(void *ctx, const struct event *e)
{
	const struct filling *q = ctx;
	const struct function *fn = &q->l->p->functions[q->at->function];
	const struct part_write *part;
	const struct path *whole;
	uint32_t at = 0;

	if (e->kind == EV_ACCESS)
		return e->access == ACCESS_WHOLE && !e->field && is_around(q, e->obj);
	if (e->kind != EV_CALL)
		return false;
	whole = call_overwrites(q->l, fn, e->call);
	if (whole)
		return is_around(q, whole);
	while ((part = call_overwrites_part(q->l, fn, e->call, &at)))
		if (is_of_unit(q, part))
			return true;
	return false;
}

/* Does the function have one object by that path, whenever it is looked at? */
static bool names_one_object(const struct function *fn, const struct path *p)
{
	return p->root != ROOT_UNKNOWN && (p->root != ROOT_LOCAL || fn->locals[p->index].ndefs < 2);
}

bool write_fills_anew(const struct link *l, const struct unit_verdict *v, const struct write *w)
{
	struct chain_frame at;
	struct filling q = { l, v, &at };
	uint32_t i = w->nchain - 1;
	bool more;

	if (w->access == ACCESS_WHOLE)
		return true;
	for (more = frame_of_write(l, w, &at); more; more = frame_up(l, w, i--, &at)) {
		const struct function *fn = &l->p->functions[at.function];

		if (names_one_object(fn, &at.object) && on_all_ways(fn, at.event, overwrites, &q))
			return true;
	}
	return false;
}
