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

/* Says so of a lock: it is called what an interrupt has of it. */
static void note_owned(struct link *l, struct held *h)
{
	str part = model_paired(l->model, MODEL_SPIN_PART, h->name, false);

	h->owned = h->name;
	if (part)
		h->name = part;
}

/* Puts the locks in the order of their names again, those of one name as they were. */
static void sort_held(struct held *held, uint32_t n)
{
	uint32_t i, j;

	for (i = 1; i < n; i++) {
		struct held h = held[i];

		for (j = i; j && strcmp(str_get(held[j - 1].name), str_get(h.name)) > 0; j--)
			held[j] = held[j - 1];
		held[j] = h;
	}
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
		if (frame_any(l, w, is_found_owned, w->held[i].name))
			note_owned(l, &w->held[i]);
	}
	sort_held(w->held, w->nheld);
}

void owned_locks_note(struct link *l, struct unit_verdict *v)
{
	uint32_t i;

	for (i = 0; i < v->nwrites; i++)
		if (v->writes[i].phase == PHASE_RUNTIME && may_be_owned(l, &v->writes[i]))
			note_write(l, &v->writes[i]);
}
