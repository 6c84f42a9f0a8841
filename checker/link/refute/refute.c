// SPDX-License-Identifier: GPL-2.0-only
/* refute.c - asks all refuters about a candidate pair. */
#include "refute.h"
#include "base/names.h"
#include "refuters.h"

enum asked { ASKED_group, ASKED_pair, ASKED_late };

static const struct {
	enum doubt (*ask)(const struct pair *p);
	enum asked asked;
} refuters[] = {
#define REFUTER(name, asked, id, sentence) [REFUTER_##name] = { refute_##name, ASKED_##asked },
#include "base/refuters.def"
#undef REFUTER
};

static void add_doubt(struct conflict *c, uint32_t refuter, enum doubt doubt)
{
	/* (medium means that one assumption is left: two are too many) */
	c->confidence = c->doubts ? CONF_LOW : doubt_level(doubt);
	c->said[refuter] = (uint8_t)doubt;
	c->doubts |= UINT64_C(1) << doubt;
}

/* The refuters behind this one only doubt. */
#define LAST_THAT_REFUTES REFUTER_tests

/*
 * The late ones, and what two others ask further unless they have said something before.  All but the first one
 * follow calls, or go through the body of each function of a chain.  They only doubt.
 */
static const struct {
	uint32_t refuter;
	enum doubt (*ask)(const struct pair *p);
} last[] = {
	{ REFUTER_ended, refute_sometimes_ended },
	{ REFUTER_rivals, refute_rivals },
	{ REFUTER_off, refute_off },
	{ REFUTER_stopped, refute_stopped },
	{ REFUTER_removed, refute_removed },
	{ REFUTER_gated, refute_gated },
	{ REFUTER_tables, refute_tables },
	{ REFUTER_tests, refute_tests_of_chains },
	{ REFUTER_created, refute_created },
	{ REFUTER_waited, refute_waited },
	{ REFUTER_taken, refute_taken },
	{ REFUTER_sources, refute_sources },
	{ REFUTER_modules, refute_modules },
	{ REFUTER_makers, refute_makers },
};

static void add_answer(struct conflict *c, uint32_t refuter, enum doubt said)
{
	if (said == IMPOSSIBLE)
		c->refuter = refuter;
	else if (said)
		add_doubt(c, refuter, said);
}

void refute_group(const struct pair *p, struct conflict *c)
{
	uint32_t i;

	c->refuter = NONE;
	c->confidence = CONF_HIGH;
	c->doubt = DOUBT_NONE;
	c->doubts = 0;
	memset(c->said, 0, sizeof(c->said));
	for (i = 0; i < REFUTER_COUNT && c->refuter == NONE; i++)
		if (refuters[i].asked == ASKED_group)
			add_answer(c, i, refuters[i].ask(p));
}

/* Of several doubts the first refuter's of the lowest level says why. */
static void choose_doubt(struct conflict *c)
{
	uint32_t i;

	for (i = 0; i < REFUTER_COUNT; i++)
		if (c->said[i] && (!c->doubt || doubt_level(c->said[i]) < doubt_level(c->doubt)))
			c->doubt = c->said[i];
}

bool refute_further(const struct pair *p, struct conflict *c, hopeless_fn *hopeless, void *ctx)
{
	uint32_t i;

	for (i = 0; i < REFUTER_COUNT && c->refuter == NONE; i++) {
		if (refuters[i].asked != ASKED_pair)
			continue;
		if (i > LAST_THAT_REFUTES && hopeless(ctx, c))
			return false;
		add_answer(c, i, refuters[i].ask(p));
	}
	for (i = 0; i < ARRAY_SIZE(last) && c->refuter == NONE; i++) {
		if (hopeless(ctx, c))
			return false;
		if (!c->said[last[i].refuter])
			add_answer(c, last[i].refuter, last[i].ask(p));
	}
	choose_doubt(c);
	return true;
}

static bool never(void *ctx, const struct conflict *c)
{
	(void)ctx;
	(void)c;
	return false;
}

void refute_pair(const struct pair *p, struct conflict *c)
{
	refute_group(p, c);
	refute_further(p, c, never, NULL);
}
