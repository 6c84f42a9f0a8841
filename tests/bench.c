// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench.c - runs and measures what scripts/bench.sh compares.
 *
 * bench list KDIR [PATH]...          names of the translation units, one a line
 * bench each JOBS KDIR TOOL... : FILE...
 *                                    TOOL (a program and its options) on each FILE as compiled, JOBS at once
 * bench run COMMAND...               one command
 *
 * The last two print: wall seconds, CPU seconds, peak memory in MB of the biggest process.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tree/compdb.h"
#include "tree/kerneltree.h"
#include "base/util.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static void start(char **argv, const char *dir)
{
	pid_t pid = fork();
	int null;

	if (pid < 0)
		die("cannot start %s:", argv[0]);
	if (pid)
		return;
	null = open("/dev/null", O_RDWR);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	if (!dir || !chdir(dir))
		execvp(argv[0], argv);
	_exit(127);
}

/* Waits for one process; one that could not be started would count as fast. */
static void finish(const char *what)
{
	int status;

	while (wait(&status) < 0)
		if (errno != EINTR)
			die("cannot wait:");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		die("cannot run %s", what);
}

static void report(double begun)
{
	double wall = now() - begun;
	struct rusage usage;

	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.2f %.2f %ld\n", wall, seconds(&usage.ru_utime) + seconds(&usage.ru_stime),
	       usage.ru_maxrss >> 10);
}

static int command_list(const char *kdir, char **paths, size_t n)
{
	struct kernel_tree tree;
	struct tu_list tus;

	kerneltree_open(&tree, kdir, NULL);
	compdb_load(&tree, paths, n, &tus);
	for (size_t i = 0; i < tus.n; i++)
		puts(tus.tus[i].file);
	return 0;
}

/* The tool with its own options, then those of the unit. */
static char **tool_argv(char **tool, size_t ntool, const struct tu *tu)
{
	char **v = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < ntool; i++)
		*vec_add(v, n, cap) = tool[i];
	for (char **arg = tu->argv + 1; *arg; arg++)
		*vec_add(v, n, cap) = *arg;
	*vec_add(v, n, cap) = NULL;
	return v;
}

static int command_each(size_t jobs, const char *kdir, char **argv)
{
	size_t ntool = 0, running = 0, nfiles;
	struct kernel_tree tree;
	struct tu_list tus;
	double begun;

	while (argv[ntool] && strcmp(argv[ntool], ":"))
		ntool++;
	if (!argv[ntool])
		die("bench each: no ':' before the files");
	for (nfiles = 0; argv[ntool + 1 + nfiles]; nfiles++)
		;
	kerneltree_open(&tree, kdir, NULL);
	compdb_load(&tree, argv + ntool + 1, nfiles, &tus);
	begun = now();
	for (size_t i = 0; i < tus.n; i++) {
		if (running == jobs) {
			finish(argv[0]);
			running--;
		}
		start(tool_argv(argv, ntool, &tus.tus[i]), tus.tus[i].dir);
		running++;
	}
	for (; running; running--)
		finish(argv[0]);
	report(begun);
	return 0;
}

int main(int argc, char **argv)
{
	double begun;

	if (argc > 2 && !strcmp(argv[1], "list"))
		return command_list(argv[2], argv + 3, (size_t)argc - 3);
	if (argc > 5 && !strcmp(argv[1], "each"))
		return command_each(strtoul(argv[2], NULL, 10), argv[3], argv + 4);
	if (argc > 2 && !strcmp(argv[1], "run")) {
		begun = now();
		start(argv + 2, NULL);
		finish(argv[2]);
		report(begun);
		return 0;
	}
	die("usage: bench list|each|run ...; see tests/bench.c");
}
