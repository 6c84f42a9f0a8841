// SPDX-License-Identifier: GPL-2.0-only
/*
 * slice.c - judges the units of some records by themselves, and compares with a run over all.
 *
 * slice KDIR DB ROUNDS RECORDS SEED PATH...
 *
 * The facts of the paths must be in DB.  Each round draws so many records.  Prints what differs;
 * exit status 1: something does.
 */
#include "cli/analysis.h"
#include "out/json.h"

static const struct program *all;
static bool *drawn; /* by record of the program at hand */

/* Of records with units; the same numbers in each run over the same facts. */
static size_t *with_units;
static size_t nwith_units;

static uint64_t state;

static uint64_t draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void find_with_units(const struct program *p)
{
	size_t i, cap = 0;

	for (i = 0; i < p->nrecords; i++)
		if (p->records[i].nunits)
			*vec_add(with_units, nwith_units, cap) = i;
}

static const bool *asked(const struct options *o, const struct program *p, struct arena *a)
{
	(void)o;
	return arena_copy(a, drawn, p->nrecords * sizeof(*drawn));
}

/* The verdicts of the records drawn, as JSON; malloc'd. */
static char *report(const struct program *p)
{
	struct program part = *p;
	struct out_options o = { .all = true };
	char *text;
	size_t bytes, i;
	FILE *f = open_memstream(&text, &bytes);

	part.stats = all->stats;
	memcpy(part.limits, all->limits, sizeof(part.limits));
	part.verdicts = xcalloc(p->nverdicts + 1, sizeof(*part.verdicts));
	part.nverdicts = 0;
	for (i = 0; i < p->nverdicts; i++)
		if (drawn[p->verdicts[i].record - p->records])
			part.verdicts[part.nverdicts++] = p->verdicts[i];
	json_report(f, &part, &o);
	fclose(f);
	free(part.verdicts);
	return text;
}

static void put(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

/* Returns whether the verdicts on the records drawn are the same. */
static bool same(const struct options *o, char *const *paths, size_t npaths)
{
	struct options some = *o;
	struct analysis an;
	char *part, *full;
	size_t i;
	bool equal;

	some.asked = asked;
	analysis_make(&an, &some, paths, npaths);
	part = report(&an.program);
	full = report(all);
	equal = !strcmp(part, full);
	if (!equal) {
		put("slice.part", part);
		put("slice.full", full);
		for (i = 0; i < all->nrecords; i++)
			if (drawn[i])
				printf("differs: %s\n", str_get(all->records[i].name));
	}
	free(part);
	free(full);
	analysis_free(&an);
	return equal;
}

int main(int argc, char **argv)
{
	struct options o = { .kdir = argv[1], .db = argv[2], .jobs = 1 };
	unsigned long rounds = strtoul(argv[3], NULL, 10), records = strtoul(argv[4], NULL, 10), i;
	struct analysis an;
	int status = 0;

	state = strtoull(argv[5], NULL, 10);
	analysis_make(&an, &o, argv + 6, (size_t)argc - 6);
	all = &an.program;
	find_with_units(all);
	drawn = xcalloc(all->nrecords, sizeof(*drawn));
	while (rounds--) {
		memset(drawn, 0, all->nrecords * sizeof(*drawn));
		for (i = 0; i < records; i++)
			drawn[with_units[draw() % nwith_units]] = true;
		status |= !same(&o, argv + 6, (size_t)argc - 6);
	}
	printf("%zu records with bitfields\n", nwith_units);
	free(drawn);
	free(with_units);
	analysis_free(&an);
	return status;
}
