// SPDX-License-Identifier: GPL-2.0-only
/* split.c - which fields a fix moves out of a racy unit. */
#include "split.h"
#include "limit.h"
#include "lock_compare.h"

static bool has_unlocked_write(const struct unit_verdict *v, uint32_t f)
{
	uint32_t i;

	for (i = 0; i < v->fields[f].nwrites; i++) {
		const struct write *w = &v->writes[v->fields[f].writes[i]];

		if (w->phase == PHASE_RUNTIME && !exclusive_count(w))
			return true;
	}
	return false;
}

/* The number of conflicts that field f is in. */
static uint32_t degree(const struct unit_verdict *v, uint32_t f)
{
	uint32_t i, n = 0;

	for (i = 0; i < v->nconflicts; i++)
		n += v->conflicts[i].a == f || v->conflicts[i].b == f;
	return n;
}

/* Is field a to be moved rather than field b? */
static bool moves_before(const struct unit_verdict *v, uint32_t a, uint32_t b)
{
	bool ua = has_unlocked_write(v, a), ub = has_unlocked_write(v, b);

	if (ua != ub)
		return ua;
	if (degree(v, a) != degree(v, b))
		return degree(v, a) > degree(v, b);
	return a < b;
}

/* Fills `out` with the fields in a conflict, those that are rather moved first; returns how many. */
static uint32_t conflicting_fields(const struct unit_verdict *v, uint32_t *out)
{
	uint32_t f, n = 0, i;

	for (f = 0; f < v->nfields; f++) {
		if (!degree(v, f))
			continue;
		for (i = n++; i && moves_before(v, f, out[i - 1]); i--)
			out[i] = out[i - 1];
		out[i] = f;
	}
	return n;
}

/* Is a field of the set, bit k for order[k], in every conflict? */
static bool covers(const struct unit_verdict *v, const uint32_t *order, uint32_t n, uint32_t set)
{
	uint32_t i, k;
	uint64_t in = 0;

	for (k = 0; k < n; k++)
		if (set >> k & 1)
			in |= UINT64_C(1) << order[k];
	for (i = 0; i < v->nconflicts; i++)
		if (!((in >> v->conflicts[i].a | in >> v->conflicts[i].b) & 1))
			return false;
	return true;
}

/* The next larger number with as many bits set. */
static uint32_t next_combination(uint32_t set)
{
	uint32_t low = set & -set, ripple = set + low;

	return ripple | ((set ^ ripple) >> 2) / low;
}

/*
 * The first minimum vertex cover, counting up sets of one size: bit k stands for order[k], so that it
 * has the fields that are rather moved.
 */
static uint32_t minimum_cover(const struct unit_verdict *v, const uint32_t *order, uint32_t n)
{
	uint32_t size, set;

	for (size = 1; size < n; size++)
		for (set = (1u << size) - 1; set < 1u << n; set = next_combination(set))
			if (covers(v, order, n, set))
				return set;
	return (1u << n) - 1;
}

static int by_index(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

void split_choose(struct link *l, struct unit_verdict *v)
{
	uint32_t *order = xcalloc(v->nfields, sizeof(*order)), n, k, set, f;

	v->split_lifetime = arena_alloc(l->arena, v->nfields * sizeof(uint32_t));
	v->split_strict = arena_alloc(l->arena, v->nfields * sizeof(uint32_t));
	for (f = 0; f < v->nfields; f++)
		if (v->fields[f].lifetime == PHASE_RUNTIME)
			v->split_lifetime[v->nlifetime++] = f;
	n = conflicting_fields(v, order);
	if (n > COVER_MAX || v->nfields > 64) {
		limit_met_at(l, LIMIT_COVER, &v->fields[0].field->loc, v->record->name);
		memcpy(v->split_strict, order, n * sizeof(*order));
		v->nstrict = n;
	} else {
		set = minimum_cover(v, order, n);
		for (k = 0; k < n; k++)
			if (set >> k & 1)
				v->split_strict[v->nstrict++] = order[k];
	}
	qsort(v->split_strict, v->nstrict, sizeof(uint32_t), by_index);
	free(order);
}
