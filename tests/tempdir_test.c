// SPDX-License-Identifier: GPL-2.0-only
/* tempdir_test.c - the directory is gone whatever ends the work, and so is all that was started. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/process.h"
#include "base/tempdir.h"

static char top[] = P_tmpdir "/tempdir_test.XXXXXX"; /* TMPDIR; pid files are beside it */

static void nap(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}

/* Number of entries of the directory, without "." and "..". */
static size_t entries(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

/* Is the condition true within 60 s of naps?  Processors may be busy. */
#define SOON(condition)                        \
	({                                     \
		int left = 6000;               \
		while (!(condition) && left--) \
			nap();                 \
		(condition);                   \
	})

static char *beside(const char *name)
{
	return xasprintf("%s.%s", top, name);
}

static void pid_write(const char *name, pid_t pid)
{
	char *path = beside(name), *tmp = xasprintf("%s.tmp", path);
	FILE *f = fopen(tmp, "w");

	fprintf(f, "%d\n", (int)pid);
	fclose(f);
	rename(tmp, path);
	free(tmp);
	free(path);
}

/* Waits for the file of pid_write() and returns the pid in it. */
static pid_t pid_read(const char *name)
{
	char *path = beside(name), *text;
	pid_t pid;

	assert_true(SOON(!access(path, F_OK)));
	text = read_file(path, NULL);
	pid = (pid_t)atoi(text);
	unlink(path);
	free(text);
	free(path);
	return pid;
}

static void file_make(void)
{
	const char *dir = tempdir_path();
	char *deep = xasprintf("%s/deep", dir), *file = xasprintf("%s/deep/file", dir);
	FILE *f;

	mkdir(deep, 0777);
	f = fopen(file, "w");
	fputs("text", f);
	fclose(f);
	free(file);
	free(deep);
}

/* --- kinds of work */

static int work_return(void *ctx)
{
	file_make();
	return *(int *)ctx;
}

/* Makes no directory. */
static int work_nothing(void *ctx)
{
	(void)ctx;
	return 0;
}

static int work_exit(void *ctx)
{
	file_make();
	exit(*(int *)ctx);
}

static int work_crash(void *ctx)
{
	(void)ctx;
	file_make();
	raise(SIGKILL);
	return 0;
}

static int work_pause(void *ctx)
{
	(void)ctx;
	file_make();
	pid_write("worker", getpid());
	for (;;)
		pause();
	return 0;
}

/* Returns when there is a file "go". */
static int work_until(void *ctx)
{
	char *go = beside("go");

	(void)ctx;
	file_make();
	pid_write("worker", getpid());
	while (access(go, F_OK))
		nap();
	unlink(go);
	free(go);
	return 0;
}

/* Runs a program that starts another one and writes to the directory all the time. */
static int work_run(void *ctx)
{
	static char *pid; /* (static: the worker may end here by exit()) */
	struct args args = { 0 };
	struct result r;

	(void)ctx;
	pid = beside("program");
	file_make();
	pid_write("worker", getpid());
	args_add(&args, "sh");
	args_add(&args, "-c");
	args_add(&args,
		 "sleep 1000 & echo $! >$0.tmp && mv $0.tmp $0; while :; do echo >$1/more; done");
	args_add(&args, "%s", pid);
	args_add(&args, "%s", tempdir_path());
	process_run(&r, NULL, &args);
	return 0;
}

/* --- the tests */

static void returns(void **state)
{
	int status = 7;

	(void)state;
	assert_int_equal(tempdir_run(work_return, &status), 7);
	assert_int_equal(entries(top), 0);
	assert_int_equal(tempdir_run(work_exit, &status), 7);
	assert_int_equal(entries(top), 0);
	assert_int_equal(tempdir_run(work_crash, NULL), 2);
	assert_int_equal(entries(top), 0);
	assert_int_equal(tempdir_run(work_nothing, NULL), 0);
	assert_null(tempdir_get());
	assert_int_equal(entries(top), 0);
}

/* A process of its own that runs the work: the supervisor; the worker's pid in *worker. */
static pid_t supervise(int (*work)(void *ctx), pid_t *worker)
{
	pid_t supervisor = fork();

	if (!supervisor) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nothing running */
		_exit(tempdir_run(work, NULL));
	}
	*worker = pid_read("worker");
	assert_int_equal(entries(top), 1);
	return supervisor;
}

static int end_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static bool is_gone(pid_t pid)
{
	char *path = xasprintf("/proc/%d/stat", (int)pid), *text = read_file(path, NULL);
	const char *comm = text ? strrchr(text, ')') : NULL;
	bool gone = !comm || comm[2] == 'Z';

	free(text);
	free(path);
	return gone;
}

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGKILL };

static void supervisor_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		pid_t worker, supervisor = supervise(work_pause, &worker);

		kill(supervisor, signals[i]);
		assert_int_equal(end_of(supervisor), 128 + signals[i]);
		assert_true(SOON(!entries(top)));
		assert_true(SOON(is_gone(worker)));
	}
}

static void worker_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		pid_t worker, supervisor = supervise(work_pause, &worker);

		kill(worker, signals[i]);
		assert_int_equal(end_of(supervisor), signals[i] == SIGKILL ? 2 : 128 + signals[i]);
		assert_int_equal(entries(top), 0);
	}
}

/* The work is done, and the supervisor is killed before it sees that. */
static void supervisor_ends_last(void **state)
{
	pid_t worker, supervisor = supervise(work_until, &worker);

	(void)state;
	kill(supervisor, SIGSTOP);
	pid_write("go", worker);
	assert_true(SOON(is_gone(worker)));
	kill(supervisor, SIGKILL);
	assert_int_equal(end_of(supervisor), 128 + SIGKILL);
	assert_true(SOON(!entries(top)));
}

static void program_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_SIZE(signals); i++) {
		int sig = signals[i / 2];
		pid_t worker, supervisor = supervise(work_run, &worker);
		pid_t program = pid_read("program");

		kill(i % 2 ? worker : supervisor, sig);
		assert_int_equal(end_of(supervisor), i % 2 && sig == SIGKILL ? 2 : 128 + sig);
		assert_true(SOON(is_gone(program)));
		assert_true(SOON(!entries(top)));
	}
}

/* A shell's background job ignores SIGINT, nohup's SIGHUP: so does all that it starts. */
static void ignored(void **state)
{
	static const int kinds[] = { SIGINT, SIGHUP };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		pid_t worker, supervisor;

		signal(kinds[i], SIG_IGN);
		supervisor = supervise(work_pause, &worker);
		kill(supervisor, kinds[i]);
		kill(worker, kinds[i]);
		nap();
		assert_false(is_gone(worker));
		kill(supervisor, SIGTERM);
		assert_int_equal(end_of(supervisor), 128 + SIGTERM);
		signal(kinds[i], SIG_DFL);
		assert_int_equal(entries(top), 0);
	}
}

static int setup(void **state)
{
	(void)state;
	return !mkdtemp(top) || setenv("TMPDIR", top, 1);
}

static int teardown(void **state)
{
	(void)state;
	return rmdir(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(returns),     cmocka_unit_test(supervisor_ends),
		cmocka_unit_test(worker_ends), cmocka_unit_test(program_ends),
		cmocka_unit_test(ignored),     cmocka_unit_test(supervisor_ends_last),
	};

	/* A shell's background job begins with SIGINT ignored, and so would all that is started here. */
	signal(SIGHUP, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	return cmocka_run_group_tests(tests, setup, teardown);
}
