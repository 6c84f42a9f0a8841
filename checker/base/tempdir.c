// SPDX-License-Identifier: GPL-2.0-only
/*
 * tempdir.c - work with a temporary directory that is removed however the work ends.
 *
 * Two processes watch each other: the supervisor waits for the worker and then removes what is left; the
 * worker removes the directory when it exits, and when the supervisor is gone.  The supervisor chooses the name before it starts the
 * worker, so that both know it.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "signals.h"
#include "tempdir.h"
#include "util.h"

static char *directory; /* its path, whether it has been made or not; NULL: no work runs */
static bool made;	/* known in the worker only */

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void directory_remove(void)
{
	nftw(directory, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
}

static const char *parent_directory(void)
{
	const char *dir = getenv("TMPDIR");

	return dir && *dir ? dir : "/var/tmp";
}

/* Chooses a name that nobody can guess. */
static void directory_name(void)
{
	uint64_t n[2];

	if (getrandom(n, sizeof(n), 0) != sizeof(n))
		die("cannot get random numbers:");
	directory = xasprintf("%s/racybits.%016llx%016llx", parent_directory(),
			      (unsigned long long)n[0], (unsigned long long)n[1]);
}

const char *tempdir_get(void)
{
	if (!directory) {
		errno = ENOENT;
		return NULL;
	}
	if (!made && mkdir(directory, 0700))
		return NULL;
	made = true;
	return directory;
}

const char *tempdir_path(void)
{
	const char *path = tempdir_get();

	if (!path)
		die("cannot make a directory in %s (TMPDIR names another):", parent_directory());
	return path;
}

/* --- in the worker */

static pid_t supervisor, self;

/* Is this the worker, and not a child of its, and the supervisor gone? */
static bool is_orphan(void)
{
	return getpid() == self && getppid() != supervisor;
}

/* A signal handler: only what is async-signal-safe (signal-safety(7)). */
static void orphan_end(int sig)
{
	if (is_orphan() && !fork())
		execl("/bin/rm", "rm", "-rf", "--", directory, (char *)NULL);
	_exit(128 + sig);
}

/*
 * The worker leaves nothing, supervisor or not: that one may be killed while it waits or removes.  What
 * programs that the worker has left behind write after this, the supervisor removes.
 */
static void worker_exit(void)
{
	if (getpid() == self)
		directory_remove();
}

/* Other ending signals have the action that they had before: they come from the supervisor. */
static _Noreturn void worker_main(const struct signals *before, const sigset_t *mask,
				  int (*work)(void *ctx), void *ctx)
{
	struct sigaction end = { .sa_handler = orphan_end };

	self = getpid();
	signals_restore(before);
	sigemptyset(&end.sa_mask);
	sigaction(SIGTERM, &end, NULL);
	atexit(worker_exit);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (getppid() != supervisor)
		raise(SIGTERM);
	exit(work(ctx));
}

/* --- in the supervisor */

static volatile pid_t worker;

static void pass_on(int sig)
{
	if (worker > 0)
		kill(worker, sig);
}

/* The parent of a process, from /proc/PID/stat: "PID (COMM) STATE PPID ..."; 0: not known. */
static pid_t parent_of(const char *pid)
{
	char *path = xasprintf("/proc/%s/stat", pid), *text = read_file(path, NULL), *comm;
	int parent = 0;

	comm = text ? strrchr(text, ')') : NULL;
	if (comm && sscanf(comm, ") %*c %d", &parent) != 1)
		parent = 0;
	free(text);
	free(path);
	return parent;
}

/* Kills the children of this process. */
static void children_kill(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *e;

	while (proc && (e = readdir(proc)))
		if (isdigit((unsigned char)*e->d_name) && parent_of(e->d_name) == getpid())
			kill((pid_t)strtol(e->d_name, NULL, 10), SIGKILL);
	if (proc)
		closedir(proc);
}

/*
 * Ends what the worker started and left behind.  It became ours (PR_SET_CHILD_SUBREAPER); so do the
 * children of each process that is reaped here.
 */
static void descendants_end(void)
{
	do
		children_kill();
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
}

/* The exit status of the worker. */
static int worker_wait(void)
{
	int status, sig;

	while (waitpid(worker, &status, 0) < 0 && errno == EINTR)
		;
	worker = 0;
	if (!WIFSIGNALED(status))
		return WEXITSTATUS(status);
	sig = WTERMSIG(status);
	if (sig == SIGINT || sig == SIGTERM || sig == SIGHUP || sig == SIGPIPE)
		return 128 + sig;
	warn("ended by signal %d: %s", sig, strsignal(sig));
	return 2;
}

int tempdir_run(int (*work)(void *ctx), void *ctx)
{
	struct sigaction quit, ignore = { .sa_handler = SIG_IGN };
	struct signals before;
	sigset_t mask;
	int status;

	/* No signal may come between starting the worker and being ready to clean up. */
	signals_block(&mask);
	supervisor = getpid();
	directory_name();
	fflush(NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signals_catch(&before, pass_on);
	worker = fork();
	if (worker < 0)
		die("cannot start a process:");
	if (!worker)
		worker_main(&before, &mask, work, ctx);
	/* SIGQUIT comes from a terminal to both: the worker dumps core. */
	sigaction(SIGQUIT, &ignore, &quit);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	status = worker_wait();
	descendants_end();
	directory_remove();
	sigaction(SIGQUIT, &quit, NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	signals_restore(&before);
	free(directory);
	directory = NULL;
	return status;
}
