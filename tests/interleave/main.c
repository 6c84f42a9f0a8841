// SPDX-License-Identifier: GPL-2.0-only
/*
 * interleave - small drivers from a seed, all of their interleavings, and what racybits says of them.
 *
 *	interleave make SEED FIRST COUNT FILE.c
 *	interleave compare SEED FIRST COUNT REPORT.json
 *	interleave show SEED NUMBER
 *	interleave shrink|shrink-alarm SEED NUMBER TREE [FIRST COUNT]
 *	interleave known
 *
 * make writes programs FIRST to FIRST + COUNT - 1 of the seed into one file; compare runs them in
 * all interleavings and compares with `racybits check --all --format=json FILE.c`; show prints one
 * program and the interleavings that lose updates; shrink finds a smaller one of which
 * racybits misses an update too (shrink-alarm: reports nothing but a false alarm), beside the others of
 * FIRST and COUNT, see shrink.h; known runs programs whose outcome is known.  EFFORT=1 in the environment: more threads at
 * once, and more often.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "known.h"
#include "shrink.h"

static int usage(void)
{
	fprintf(stderr, "usage: interleave make SEED FIRST COUNT FILE.c\n"
			"       interleave compare SEED FIRST COUNT REPORT.json\n"
			"       interleave show SEED NUMBER\n"
			"       interleave shrink|shrink-alarm SEED NUMBER TREE [FIRST COUNT]\n"
			"       interleave known\n");
	return 2;
}

static int make(const struct range *range, const char *path)
{
	FILE *out = fopen(path, "w");
	int failed;

	if (!out) {
		perror(path);
		return 2;
	}
	failed = compare_write(range, out);
	return fclose(out) || failed ? 2 : 0;
}

static int shrink_one(struct range *range, int argc, char **argv)
{
	uint32_t number = range->first;

	if (argc != 5 && argc != 7)
		return usage();
	if (argc == 7) {
		range->first = (uint32_t)strtoul(argv[5], NULL, 10);
		range->count = (uint32_t)strtoul(argv[6], NULL, 10);
	}
	return shrink(range, number, argv[4], !strcmp(argv[1], "shrink-alarm"));
}

int main(int argc, char **argv)
{
	const char *effort = getenv("EFFORT");
	struct range range = { .effort = effort && *effort == '1', .count = 1 };

	if (argc == 2 && !strcmp(argv[1], "known"))
		return known();
	if (argc < 4)
		return usage();
	range.seed = strtoull(argv[2], NULL, 10);
	range.first = (uint32_t)strtoul(argv[3], NULL, 10);
	if (!strcmp(argv[1], "show")) {
		compare_show(&range);
		return 0;
	}
	if (!strncmp(argv[1], "shrink", 6))
		return shrink_one(&range, argc, argv);
	if (argc != 6)
		return usage();
	range.count = (uint32_t)strtoul(argv[4], NULL, 10);
	if (!strcmp(argv[1], "make"))
		return make(&range, argv[5]);
	if (!strcmp(argv[1], "compare"))
		return compare_report(&range, argv[5]);
	return usage();
}
