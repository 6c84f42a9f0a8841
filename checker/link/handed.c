// SPDX-License-Identifier: GPL-2.0-only
/* handed.c - records whose objects are handed from context to context, and so need no lock. */
#include "handed.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "symtab.h"

/* Does the model name the record, or the named one around an unnamed one? */
static bool name_is_handed(const struct link *l, const struct record *r)
{
	const char *name = str_get(r->name), *dot = strchr(name, '.');

	return model_has(l->model, MODEL_HANDED, r->name) ||
	       (dot && model_has(l->model, MODEL_HANDED, str_intern_n(name, (size_t)(dot - name))));
}

/* The named record around an unnamed one ("outer.member"), or NULL. */
static const struct record *outer_record(const struct link *l, const struct record *r)
{
	const char *name = str_get(r->name), *key = str_get(r->key), *dot = strchr(name, '.');
	const char *at = strchr(key, '@');

	if (!dot)
		return NULL;
	return symtab_record(l, str_printf("%.*s%s", (int)(dot - name), name, at ? at : ""));
}

/*
 * Does the path lead into a byte array of a handed object, which is for whoever has that object
 * (sk_buff.cb: Documentation/networking/skbuff.rst)?
 */
static bool is_carried(const struct link *l, const struct path *p)
{
	const struct step *s = p->nsteps >= 2 ? &p->steps[p->nsteps - 2] : NULL;
	const struct record *outer;
	uint32_t i;

	if (!p->type || !s || s->kind != STEP_FIELD || s[1].kind != STEP_INDEX ||
	    !model_has(l->model, MODEL_HANDED, str_unqualified(s->record)))
		return false;
	outer = symtab_record(l, s->record);
	for (i = 0; outer && i < outer->nfields; i++)
		if (outer->fields[i].name == s->field)
			return !outer->fields[i].record;
	return !outer;
}

static void note_carried(const struct link *l, const struct path *p)
{
	struct record *r = is_carried(l, p) ? symtab_record(l, p->type) : NULL;

	if (r)
		r->flags |= RECORD_CARRIED;
}

void handed_mark_carried(const struct link *l)
{
	uint32_t f, i, j;

	for (f = 0; f < l->p->nfunctions; f++) {
		const struct function *fn = &l->p->functions[f];

		for (i = 0; i < fn->ncalls; i++)
			for (j = 0; j < fn->calls[i].nargs; j++)
				note_carried(l, fn->calls[i].args[j]);
		for (i = 0; i < fn->nlocals; i++)
			for (j = 0; j < fn->locals[i].ndefs; j++)
				note_carried(l, &fn->locals[i].defs[j]);
		for (i = 0; i < fn->nblocks; i++)
			for (j = 0; j < fn->blocks[i].nevents; j++)
				if (fn->blocks[i].events[j].kind == EV_ACCESS)
					note_carried(l, fn->blocks[i].events[j].obj);
	}
}

/*
 * A record that begins with a handed one is derived from it, as C does that, and is handed with it.
 * So is one that is carried in it, and a message of a user-space interface.
 */
bool record_is_handed(const struct link *l, const struct record *r)
{
	const struct record *base = r, *outer = outer_record(l, r);
	uint32_t i;

	if (r->flags & RECORD_CARRIED || (outer && record_is_handed(l, outer)))
		return true;
	for (i = 0; base; i++) {
		if (i == EMBEDDED_MAX) {
			limit_met_at(l, LIMIT_EMBEDDED, &base->loc, base->name);
			break;
		}
		if (name_is_handed(l, base))
			return true;
		if (!base->nfields || base->fields[0].bit_offset || !base->fields[0].record)
			break;
		if (model_has(l->model, MODEL_HANDED, str_unqualified(base->fields[0].record)))
			return true;
		base = symtab_record(l, base->fields[0].record);
	}
	for (i = 0; i < r->nfields; i++)
		if (model_has(l->model, MODEL_WIRE_TYPE, r->fields[i].type))
			return r->flags & RECORD_UAPI;
	return false;
}
