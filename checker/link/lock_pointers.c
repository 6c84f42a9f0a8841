// SPDX-License-Identifier: GPL-2.0-only
/* lock_pointers.c - which locks a pointer member may lead to. */
#include "lock_pointers.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "lock_path.h"
#include "path.h"
#include "resolve.h"

static bool stores_lock(const struct link *l, const struct event *e)
{
	return e->kind == EV_STORE && e->field && e->obj->type && e->src->type &&
	       model_has(l->model, MODEL_LOCK_TYPE, str_unqualified(e->src->type));
}

static void note_store(struct link *l, uint32_t f, const struct event *e)
{
	const struct step member = { STEP_PTR, e->obj->type, e->field };
	struct path from = { .root = ROOT_PARAM }, to = resolve_path(l, f, e->src);
	str name = lock_of_path(l, MODE_EXCLUSIVE, &to).name;

	path_append(&from, &member);
	if (name)
		keymap_add(l->lock_pointers, lock_of_path(l, MODE_EXCLUSIVE, &from).name, name);
}

void lock_pointers_begin(struct link *l)
{
	uint32_t f, b, e;

	l->lock_pointers = xcalloc(1, sizeof(*l->lock_pointers));
	for (f = 0; f < l->p->nfunctions; f++) {
		const struct function *fn = &l->p->functions[f];

		for (b = 0; b < fn->nblocks; b++)
			for (e = 0; e < fn->blocks[b].nevents; e++)
				if (stores_lock(l, &fn->blocks[b].events[e]))
					note_store(l, f, &fn->blocks[b].events[e]);
	}
}

void lock_pointers_end(struct link *l)
{
	keymap_free(l->lock_pointers);
	free(l->lock_pointers);
	l->lock_pointers = NULL;
}

bool lock_pointer_leads_to(const struct link *l, str from, str to)
{
	size_t n, i;
	const uint32_t *names = keymap_list(l->lock_pointers, from, &n);

	for (i = 0; names && i < n; i++)
		if (names[i] == to)
			return true;
	return false;
}
