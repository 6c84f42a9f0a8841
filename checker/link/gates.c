// SPDX-License-Identifier: GPL-2.0-only
/* gates.c - works that are started only where a member was found set. */
#include "gates.h"
#include "continued.h"
#include "frames.h"
#include "on_paths.h"
#include "predicates.h"
#include "restarts.h"
#include "starts.h"

struct gate {
	const struct function *fn;
	str record, field;
};

/* Is the member not 0 where the edge is taken? */
static bool edge_says_set(void *ctx, const struct block *b, uint32_t which)
{
	const struct gate *g = ctx;
	const struct predicate zero = { SUBJECT_MEMBER, b->test.member, TEST_EQUAL, true, 0 };
	struct predicates k = { 0 };

	if (b->nsuccs != 2 || b->test.member == NONE ||
	    g->fn->tested[b->test.member].field != g->field ||
	    g->fn->tested[b->test.member].obj.type != g->record)
		return false;
	predicates_assume(&k, b, which);
	return predicates_decide(&k, &zero) == 0;
}

static bool is_gated(const struct link *l, const struct start *s, str record, str field)
{
	const struct function *fn = &l->p->functions[s->function];
	struct gate g = { fn, record, field };
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind == EV_CALL && ev->call == s->call)
				return on_all_paths(fn, ev, edge_says_set, &g);
		}
	return false;
}

static bool all_gated(const struct link *l, str name, str record, str field)
{
	size_t n, i;
	const uint32_t *of = starts_of(l, name, &n);

	for (i = 0; i < n; i++)
		if (!is_gated(l, starts_get(l, of[i]), record, field))
			return false;
	return n && !restarts_unseen(l, name);
}

bool gate_of_work(const struct link *l, const struct write *w, str record, str field)
{
	bool of_work = w->nchain > 1 && is_work_callback(l, w->chain[1]);
	uint32_t root = of_work ? frame_root(l, w) : NONE;
	const uint32_t *names;
	size_t n = 0, i;

	names = root == NONE ? NULL : works_with_callback(l, root, &n);
	for (i = 0; i < n; i++)
		if (!all_gated(l, names[i], record, field))
			return false;
	return n;
}
