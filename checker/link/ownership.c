// SPDX-License-Identifier: GPL-2.0-only
/* ownership.c - pointer members whose object lives as long as the record they are in. */
#include "ownership.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "resolve.h"

struct ownership {
	struct keymap owners; /* record and field */
};

static void note_stores(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];
			struct path src;

			if (ev->kind != EV_STORE || !ev->field || !ev->obj->type)
				continue;
			src = resolve_path(l, f, ev->src);
			if (fresh_bit(l, f, &src) >= 0)
				keymap_mark(&l->ownership->owners,
					    keymap_pair(ev->obj->type, ev->field));
		}
}

void ownership_find(struct link *l)
{
	uint32_t f;

	l->ownership = xcalloc(1, sizeof(*l->ownership));
	for (f = 0; f < l->p->nfunctions; f++)
		note_stores(l, f);
}

void ownership_free(struct link *l)
{
	keymap_free(&l->ownership->owners);
	free(l->ownership);
	l->ownership = NULL;
}

bool field_is_owned(const struct link *l, const struct step *s)
{
	return keymap_has(&l->ownership->owners, keymap_pair(s->record, s->field)) ||
	       model_has_field(l->model, MODEL_OWNED, str_unqualified(s->record), s->field);
}
