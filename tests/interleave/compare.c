// SPDX-License-Identifier: GPL-2.0-only
/* compare.c - many programs beside what racybits says of them. */
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "generate.h"
#include "opinion.h"
#include "print.h"

struct counts {
	unsigned long programs, units, lost, undone, cut, states;
	unsigned long missed, unknown, pairs, pairs_missed;
	unsigned long racy[CONFIDENCES], alarms[CONFIDENCES];
};

char *program_text(struct program *p)
{
	struct printer pr = { .line = 1 };
	char *text;
	size_t size;

	pr.out = open_memstream(&text, &size);
	if (!pr.out)
		return NULL;
	print_headers(&pr);
	print_program(&pr, p);
	fclose(pr.out);
	return text;
}

int compare_write(const struct range *range, FILE *out)
{
	static struct program p;
	struct printer pr = { .out = out, .line = 1 };
	uint32_t i;

	print_headers(&pr);
	for (i = 0; i < range->count; i++) {
		generate(&p, range->seed, range->first + i);
		print_program(&pr, &p);
	}
	return ferror(out);
}

static void count_pairs(struct counts *c, const struct program *p, const struct losses *losses,
			unsigned int unit, const struct opinion *o)
{
	unsigned int a, b;

	for (a = 0; a < p->nfields; a++)
		for (b = 0; b < p->nfields; b++) {
			if (p->fields[a].unit != unit || !losses->lost[a][b])
				continue;
			c->pairs++;
			c->pairs_missed += o->verdict == VERDICT_RACY && !o->pairs[a][b];
		}
}

/* Explores more interleavings: an update of the unit may be lost in one that was not tried. */
static enum truth look_again(const struct program *p, unsigned int unit)
{
	struct losses losses;
	enum truth truth;

	explore(p, 1, &losses);
	truth = truth_of(p, &losses, unit);
	return truth == TRUTH_CUT ? TRUTH_SAFE : truth;
}

static void compare_unit(struct counts *c, const struct program *p, const struct losses *losses,
			 unsigned int unit)
{
	struct opinion o = opinion_of(p, unit);
	enum truth truth = truth_of(p, losses, unit);

	if (is_false_alarm(truth, &o))
		truth = look_again(p, unit);
	c->units++;
	c->lost += truth == TRUTH_LOST;
	c->undone += truth == TRUTH_UNDONE;
	if (is_miss(truth, &o)) {
		printf("miss %u: unit %u loses updates, and is %s\n", p->number, unit,
		       opinion_text(&o));
		c->missed++;
	}
	c->unknown += truth == TRUTH_LOST && o.verdict == VERDICT_UNKNOWN;
	if (o.verdict == VERDICT_RACY)
		c->racy[o.confidence]++;
	if (is_false_alarm(truth, &o)) {
		c->alarms[o.confidence]++;
		if (o.confidence == CONFIDENCE_HIGH)
			printf("alarm %u: unit %u loses nothing, and is %s\n", p->number, unit,
			       opinion_text(&o));
	}
	count_pairs(c, p, losses, unit, &o);
}

int compare_report(const struct range *range, const char *report)
{
	static struct program p;
	struct counts c = { 0 };
	struct losses losses;
	unsigned int unit;
	uint32_t i;

	opinions_load(report);
	for (i = 0; i < range->count; i++) {
		generate(&p, range->seed, range->first + i);
		explore(&p, range->effort, &losses);
		c.programs++;
		c.states += losses.states;
		c.cut += losses.cut;
		for (unit = 0; unit < p.nunits; unit++)
			compare_unit(&c, &p, &losses, unit);
	}
	printf("counts programs %lu units %lu lost %lu undone %lu cut %lu states %lu missed %lu unknown %lu"
	       " pairs %lu pairs_missed %lu high %lu high_alarms %lu medium %lu medium_alarms %lu low %lu low_alarms %lu\n",
	       c.programs, c.units, c.lost, c.undone, c.cut, c.states, c.missed, c.unknown, c.pairs,
	       c.pairs_missed, c.racy[CONFIDENCE_HIGH], c.alarms[CONFIDENCE_HIGH],
	       c.racy[CONFIDENCE_MEDIUM], c.alarms[CONFIDENCE_MEDIUM], c.racy[CONFIDENCE_LOW],
	       c.alarms[CONFIDENCE_LOW]);
	return c.missed != 0;
}

void compare_show(const struct range *range)
{
	static struct program p;
	struct losses losses;
	unsigned int a, b;
	char *text;

	generate(&p, range->seed, range->first);
	text = program_text(&p);
	fputs(text, stdout);
	explore(&p, range->effort, &losses);
	for (a = 0; a < p.nfields; a++)
		for (b = 0; b < p.nfields; b++) {
			if (!losses.lost[a][b])
				continue;
			printf("\nA store to %c is lost by one to %c:\n", 'a' + a, 'a' + b);
			trace_print(stdout, &p, range->effort, losses.lost[a][b], text);
		}
	printf("\n%u states%s\n", losses.states, losses.cut ? ", and more that were not seen" : "");
	free(text);
}
