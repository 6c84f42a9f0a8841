// SPDX-License-Identifier: GPL-2.0-only
/*
 * passes.c - the time and the memory that each pass of link takes.
 *
 * passes KDIR DB JOBS [PATH]...
 *
 * The facts of the paths should be in DB.  Prints a line for each pass: wall seconds, CPU seconds with
 * those of worker processes, MB resident at its end, name.
 */
#include <sys/resource.h>
#include <unistd.h>

#include "base/progress.h"
#include "cli/analysis.h"
#include "link/link.h"

static double wall, cpu;

static double seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static double cpu_of(int who)
{
	struct rusage usage;

	getrusage(who, &usage);
	return seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
}

static unsigned long resident_mb(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (!f || fscanf(f, "%*u %lu", &pages) != 1)
		die("cannot read /proc/self/statm");
	fclose(f);
	return pages * (unsigned long)sysconf(_SC_PAGESIZE) >> 20;
}

/* Prints what was used since the line before. */
static void print_line(const char *name)
{
	double now = seconds_now(), used = cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);

	printf("%7.2f %7.2f %6lu  %s\n", now - wall, used - cpu, resident_mb(), name);
	fflush(stdout);
	wall = now;
	cpu = used;
}

static bool is_loaded(const struct options *o, const struct program *p)
{
	(void)o;
	(void)p;
	print_line("load");
	return true;
}

static void pass_ends(void *ctx, const struct link *l, const char *pass)
{
	(void)ctx;
	(void)l;
	print_line(pass);
}

int main(int argc, char **argv)
{
	static const struct link_watch watch = { .after = pass_ends };
	struct options o = { .watch = &watch, .loaded = is_loaded };
	struct rusage usage;
	struct analysis an;

	if (argc < 4)
		die("passes KDIR DB JOBS [PATH]...");
	o.kdir = argv[1];
	o.db = argv[2];
	o.jobs = (unsigned int)strtoul(argv[3], NULL, 10);
	wall = seconds_now();
	analysis_make(&an, &o, argv + 4, (size_t)argc - 4);
	getrusage(RUSAGE_SELF, &usage);
	printf("%ld MB at most\n", usage.ru_maxrss >> 10);
	analysis_free(&an);
	return 0;
}
