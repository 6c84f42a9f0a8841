// SPDX-License-Identifier: GPL-2.0-only
/* owned_locks.c - locks that a task owns and an interrupt holds all the same. */
#include "owned_locks.h"
#include "frames.h"
#include "kernel/linuxmodel.h"
#include "result_edges.h"

static bool tells_owned(const struct link *l, str lock, str function)
{
	return model_has_pair(l->model, MODEL_OWNED_BY, lock, function);
}

/* Was a task found to own such a lock, on all paths on from the function? */
static bool is_found_owned(const struct link *l, const struct chain_frame *at, str lock)
{
	return behind_result(l, at->function, at->event, tells_owned, lock);
}

static bool may_be_owned(const struct link *l, const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (model_begins_pair(l->model, MODEL_OWNED_BY, w->held[i].name))
			return true;
	return false;
}

static void note_write(struct link *l, struct write *w)
{
	bool spins = model_has(l->model, MODEL_INTERRUPT, w->context);
	uint32_t i;

	w->held = arena_copy(l->arena, w->held, w->nheld * sizeof(*w->held));
	for (i = 0; i < w->nheld; i++) {
		if (!model_begins_pair(l->model, MODEL_OWNED_BY, w->held[i].name))
			continue;
		w->held[i].spins = spins;
		w->held[i].owned = frame_any(l, w, is_found_owned, w->held[i].name);
	}
}

void owned_locks_note(struct link *l, struct unit_verdict *v)
{
	uint32_t i;

	for (i = 0; i < v->nwrites; i++)
		if (v->writes[i].phase == PHASE_RUNTIME && may_be_owned(l, &v->writes[i]))
			note_write(l, &v->writes[i]);
}
