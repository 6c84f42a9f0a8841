// SPDX-License-Identifier: GPL-2.0-only
/* listed.c - lists and tables that an object is in for life. */
#include "listed.h"
#include "callgraph.h"
#include "escape.h"
#include "keymap.h"
#include "resolve.h"

void listed_begin(struct link *l)
{
	l->listed = xcalloc(1, sizeof(*l->listed));
}

void listed_end(struct link *l)
{
	keymap_free(l->listed);
	free(l->listed);
	l->listed = NULL;
}

bool call_adds(const struct link *l, uint32_t f, uint32_t c, uint32_t a)
{
	uint64_t into = 0;
	uint32_t t, n;
	const uint32_t *targets = call_targets(l, f, c, &n);

	for (t = 0; t < n && a < PARAMS_MAX; t++)
		into |= l->escape[targets[t]].into[a] & ~(UINT64_C(1) << a);
	return into;
}

/* Is the object a new one, or found in the table that call c of f is passed? */
static bool stays_in_table(const struct link *l, uint32_t f, uint32_t c, const struct path *object)
{
	const struct function *fn = &l->p->functions[f];
	struct path p = resolve_path(l, f, object);
	uint32_t i;

	if (fresh_bit(l, f, &p) >= 0)
		return true;
	for (i = 0; p.root == ROOT_GLOBAL && i < fn->calls[c].nargs; i++)
		if (resolve_path(l, f, fn->calls[c].args[i]).name == p.name)
			return true;
	if (p.root != ROOT_LOCAL || p.nsteps)
		return false;
	for (i = 0; i < fn->locals[p.index].ndefs; i++) {
		const struct path *def = &fn->locals[p.index].defs[i];

		if (def->root != ROOT_NULL && (def->root != ROOT_LOCAL || def->index != p.index) &&
		    (def->root == ROOT_LOCAL || !stays_in_table(l, f, c, def)))
			return false;
	}
	return true;
}

static bool call_moves(const struct link *l, uint32_t f, uint32_t c, uint32_t a)
{
	struct path object = *l->p->functions[f].calls[c].args[a];

	object.nsteps--;
	return call_adds(l, f, c, a) && !stays_in_table(l, f, c, &object);
}

static bool function_moves(const struct link *l, uint32_t f, str record, str member)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c, a;

	for (c = 0; c < fn->ncalls; c++)
		for (a = 0; a < fn->calls[c].nargs; a++) {
			const struct path *p = fn->calls[c].args[a];
			const struct step *s = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

			if (s && s->kind == STEP_FIELD && s->field == member &&
			    s->record == record && call_moves(l, f, c, a))
				return true;
		}
	return false;
}

bool listed_for_life(const struct link *l, str record, str member)
{
	const uint64_t key = keymap_pair(record, member);
	uint32_t f;

	if (!keymap_has(l->listed, key)) {
		for (f = 0; f < l->p->nfunctions; f++)
			if (function_moves(l, f, record, member))
				break;
		keymap_add(l->listed, key, f == l->p->nfunctions);
	}
	return keymap_first(l->listed, key);
}
