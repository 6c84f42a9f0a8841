// SPDX-License-Identifier: GPL-2.0-only
/* bitops_choice.c - whether atomic bits are a better remedy than storage units of their own. */
#include "bitops_choice.h"
#include "type_bits.h"

#define WORD_BYTES (POINTER_BITS / 8) /* of an unsigned long */

/* The fields of a unit that the policy wants apart. */
struct wanted {
	const struct unit_verdict *u;
	const uint32_t *v; /* indexes into u->fields */
	uint32_t n;
};

static struct wanted wanted_of(const struct fix_plan *plan, const struct unit_verdict *u)
{
	return plan->program->strict ? (struct wanted){ u, u->split_strict, u->nstrict } :
				       (struct wanted){ u, u->split_lifetime, u->nlifetime };
}

/* Does one lock guard two of the fields, so that they could share a unit? */
static bool have_owner(const struct wanted *w)
{
	uint32_t i, j;

	for (i = 0; i < w->n; i++)
		for (j = 0; j < i; j++)
			if (w->u->fields[w->v[i]].guard &&
			    w->u->fields[w->v[i]].guard == w->u->fields[w->v[j]].guard)
				return true;
	return false;
}

static bool is_wanted(const struct wanted *w, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < w->n && w->v[i] != field; i++)
		;
	return i < w->n;
}

/* Do most pairs of the fields conflict, doubtful conflicts left aside? */
static bool most_conflict(const struct wanted *w)
{
	uint64_t pairs = (uint64_t)w->n * (w->n - 1) / 2, n = 0;
	uint32_t i;

	for (i = 0; i < w->u->nconflicts; i++) {
		const struct conflict *c = &w->u->conflicts[i];

		n += c->confidence != CONF_LOW && is_wanted(w, c->a) && is_wanted(w, c->b);
	}
	return n * 2 > pairs;
}

/* Bytes of the storage units that the fields would need. */
static uint64_t bytes_apart(const struct wanted *w)
{
	uint64_t bytes = 0;
	uint32_t i;

	for (i = 0; i < w->n; i++)
		bytes += (w->u->fields[w->v[i]].field->bit_size + 7) / 8;
	return bytes;
}

const char *bitops_choice(const struct fix_plan *plan, struct arena *a)
{
	bool no_room = plan->partial || (plan->refusal && plan->picture);
	bool everywhere = true;
	uint64_t bytes = 0;
	uint32_t i, n = 0;

	if ((plan->nonly && !plan->partial) || (plan->refusal && !no_room))
		return NULL;
	for (i = 0; i < plan->nunits; i++) {
		struct wanted w = wanted_of(plan, plan->units[i]);

		if (have_owner(&w))
			return NULL;
		everywhere &= most_conflict(&w);
		bytes += bytes_apart(&w);
		n += w.n;
	}
	if (no_room)
		return arena_printf(
			a,
			"no lock guards two of these %u fields, and there is no room for a storage unit each",
			n);
	if (!everywhere || bytes <= WORD_BYTES)
		return NULL;
	return arena_printf(
		a,
		"no lock guards two of these %u fields, most of which race with one another, and a storage unit each would take %llu bytes",
		n, (unsigned long long)bytes);
}
