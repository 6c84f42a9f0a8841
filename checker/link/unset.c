// SPDX-License-Identifier: GPL-2.0-only
/* unset.c - stores that happen only if their member is 0, as `if (!x->f) x->f = 1`. */
#include "unset.h"
#include "on_paths.h"
#include "path.h"
#include "predicates.h"
#include "resolve.h"

struct unset_question {
	const struct link *l;
	uint32_t f;
	const struct path *obj;
	str field;
	bool set; /* it is asked for a member that is not 0 */
};

static bool is_tested(const struct unset_question *q, uint32_t member)
{
	const struct tested_member *t = &q->l->p->functions[q->f].tested[member];
	struct path obj;

	if (t->field != q->field)
		return false;
	obj = resolve_path(q->l, q->f, &t->obj);
	return same_object(&obj, q->obj);
}

/* Is the member 0, or not 0, where the edge is taken? */
static bool edge_says_so(void *ctx, const struct block *b, uint32_t which)
{
	const struct unset_question *q = ctx;
	struct predicates k = { 0 };
	struct predicate zero = { .subject = SUBJECT_MEMBER, .test = TEST_EQUAL, .holds = true };

	predicates_assume(&k, b, which);
	if (!k.n || k.of[0].subject != SUBJECT_MEMBER || !is_tested(q, k.of[0].index))
		return false;
	zero.index = k.of[0].index;
	return predicates_decide(&k, &zero) == !q->set;
}

static bool tests_member(const struct function *fn, str field)
{
	uint32_t i;

	for (i = 0; i < fn->ntested; i++)
		if (fn->tested[i].field == field)
			return true;
	return false;
}

static bool is_before(const struct link *l, const struct event *at, struct unset_question *q)
{
	const struct function *fn = &l->p->functions[q->f];

	return q->field && tests_member(fn, q->field) && on_all_paths(fn, at, edge_says_so, q);
}

bool unset_before(const struct link *l, uint32_t f, const struct event *at, const struct path *obj,
		  str field)
{
	return is_before(l, at, &(struct unset_question){ l, f, obj, field, false });
}

bool set_before(const struct link *l, uint32_t f, const struct event *at, const struct path *obj,
		str field)
{
	return is_before(l, at, &(struct unset_question){ l, f, obj, field, true });
}

bool value_is_zero(str value)
{
	return value == str_intern("0") || value == str_intern("false");
}
