// SPDX-License-Identifier: GPL-2.0-only
/* findings.c - how many findings are shown. */
#include "findings.h"
#include "out/finding.h"

/* The smaller, the sooner it is shown. */
static uint32_t order_of(const struct program *p, const struct out_options *o, size_t i)
{
	bool known = unit_state(o, i) == BASELINE_UNCHANGED;

	return (known ? CONF_HIGH + 1 : 0) + CONF_HIGH - p->verdicts[i].confidence;
}

void findings_limit(struct program *p, struct out_options *o, unsigned int max)
{
	uint32_t order;
	unsigned int n = 0;
	size_t i;

	for (order = 0; max && order <= 2 * CONF_HIGH + 1; order++)
		for (i = 0; i < p->nverdicts; i++) {
			struct unit_verdict *u = &p->verdicts[i];

			if (!unit_is_finding(u) || order_of(p, o, i) != order || n++ < max)
				continue;
			u->hidden = true;
			o->more++;
		}
	if (o->more)
		warn("%u more findings are not shown (--max=%u)", o->more, max);
}
