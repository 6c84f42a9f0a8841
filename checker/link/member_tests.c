// SPDX-License-Identifier: GPL-2.0-only
/* member_tests.c - what the branches of a function tell of members, also by functions that only test. */
#include "member_tests.h"
#include "callgraph.h"
#include "modref.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"
#include "result.h"

bool same_member_test(const struct member_test *a, const struct member_test *b)
{
	return a->field == b->field && a->test == b->test && a->holds == b->holds &&
	       a->value == b->value && same_object(&a->obj, &b->obj);
}

/*
 * The member that the variable is a copy of: it is a pointer, and assigned nothing but that member.
 * False: it is no such copy.
 */
static bool copied_member(const struct function *fn, uint32_t local, struct member_test *out)
{
	const struct path *def = fn->locals[local].ndefs == 1 ? &fn->locals[local].defs[0] : NULL;
	const struct step *last = def && def->nsteps ? &def->steps[def->nsteps - 1] : NULL;

	if (!last || last->kind != STEP_PTR || !last->record)
		return false;
	out->obj = *def;
	out->obj.nsteps--;
	out->obj.type = last->record;
	out->field = last->field;
	return true;
}

/*
 * The test of a member, or of a copy of one, at the end of the block, as it is where the edge is taken;
 * false: there is none.
 */
static bool test_of_member(const struct link *l, uint32_t f, const struct block *b, uint32_t which,
			   struct member_test *out)
{
	const struct function *fn = &l->p->functions[f];
	const struct predicate *c;
	struct predicates k;

	if (b->nsuccs != 2 || (b->test.member == NONE && b->test.local == NONE))
		return false;
	k.n = 0;
	k.forgot = false;
	predicates_assume(&k, b, which);
	if (k.n != 1)
		return false;
	c = &k.of[0];
	if (c->subject == SUBJECT_MEMBER) {
		out->obj = fn->tested[c->index].obj;
		out->field = fn->tested[c->index].field;
	} else if (c->subject != SUBJECT_LOCAL || !copied_member(fn, c->index, out)) {
		return false;
	}
	out->test = c->test;
	out->holds = c->holds;
	out->value = c->value;
	return true;
}

/* --- what a callee has found */

struct told {
	const struct link *l;
	uint32_t f;
	const struct member_test *test;
};

static bool edge_tells(void *ctx, const struct block *b, uint32_t which)
{
	const struct told *t = ctx;
	struct member_test c;

	return test_of_member(t->l, t->f, b, which, &c) && same_member_test(&c, t->test);
}

/* May the block, which ends its function, return a result in these classes? */
static bool may_return(const struct block *b, uint32_t classes)
{
	uint32_t class = result_of_return(b);

	return (class ? class : RESULT_ANY) & classes;
}

/* Is the test passed on all paths of the callee to a result in these classes? */
static bool tells(struct told *t, uint32_t classes)
{
	const struct function *fn = &t->l->p->functions[t->f];
	uint32_t b;

	for (b = 0; b < fn->nblocks; b++)
		if (!fn->blocks[b].nsuccs && may_return(&fn->blocks[b], classes) &&
		    !on_all_paths_to(fn, &fn->blocks[b], edge_tells, t))
			return false;
	return true;
}

/* Adds what the callee has found where its result is in one of the classes, in the frame of f. */
static void add_told(const struct link *l, uint32_t f, const struct call *call, uint32_t callee,
		     uint32_t classes, struct member_tests *out)
{
	const struct function *fn = &l->p->functions[callee];
	struct member_test c;
	struct told t = { l, callee, &c };
	uint32_t b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < 2; i++) {
			if (!test_of_member(l, callee, &fn->blocks[b], i, &c) ||
			    modref_may_change(l, callee, c.obj.type, c.field) ||
			    !tells(&t, classes))
				continue;
			*vec_add(out->all, out->n, out->cap) = c;
			out->all[out->n - 1].obj = resolve_path(l, callee, &c.obj);
			out->all[out->n - 1].obj =
				substitute_path(l, f, call, &out->all[out->n - 1].obj);
			if (out->all[out->n - 1].obj.root == ROOT_UNKNOWN)
				out->n--;
		}
}

void member_tests_of_edge(const struct link *l, uint32_t f, const struct block *b, uint32_t which,
			  struct member_tests *out)
{
	struct member_test c;
	uint32_t callee;

	if (test_of_member(l, f, b, which, &c))
		*vec_add(out->all, out->n, out->cap) = c;
	if (b->nsuccs != 2 || b->test.call == NONE)
		return;
	callee = only_target(l, f, b->test.call);
	if (callee != NONE)
		add_told(l, f, &l->p->functions[f].calls[b->test.call], callee,
			 result_of_test(&b->test, (which == 0) != b->negate), out);
}
