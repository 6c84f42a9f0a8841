// SPDX-License-Identifier: GPL-2.0-only
/* sandbox_test.c - what a child process gives up is gone, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "base/sandbox.h"

static char top[] = P_tmpdir "/sandbox_test.XXXXXX";

enum { SKIPPED = 77 };

/* Does work() in a child; returns its exit status. */
static int in_child(int (*work)(void))
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(work());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* errno of opening the file, 0 if it can be opened. */
static int open_error(const char *name, int flags)
{
	int fd = open(name, flags, 0666), error = fd < 0 ? errno : 0;

	if (fd >= 0)
		close(fd);
	return error;
}

/* --- files */

/* The number of the first thing that is not as it should be. */
static int reads(void)
{
	const char *const paths[] = { "in", "one", "missing" };

	if (!sandbox_reads_only(paths, ARRAY_SIZE(paths)))
		return SKIPPED;
	if (open_error("in/file", O_RDONLY) || open_error("one", O_RDONLY))
		return 1;
	if (open_error("out/file", O_RDONLY) != EACCES || open_error("two", O_RDONLY) != EACCES)
		return 2;
	if (open_error("in/link", O_RDONLY) != EACCES ||
	    open_error("in/../out/file", O_RDONLY) != EACCES)
		return 3;
	/* A pipe that nobody writes to would block. */
	if (open_error("fifo", O_RDONLY) != EACCES || open_error("/dev/zero", O_RDONLY) != EACCES)
		return 4;
	return open_error("in/missing", O_RDONLY) == ENOENT ? 0 : 5;
}

static int writes(void)
{
	if (!sandbox_writes_off())
		return SKIPPED;
	if (open_error("in/file", O_RDONLY) || open_error("/dev/null", O_WRONLY))
		return 1;
	if (open_error("in/file", O_WRONLY) != EACCES ||
	    open_error("in/new", O_WRONLY | O_CREAT) != EACCES)
		return 2;
	if (!mkdir("dir", 0777) || !unlink("one") || !truncate("one", 0))
		return 3;
	return open_error("/dev/full", O_WRONLY) == EACCES ? 0 : 4;
}

static void check(int (*work)(void))
{
	int status = in_child(work);

	if (status == SKIPPED)
		skip();
	assert_int_equal(status, 0);
}

static void files_that_may_be_read(void **state)
{
	(void)state;
	check(reads);
}

static void files_that_may_not_be_written(void **state)
{
	(void)state;
	check(writes);
}

/* --- network */

/* A program in the sandbox sees no network but lo, its own user, and the owners of files. */
static int program(void)
{
	static const char script[] =
		"sed -n 's/^ *\\([a-z0-9]*\\):.*/\\1/p' /proc/net/dev; id -u; id -g; stat -c %u:%g in/file";
	char *seen = xasprintf("lo\n%u\n%u\n%u:%u\n", getuid(), getgid(), 0, 0);
	struct args args = { 0 };
	struct result r;

	if (sandbox_network() != NETWORK_OFF)
		return SKIPPED;
	if (getuid()) {
		free(seen);
		seen = xasprintf("lo\n%u\n%u\n65534:65534\n", getuid(), getgid());
	}
	args_add(&args, "sh");
	args_add(&args, "-c");
	args_add(&args, "%s", script);
	process_run(&r, NULL, &args);
	return strcmp(r.out, seen) ? 1 : 0;
}

static void no_network_for_root(void **state)
{
	(void)state;
	if (getuid())
		skip();
	check(program);
}

static int become_user(void)
{
	if (setgroups(0, NULL) || setgid(1234) || setuid(1234))
		return SKIPPED;
	/* The kernel takes /proc/self away from a process that has changed its user, until exec. */
	prctl(PR_SET_DUMPABLE, 1);
	return program();
}

static void no_network_for_a_user(void **state)
{
	(void)state;
	if (getuid())
		skip();
	check(become_user);
}

static void file_make(const char *name)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fclose(f);
}

static int setup(void **state)
{
	(void)state;
	if (!mkdtemp(top) || chmod(top, 0755) || chdir(top) || mkdir("in", 0755) ||
	    mkdir("out", 0755) || mkfifo("fifo", 0666) || symlink("../out/file", "in/link"))
		return 1;
	file_make("in/file");
	file_make("out/file");
	file_make("one");
	file_make("two");
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = { "in/file", "in/link", "in",  "out/file",
					     "out",	"fifo",	   "one", "two" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		remove(names[i]);
	return chdir("/") || rmdir(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_that_may_be_read),
		cmocka_unit_test(files_that_may_not_be_written),
		cmocka_unit_test(no_network_for_root),
		cmocka_unit_test(no_network_for_a_user),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
