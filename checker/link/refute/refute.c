// SPDX-License-Identifier: GPL-2.0-only
/* refute.c - asks all refuters about a candidate pair. */
#include "refute.h"
#include "base/names.h"
#include "refuters.h"

static const struct {
	enum doubt (*ask)(const struct pair *p);
	bool kept;
} refuters[] = {
#define REFUTER(name, kept, id, sentence) [REFUTER_##name] = { refute_##name, kept },
#include "base/refuters.def"
#undef REFUTER
};

uint32_t refute_group(const struct pair *p)
{
	uint32_t i;

	for (i = 0; i < REFUTER_COUNT; i++)
		if (refuters[i].kept && refuters[i].ask(p) == IMPOSSIBLE)
			return i;
	return NONE;
}

static void add_doubt(struct conflict *c, uint32_t refuter, enum doubt doubt)
{
	c->said[refuter] = (uint8_t)doubt;
	c->doubts |= UINT64_C(1) << doubt;
	if (doubt_level(doubt) >= c->confidence)
		return;
	c->confidence = doubt_level(doubt);
	c->doubt = doubt;
}

void refute_pair(const struct pair *p, struct conflict *c)
{
	enum doubt said;
	uint32_t i;

	c->refuter = NONE;
	c->confidence = CONF_HIGH;
	c->doubt = DOUBT_NONE;
	c->doubts = 0;
	memset(c->said, 0, sizeof(c->said));
	for (i = 0; i < REFUTER_COUNT; i++) {
		said = refuters[i].ask(p);
		if (said == IMPOSSIBLE) {
			c->refuter = i;
			return;
		}
		if (said)
			add_doubt(c, i, said);
	}
}
