// SPDX-License-Identifier: GPL-2.0-only
/* pool_test.c - jobs that crash, hang or eat the memory fail alone, and nothing is left behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/pool.h"

enum { CRASH = 3, HANG = 5, QUIT = 6, EAT = 7, MANY = 2000 };

struct results {
	size_t n;		/* jobs done so far */
	char *failures[8];
};

static void eat_memory(void)
{
	for (;;) {
		char *p = xmalloc(1 << 20);

		memset(p, 1, 1 << 20);
		__asm__ volatile("" : : "r"(p) : "memory");
	}
}

static void work_badly(size_t job, struct buf *reply, void *ctx)
{
	(void)ctx;
	if (job == CRASH)
		raise(SIGKILL);
	if (job == HANG)
		pause();
	if (job == QUIT)
		_exit(4);
	if (job == EAT) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(5);
		eat_memory();
	}
	buf_add(reply, &job, sizeof(job));
}

static void note_result(size_t job, const unsigned char *data, size_t n, const char *failure,
			void *ctx)
{
	struct results *r = ctx;

	assert_int_equal(job, r->n);
	r->n++;
	r->failures[job] = failure ? xstrdup(failure) : NULL;
	if (!failure) {
		assert_int_equal(n, sizeof(job));
		assert_memory_equal(data, &job, n);
	}
}

static void check_failure(struct results *r, size_t job, const char *expected)
{
	assert_non_null(r->failures[job]);
	assert_string_equal(r->failures[job], expected);
	free(r->failures[job]);
}

static void bad_jobs_fail_alone(void **state)
{
	const struct pool_limits limits = { .seconds = 3, .memory_mb = 64 };
	struct results r = { 0 };
	const struct pool_job job = { .work = work_badly, .done = note_result, .ctx = &r };
	size_t njobs = EAT;

	(void)state;
#ifndef __SANITIZE_ADDRESS__	/* it cannot live within a limit */
	njobs++;
#endif
	assert_int_equal(pool_run(2, njobs, &job, &limits), njobs - 4);
	assert_int_equal(r.n, njobs);
	check_failure(&r, CRASH, "killed by signal 9");
	check_failure(&r, HANG, "exceeded 3 s");
	check_failure(&r, QUIT, "exited with status 4");
	if (njobs > EAT)
		check_failure(&r, EAT, "exceeded 64 MB");
	assert_null(r.failures[0]);
	assert_null(r.failures[4]);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

/* Answers of very different sizes, so that they come in another order. */
static void work_much(size_t job, struct buf *reply, void *ctx)
{
	size_t i, words = job % 97 == 0 ? 200000 : job % 5;

	(void)ctx;
	for (i = 0; i < words; i++)
		buf_add(reply, &job, sizeof(job));
}

static void count_words(size_t job, const unsigned char *data, size_t n, const char *failure,
			void *ctx)
{
	size_t *next = ctx, word;

	assert_null(failure);
	assert_int_equal(job, *next);
	(*next)++;
	assert_int_equal(n, (job % 97 == 0 ? 200000 : job % 5) * sizeof(job));
	if (n) {
		memcpy(&word, data + n - sizeof(word), sizeof(word));
		assert_int_equal(word, job);
	}
}

static void many_jobs_come_in_order(void **state)
{
	size_t next = 0;
	const struct pool_job job = { .work = work_much, .done = count_words, .ctx = &next };

	(void)state;
	assert_int_equal(pool_run(4, MANY, &job, NULL), 0);
	assert_int_equal(next, MANY);
	next = 0;
	assert_int_equal(pool_run(0, 3, &job, NULL), 0);
	assert_int_equal(pool_run(3, 0, &job, NULL), 0);
	assert_int_equal(next, 3);
}

/* Every job takes more memory than a worker may keep, and tells who did it. */
static void work_big(size_t job, struct buf *reply, void *ctx)
{
	pid_t pid = getpid();
	size_t mb = 8;
	char *p = xmalloc(mb << 20);

	(void)job;
	(void)ctx;
	memset(p, 1, mb << 20);
	__asm__ volatile("" : : "r"(p) : "memory");
	buf_add(reply, &pid, sizeof(pid));
}

static void other_pid(size_t job, const unsigned char *data, size_t n, const char *failure,
		      void *ctx)
{
	pid_t *last = ctx, pid;

	(void)job;
	assert_null(failure);
	assert_int_equal(n, sizeof(pid));
	memcpy(&pid, data, sizeof(pid));
	assert_int_not_equal(pid, *last);
	*last = pid;
}

static void big_workers_are_replaced(void **state)
{
	const struct pool_limits limits = { .recycle_mb = 4 };
	pid_t last = 0;
	const struct pool_job job = { .work = work_big, .done = other_pid, .ctx = &last };

	(void)state;
	assert_int_equal(pool_run(1, 5, &job, &limits), 0);
}

/* Tells the test through a pipe who works, and never ends. */
static void work_forever(size_t job, struct buf *reply, void *ctx)
{
	pid_t pid = getpid();

	(void)job;
	(void)reply;
	if (write(*(int *)ctx, &pid, sizeof(pid)) == sizeof(pid))
		for (;;)
			pause();
}

static void never_done(size_t job, const unsigned char *data, size_t n, const char *failure,
		       void *ctx)
{
	(void)job;
	(void)data;
	(void)n;
	(void)failure;
	(void)ctx;
	_exit(1);
}

/*
 * Ends a pool by a signal; returns its status when both its workers are gone, too: the pipe ends
 * when nobody has it open any longer.
 */
static int pool_signalled(int sig)
{
	pid_t pool, workers[2], none;
	int fds[2], status;

	assert_int_equal(pipe(fds), 0);
	pool = fork();
	if (!pool) {
		const struct pool_job job = { .work = work_forever, .done = never_done,
					      .ctx = &fds[1] };

		/* A shell's background job begins with SIGINT ignored, and so would the pool. */
		signal(sig, SIG_DFL);
		pool_run(2, 10, &job, NULL);
		_exit(1);
	}
	close(fds[1]);
	assert_int_equal(read(fds[0], &workers[0], sizeof(pid_t)), sizeof(pid_t));
	assert_int_equal(read(fds[0], &workers[1], sizeof(pid_t)), sizeof(pid_t));
	kill(pool, sig);
	assert_int_equal(waitpid(pool, &status, 0), pool);
	assert_int_equal(read(fds[0], &none, sizeof(none)), 0);
	close(fds[0]);
	return status;
}

static void signals_end_the_workers(void **state)
{
	static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
	size_t i;
	int status;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ending); i++) {
		status = pool_signalled(ending[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 128 + ending[i]);
	}
	status = pool_signalled(SIGKILL);
	assert_true(WIFSIGNALED(status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_jobs_fail_alone),
		cmocka_unit_test(many_jobs_come_in_order),
		cmocka_unit_test(big_workers_are_replaced),
		cmocka_unit_test(signals_end_the_workers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
