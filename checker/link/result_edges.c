// SPDX-License-Identifier: GPL-2.0-only
/* result_edges.c - what is only reached where a function of the model has returned something but 0. */
#include "result_edges.h"
#include "on_paths.h"
#include "result.h"

struct result_query {
	const struct link *l;
	const struct function *fn;
	function_name_fn *is;
	str about;
};

static bool edge_says_so(void *ctx, const struct block *b, uint32_t which)
{
	const struct result_query *q = ctx;
	const struct call *c;

	if (b->nsuccs != 2 || b->test.call == NONE)
		return false;
	c = &q->fn->calls[b->test.call];
	return c->kind == CALLEE_DIRECT && q->is(q->l, q->about, str_unqualified(c->name)) &&
	       !(result_of_test(&b->test, (which == 0) != b->negate) & RESULT_IS_ZERO);
}

bool behind_result(const struct link *l, uint32_t f, const struct event *e, function_name_fn *is,
		   str about)
{
	struct result_query q = { l, &l->p->functions[f], is, about };

	return on_all_paths(q.fn, e, edge_says_so, &q);
}
