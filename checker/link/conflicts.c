// SPDX-License-Identifier: GPL-2.0-only
/*
 * conflicts.c - the conflicts of all units, which worker processes look for.
 *
 * The conflicts of a unit depend on its own writes and on what earlier passes have found, so that units
 * can be compared in any order.  A worker is a copy of this process: conflicts are indexes that mean the
 * same here, and go back as the bytes that they are.
 */
#include "conflicts.h"
#include "base/buf.h"
#include "base/pool.h"
#include "compare_writes.h"
#include "limit.h"

/* With fewer pairs of writes than so many, all units together, no worker is worth its start. */
#define PAIRS_ALONE 20000

struct unit_pairs {
	struct unit_verdict *v;
	uint64_t pairs; /* of its writes, at most so many are compared */
};

struct sharing {
	struct link *l;
	struct unit_pairs *units;
	size_t n;
};

/* What a worker says of a unit; conflicts and limits follow. */
struct found_head {
	uint64_t refuted; /* unit_verdict.refuted */
	uint64_t nconflicts;
};

static void find_in_worker(size_t job, struct buf *reply, void *ctx)
{
	const struct sharing *s = ctx;
	struct unit_verdict *v = s->units[job].v;
	struct buf met = { 0 };
	struct found_head head;

	limits_journal(s->l, &met);
	conflicts_find(s->l, v);
	limits_journal(s->l, NULL);
	head = (struct found_head){ v->refuted, v->nconflicts };
	buf_add(reply, &head, sizeof(head));
	buf_add(reply, v->conflicts, v->nconflicts * sizeof(*v->conflicts));
	buf_add(reply, met.data, met.n);
	free(met.data);
}

static void take_found(size_t job, const unsigned char *data, size_t n, const char *failure,
		       void *ctx)
{
	const struct sharing *s = ctx;
	struct unit_verdict *v = s->units[job].v;
	struct found_head head;
	size_t bytes;

	if (failure)
		die("a worker process that judges storage units: %s", failure);
	memcpy(&head, data, sizeof(head));
	bytes = head.nconflicts * sizeof(*v->conflicts);
	v->refuted = head.refuted;
	v->nconflicts = (uint32_t)head.nconflicts;
	v->conflicts = arena_copy(s->l->arena, data + sizeof(head), bytes);
	limits_take(s->l, data + sizeof(head) + bytes, n - sizeof(head) - bytes);
}

/* The one that takes longest first, so that no worker is left with it at the end. */
static int by_pairs(const void *a, const void *b)
{
	const struct unit_pairs *x = a, *y = b;

	if (x->pairs != y->pairs)
		return x->pairs > y->pairs ? -1 : 1;
	return x->v < y->v ? -1 : x->v > y->v;
}

/* The units with pairs to compare; returns how many pairs these are at most. */
static uint64_t list_units(struct sharing *s)
{
	struct program *p = s->l->p;
	uint64_t all = 0;
	size_t i;

	s->units = xcalloc(p->nverdicts + 1, sizeof(*s->units));
	for (i = 0; i < p->nverdicts; i++) {
		struct unit_verdict *v = &p->verdicts[i];
		uint64_t pairs = (uint64_t)v->nwrites * v->nwrites;

		if (v->handed || v->nfields < 2 || !pairs)
			continue;
		s->units[s->n++] = (struct unit_pairs){ v, pairs };
		all += pairs;
	}
	return all;
}

void conflicts_find_all(struct link *l)
{
	struct sharing s = { .l = l };
	const struct pool_job job = { .work = find_in_worker, .done = take_found, .ctx = &s };
	uint64_t pairs = list_units(&s);
	size_t i;

	if (l->jobs > 1 && pairs >= PAIRS_ALONE) {
		qsort(s.units, s.n, sizeof(*s.units), by_pairs);
		pool_run(l->jobs, s.n, &job, &pool_unlimited);
	} else {
		for (i = 0; i < s.n; i++)
			conflicts_find(l, s.units[i].v);
	}
	free(s.units);
}
