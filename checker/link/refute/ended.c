// SPDX-License-Identifier: GPL-2.0-only
/* ended.c - one writer has ended the activity (a work, a timer) that the other one is in. */
#include "refuters.h"

/* What `a` has ended: DOUBT_NONE if it is nothing that `b` is in. */
static enum doubt ended_by(const struct write *a, const struct write *b)
{
	enum doubt said = DOUBT_NONE;
	uint32_t i, j;

	for (i = 0; i < a->nactivities; i++)
		for (j = 0; j < b->nactivities; j++) {
			const struct activity *of = &a->activities[i], *in = &b->activities[j];

			if (!of->ended || in->ended || of->rel != in->rel)
				continue;
			if (!of->again)
				return IMPOSSIBLE;
			said = DOUBT_STARTED_AGAIN;
		}
	return said;
}

/* Has `a`, on some paths, ended what `b` is in?  Only the name of that is known. */
static bool sometimes_ended_by(const struct write *a, const struct write *b)
{
	uint32_t i, j;

	for (i = 0; i < a->nsometimes; i++)
		for (j = 0; j < b->nactivities; j++)
			if (a->sometimes[i].activity && !b->activities[j].ended &&
			    a->sometimes[i].name == b->activities[j].name)
				return true;
	return false;
}

enum doubt refute_ended(const struct pair *p)
{
	enum doubt said = ended_by(p->a, p->b), other = ended_by(p->b, p->a);

	return said > other ? said : other;
}

enum doubt refute_sometimes_ended(const struct pair *p)
{
	return sometimes_ended_by(p->a, p->b) || sometimes_ended_by(p->b, p->a) ?
		       DOUBT_SOMETIMES_ENDED :
		       DOUBT_NONE;
}
