// SPDX-License-Identifier: GPL-2.0-only
/* tests.c - tests of one member, found from the object written, that exclude each other. */
#include "link/chain_tests.h"
#include "link/predicates.h"
#include "link/set_up.h"
#include "link/writes.h"
#include "refuters.h"

/* Is it the same member, and found by one path? */
static bool same_member(const struct fact *a, const struct fact *b)
{
	return a->rel && a->rel == b->rel && a->relation == b->relation;
}

/* Can no value of the member pass both? */
static bool exclude(const struct fact *a, const struct fact *b)
{
	const struct predicates k = { .n = 1,
				      .of = { { .subject = SUBJECT_MEMBER,
						.test = a->test,
						.holds = a->holds,
						.value = a->value } } };
	const struct predicate c = {
		.subject = SUBJECT_MEMBER, .test = b->test, .holds = b->holds, .value = b->value
	};

	return predicates_decide(&k, &c) == 0;
}

static bool excludes(const struct fact *a, const struct fact *b)
{
	return same_member(a, b) && (exclude(a, b) || exclude(b, a));
}

/* Do tests in the two functions that store exclude each other? */
enum doubt refute_tests(const struct pair *p)
{
	enum doubt found = DOUBT_NONE;
	uint32_t i, j;

	for (i = 0; i < p->a->nfacts; i++)
		for (j = 0; j < p->b->nfacts; j++) {
			if (!excludes(&p->a->facts[i], &p->b->facts[j]))
				continue;
			if (collected_stays(p->l, p->a->facts[i].record, p->a->facts[i].field))
				return IMPOSSIBLE;
			found = DOUBT_EXCLUSIVE_TESTS;
		}
	return found;
}

/*
 * What it says that the two tests exclude each other.  A member that only set-up assigns, as the number of a
 * chip, tells objects apart; of another it counts whether the two chains change it.
 */
static enum doubt doubt_of_tests(const struct link *l, const struct chain_test *a,
				 const struct chain_test *b)
{
	if (only_set_up_assigns(l, a->fact.record, a->fact.field))
		return DOUBT_EXCLUSIVE_TESTS;
	return a->changes || b->changes ? DOUBT_NONE : DOUBT_EXCLUSIVE_CHAINS;
}

enum doubt refute_tests_of_chains(const struct pair *p)
{
	enum doubt found = DOUBT_NONE;
	uint32_t na, nb, i, j;
	struct chain_test *a = chain_tests_find(p->l, p->a, &na), *b = NULL;

	if (na)
		b = chain_tests_find(p->l, p->b, &nb);
	for (i = 0; b && found != DOUBT_EXCLUSIVE_TESTS && i < na; i++)
		for (j = 0; j < nb && found != DOUBT_EXCLUSIVE_TESTS; j++)
			if (excludes(&a[i].fact, &b[j].fact))
				found = doubt_of_tests(p->l, &a[i], &b[j]) ?: found;
	free(a);
	free(b);
	return found;
}
