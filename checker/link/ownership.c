// SPDX-License-Identifier: GPL-2.0-only
/* ownership.c - pointer members whose object lives as long as the record they are in. */
#include "ownership.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "resolve.h"
#include "symtab.h"

struct ownership {
	struct keymap owners; /* record and field: the types of the objects allocated for it */
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
				keymap_add(&l->ownership->owners,
					   keymap_pair(ev->obj->type, ev->field), ev->src->type);
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

/* The record that the member is; NONE, which no type is, if it is none or not known. */
static str member_type(const struct link *l, str record, str field)
{
	const struct record *r = symtab_record(l, record);
	uint32_t i;

	for (i = 0; r && i < r->nfields; i++)
		if (r->fields[i].name == field && r->fields[i].record)
			return r->fields[i].record;
	return NONE;
}

str type_before_step(const struct link *l, const struct path *p, uint32_t i)
{
	for (; i < p->nsteps; i++)
		switch (p->steps[i].kind) {
		case STEP_FIELD:
		case STEP_PTR:
			return p->steps[i].record;
		case STEP_CONTAINER:
			return member_type(l, p->steps[i].record, p->steps[i].field);
		case STEP_PRIVATE:
			return 0;
		}
	return p->type;
}

bool step_is_owned(const struct link *l, const struct path *p, uint32_t i)
{
	const struct step *s = &p->steps[i];
	str type = type_before_step(l, p, i + 1);
	const uint32_t *types;
	size_t n, k;

	if (model_has_field(l->model, MODEL_OWNED, str_unqualified(s->record), s->field))
		return true;
	types = keymap_list(&l->ownership->owners, keymap_pair(s->record, s->field), &n);
	for (k = 0; types && k < n; k++)
		if (!type || !types[k] || types[k] == type)
			return true;
	return false;
}
