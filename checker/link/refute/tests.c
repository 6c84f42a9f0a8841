// SPDX-License-Identifier: GPL-2.0-only
/* tests.c - tests of one member, found from the object written, that exclude each other. */
#include "link/predicates.h"
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

enum doubt refute_tests(const struct pair *p)
{
	enum doubt found = DOUBT_NONE;
	uint32_t i, j;

	for (i = 0; i < p->a->nfacts; i++)
		for (j = 0; j < p->b->nfacts; j++) {
			const struct fact *a = &p->a->facts[i], *b = &p->b->facts[j];

			if (!same_member(a, b) || !(exclude(a, b) || exclude(b, a)))
				continue;
			if (collected_stays(p->l, a->record, a->field))
				return IMPOSSIBLE;
			found = DOUBT_EXCLUSIVE_TESTS;
		}
	return found;
}
