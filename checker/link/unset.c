// SPDX-License-Identifier: GPL-2.0-only
/* unset.c - stores that happen only if their member is 0, as `if (!x->f) x->f = 1`. */
#include "unset.h"
#include "path.h"
#include "predicates.h"
#include "resolve.h"

struct unset_search {
	const struct link *l;
	uint32_t f;
	const struct path *obj;
	str field;
	bool *reached; /* by block: on a path without such a test */
};

static bool is_tested(const struct unset_search *s, uint32_t member)
{
	const struct tested_member *t = &s->l->p->functions[s->f].tested[member];
	struct path obj;

	if (t->field != s->field)
		return false;
	obj = resolve_path(s->l, s->f, &t->obj);
	return same_object(&obj, s->obj);
}

/* Is the member 0 where the edge is taken? */
static bool edge_says_unset(const struct unset_search *s, const struct block *b, uint32_t which)
{
	struct predicates k = { 0 };
	struct predicate zero = { .subject = SUBJECT_MEMBER, .test = TEST_EQUAL, .holds = true };

	predicates_assume(&k, b, which);
	if (!k.n || k.of[0].subject != SUBJECT_MEMBER || !is_tested(s, k.of[0].index))
		return false;
	zero.index = k.of[0].index;
	return predicates_decide(&k, &zero) == 1;
}

static void reach(const struct unset_search *s, uint32_t block)
{
	const struct block *b = &s->l->p->functions[s->f].blocks[block];
	uint32_t i;

	s->reached[block] = true;
	for (i = 0; i < b->nsuccs; i++)
		if (!s->reached[b->succs[i]] && !edge_says_unset(s, b, i))
			reach(s, b->succs[i]);
}

static bool tests_member(const struct function *fn, str field)
{
	uint32_t i;

	for (i = 0; i < fn->ntested; i++)
		if (fn->tested[i].field == field)
			return true;
	return false;
}

bool unset_before(const struct link *l, uint32_t f, const struct event *at, const struct path *obj,
		  str field)
{
	const struct function *fn = &l->p->functions[f];
	struct unset_search s = { .l = l, .f = f, .obj = obj, .field = field };
	bool unset = false;
	uint32_t b;

	if (!field || !tests_member(fn, field))
		return false;
	s.reached = xcalloc(fn->nblocks, sizeof(*s.reached));
	reach(&s, 0);
	for (b = 0; b < fn->nblocks; b++)
		if (at >= fn->blocks[b].events && at < fn->blocks[b].events + fn->blocks[b].nevents)
			unset = !s.reached[b];
	free(s.reached);
	return unset;
}
