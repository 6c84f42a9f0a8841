// SPDX-License-Identifier: GPL-2.0-only
/* tempdir.c - a directory of our own that is gone when the work is done. */
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util.h"
#include "tempdir.h"

static volatile pid_t worker; /* seen from the process that waits for it */

/* Of the worker: who waits, and what is left to do when that one is killed. */
static pid_t supervisor, self;
static char *directory;

static void pass_on(int sig)
{
	if (worker > 0)
		kill(worker, sig);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static bool is_orphan(void)
{
	return getpid() == self && getppid() != supervisor;
}

/* Nobody waits any more: only what a signal handler may do (signal-safety(7)). */
static void end_orphan(int sig)
{
	if (is_orphan() && !fork())
		execl("/bin/rm", "rm", "-rf", "--", directory, (char *)NULL);
	_exit(128 + sig);
}

static void exit_orphan(void)
{
	if (is_orphan())
		nftw(directory, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
}

static char *directory_make(void)
{
	const char *dir = getenv("TMPDIR");
	char *path = xasprintf("%s/racybits.XXXXXX", dir && *dir ? dir : "/var/tmp");

	if (!mkdtemp(path))
		die("cannot make a directory in %s (TMPDIR names another):",
		    dir && *dir ? dir : "/var/tmp");
	return path;
}

/* SIGINT comes to the whole process group from a terminal, but to one process from kill(1). */
static void signals_take(struct sigaction old[2])
{
	struct sigaction take = { .sa_handler = pass_on };

	sigemptyset(&take.sa_mask);
	sigaction(SIGINT, &take, &old[0]);
	sigaction(SIGTERM, &take, &old[1]);
}

static _Noreturn void child(const struct sigaction old[2], const sigset_t *outside,
			    int (*work)(const char *dir, void *ctx), void *ctx)
{
	struct sigaction end = { .sa_handler = end_orphan };

	self = getpid();
	sigemptyset(&end.sa_mask);
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGTERM, &end, NULL);
	atexit(exit_orphan);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sigprocmask(SIG_SETMASK, outside, NULL);
	if (getppid() != supervisor)
		raise(SIGTERM);
	exit(work(directory, ctx));
}

int workdir_run(int (*work)(const char *dir, void *ctx), void *ctx)
{
	struct sigaction old[2];
	sigset_t ending, outside;
	int status;

	/* No signal comes between the directory and the process that it would end. */
	sigemptyset(&ending);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	sigprocmask(SIG_BLOCK, &ending, &outside);
	supervisor = getpid();
	directory = directory_make();
	fflush(NULL);
	signals_take(old);
	worker = fork();
	if (worker < 0) {
		rmdir(directory);
		die("cannot make a process:");
	}
	if (!worker)
		child(old, &outside, work, ctx);
	sigprocmask(SIG_SETMASK, &outside, NULL);
	while (waitpid(worker, &status, 0) < 0 && errno == EINTR)
		;
	nftw(directory, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGTERM, &old[1], NULL);
	free(directory);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
