// SPDX-License-Identifier: GPL-2.0-only
/*
 * pool.c - run jobs in worker processes.
 *
 * A worker has a stream socket to its parent.  It reads the number of a job and answers with a struct
 * head and as many bytes as that says.  End of file means that the other side is gone.
 */
#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "buf.h"
#include "pool.h"
#include "progress.h"
#include "signals.h"

struct reply_head {
	uint64_t bytes;	  /* length of the answer that follows */
	uint64_t leaving; /* not 0: the worker has grown too big and exits */
};

struct worker {
	pid_t pid; /* 0: none */
	int fd;
	bool busy;
	size_t job;
	double deadline; /* of the job; times are in seconds */
	double cpu;	 /* processor time of the worker when the job began, ... */
	double seen;	 /* ... and when the deadline was checked last */
	struct buf in;	 /* the answer so far */
};

/* The result of a job, kept until the results of the earlier jobs are delivered. */
struct reply {
	bool ready;
	struct buf answer; /* begins with a struct reply_head */
	char *failure;	   /* malloc'd, or NULL */
};

struct pool {
	const struct pool_job *job;
	struct pool_limits limits;
	size_t njobs, next, delivered, nfailed;
	unsigned int nworkers;
	struct worker *workers;
	struct reply *replies; /* one a job */
	sigset_t outside;      /* signals blocked outside of pool_run() */
	struct signals before;
	struct progress progress;
};

/* --- signals, which are blocked except while waiting */

static volatile sig_atomic_t interrupted;

static void note_signal(int sig)
{
	interrupted = sig;
}

static void pool_catch_signals(struct pool *p)
{
	interrupted = 0;
	signals_block(&p->outside);
	signals_catch(&p->before, note_signal);
}

static void pool_restore_signals(const struct pool *p)
{
	signals_restore(&p->before);
	sigprocmask(SIG_SETMASK, &p->outside, NULL);
}

/* The signal that came, or 0.  ppoll() delivers none if a descriptor is ready: look for a pending one. */
static int signal_came(const struct pool *p)
{
	return interrupted ? interrupted : signals_pending(&p->before);
}

/* --- in the worker */

static bool read_whole(int fd, void *p, size_t bytes)
{
	ssize_t got;

	while (bytes) {
		got = read(fd, p, bytes);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p = (char *)p + got;
		bytes -= (size_t)got;
	}
	return true;
}

static bool write_whole(int fd, const void *p, size_t bytes)
{
	ssize_t put;

	while (bytes) {
		put = send(fd, p, bytes, MSG_NOSIGNAL);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		p = (const char *)p + put;
		bytes -= (size_t)put;
	}
	return true;
}

static size_t resident_mb(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (!f)
		return 0;
	if (fscanf(f, "%*u %lu", &pages) != 1)
		pages = 0;
	fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE) >> 20;
}

/* AddressSanitizer reserves more address space than any limit allows: no limit then. */
static void limit_memory(size_t mb)
{
#ifndef __SANITIZE_ADDRESS__
	struct rlimit limit = { .rlim_cur = mb << 20, .rlim_max = mb << 20 };

	setrlimit(RLIMIT_DATA, &limit);
#else
	(void)mb;
#endif
}

static void worker_setup(const struct pool *p, pid_t parent)
{
	struct rlimit no_core = { 0, 0 };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	pool_restore_signals(p);
	setrlimit(RLIMIT_CORE, &no_core);
	limit_memory(p->limits.memory_mb);
}

static _Noreturn void worker_main(const struct pool *p, int fd)
{
	struct reply_head head = { 0 };
	struct buf reply = { 0 };
	size_t start_mb = resident_mb();
	uint64_t job;

	if (p->job->confine)
		p->job->confine(p->job->ctx);
	while (!head.leaving && read_whole(fd, &job, sizeof(job))) {
		reply.n = 0;
		p->job->work((size_t)job, &reply, p->job->ctx);
		head.bytes = reply.n;
		head.leaving = resident_mb() > start_mb + p->limits.recycle_mb;
		if (!write_whole(fd, &head, sizeof(head)) || !write_whole(fd, reply.data, reply.n))
			break;
	}
	_exit(0);
}

/* --- in the parent */

/* Starts a worker, without the sockets of the others and without our buffered output. */
static void worker_start(struct pool *p, struct worker *w)
{
	pid_t parent = getpid();
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		die("cannot start a worker process:");
	fflush(NULL);
	malloc_trim(0); /* freed memory would count for the limit of the worker */
	w->pid = fork();
	if (w->pid < 0)
		die("cannot start a worker process:");
	if (!w->pid) {
		for (unsigned int i = 0; i < p->nworkers; i++)
			if (p->workers[i].pid)
				close(p->workers[i].fd);
		close(fds[0]);
		worker_setup(p, parent);
		worker_main(p, fds[1]);
	}
	close(fds[1]);
	w->fd = fds[0];
}

/* Ends a worker, by the signal if that is not 0; returns its status as wait() does. */
static int worker_end(struct worker *w, int sig, struct rusage *usage)
{
	int status = 0;

	close(w->fd);
	if (sig)
		kill(w->pid, sig);
	while (wait4(w->pid, &status, 0, usage) < 0 && errno == EINTR)
		;
	w->pid = 0;
	w->busy = false;
	w->in.n = 0;
	return status;
}

static void job_failed(struct pool *p, size_t job, char *failure)
{
	p->replies[job].failure = failure;
	p->replies[job].ready = true;
	p->nfailed++;
}

/*
 * Why a worker died, malloc'd.  An allocation past the limit may end in abort(), in a null pointer or in
 * die(), so the memory in use decides: half the limit is enough, for a doubling may have failed.
 */
static char *death_reason(const struct pool *p, int status, const struct rusage *usage)
{
	if ((size_t)usage->ru_maxrss >> 10 >= p->limits.memory_mb / 2)
		return xasprintf("exceeded %zu MB", p->limits.memory_mb);
	if (WIFSIGNALED(status))
		return xasprintf("killed by signal %d", WTERMSIG(status));
	return xasprintf("exited with status %d", WEXITSTATUS(status));
}

static void worker_died(struct pool *p, struct worker *w)
{
	struct rusage usage;
	bool busy = w->busy;
	int status = worker_end(w, 0, &usage);

	if (busy)
		job_failed(p, w->job, death_reason(p, status, &usage));
}

static double worker_cpu(const struct worker *w)
{
	struct timespec t = { 0 };
	clockid_t clock;

	if (!clock_getcpuclockid(w->pid, &clock))
		clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Extends the deadline of a job that has used less processor time than its limit but makes progress. */
static bool worker_is_late(const struct pool *p, struct worker *w)
{
	double cpu = worker_cpu(w), left = p->limits.seconds - (cpu - w->cpu);

	if (left <= 0 || cpu <= w->seen)
		return false;
	w->seen = cpu;
	w->deadline = seconds_now() + left;
	return true;
}

static void worker_expired(struct pool *p, struct worker *w)
{
	struct rusage usage;

	if (worker_is_late(p, w))
		return;
	worker_end(w, SIGKILL, &usage);
	job_failed(p, w->job, xasprintf("exceeded %u s", p->limits.seconds));
}

/* Keeps the answer if all of it has come. */
static void answer_take(struct pool *p, struct worker *w)
{
	struct rusage usage;
	struct reply_head head;

	if (w->in.n < sizeof(head))
		return;
	memcpy(&head, w->in.data, sizeof(head));
	if (w->in.n - sizeof(head) < head.bytes)
		return;
	p->replies[w->job].answer = w->in;
	p->replies[w->job].ready = true;
	w->in = (struct buf){ 0 };
	w->busy = false;
	if (head.leaving)
		worker_end(w, 0, &usage);
}

static void worker_read(struct pool *p, struct worker *w)
{
	unsigned char bytes[1 << 16];
	ssize_t n = recv(w->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

	if (n > 0) {
		buf_add(&w->in, bytes, (size_t)n);
		answer_take(p, w);
	} else if (!n || (errno != EINTR && errno != EAGAIN))
		worker_died(p, w);
}

/* Gives each idle worker a job.  If it cannot be told, worker_read() will find out that it has died. */
static void jobs_dispatch(struct pool *p)
{
	for (unsigned int i = 0; i < p->nworkers && p->next < p->njobs; i++) {
		struct worker *w = &p->workers[i];
		uint64_t job = p->next;

		if (w->busy)
			continue;
		if (!w->pid)
			worker_start(p, w);
		w->busy = true;
		w->job = p->next++;
		w->deadline = seconds_now() + p->limits.seconds;
		w->cpu = w->seen = worker_cpu(w);
		if (!write_whole(w->fd, &job, sizeof(job)))
			shutdown(w->fd, SHUT_WR);
	}
}

/* Waits for an answer, a death, a deadline or a signal; signals are delivered here only. */
static void workers_wait(struct pool *p, struct pollfd *fds)
{
	double first = seconds_now() + p->limits.seconds, left;
	struct timespec timeout;
	sigset_t open = p->outside;

	for (unsigned int i = 0; i < p->nworkers; i++) {
		struct worker *w = &p->workers[i];

		fds[i] = (struct pollfd){ .fd = w->busy ? w->fd : -1, .events = POLLIN };
		if (w->busy && w->deadline < first)
			first = w->deadline;
	}
	left = first - seconds_now();
	left = left > 0 ? left : 0;
	timeout.tv_sec = (time_t)left;
	timeout.tv_nsec = (long)((left - (double)timeout.tv_sec) * 1e9);
	signals_unblock_in(&open);
	if (ppoll(fds, p->nworkers, &timeout, &open) < 0)
		for (unsigned int i = 0; i < p->nworkers; i++)
			fds[i].revents = 0;
}

static void workers_serve(struct pool *p, const struct pollfd *fds)
{
	for (unsigned int i = 0; i < p->nworkers; i++) {
		struct worker *w = &p->workers[i];

		if (fds[i].revents)
			worker_read(p, w);
		if (w->busy && seconds_now() >= w->deadline)
			worker_expired(p, w);
	}
}

static const char *current_label(const struct pool *p)
{
	return p->job->label && p->next ? p->job->label(p->next - 1, p->job->ctx) : "";
}

static void replies_deliver(struct pool *p)
{
	for (; p->delivered < p->njobs && p->replies[p->delivered].ready; p->delivered++) {
		struct reply *r = &p->replies[p->delivered];
		bool ok = !r->failure;

		progress_clear(&p->progress); /* done() may print */
		p->job->done(p->delivered, ok ? r->answer.data + sizeof(struct reply_head) : NULL,
			     ok ? r->answer.n - sizeof(struct reply_head) : 0, r->failure,
			     p->job->ctx);
		free(r->answer.data);
		free(r->failure);
	}
	progress_draw(&p->progress, p->delivered, p->njobs, current_label(p));
}

static void workers_end(struct pool *p, int sig)
{
	struct rusage usage;

	for (unsigned int i = 0; i < p->nworkers; i++) {
		if (p->workers[i].pid)
			worker_end(&p->workers[i], sig, &usage);
		free(p->workers[i].in.data);
	}
	progress_clear(&p->progress);
}

static void pool_init(struct pool *p, unsigned int nworkers, const struct pool_limits *limits)
{
	if (limits)
		p->limits = *limits;
	if (!p->limits.seconds)
		p->limits.seconds = 120;
	if (!p->limits.memory_mb)
		p->limits.memory_mb = 4096;
	if (!p->limits.recycle_mb)
		p->limits.recycle_mb = 350;
	p->nworkers = nworkers ? nworkers : 1;
	if (p->nworkers > p->njobs)
		p->nworkers = (unsigned int)p->njobs;
	p->workers = xcalloc(p->nworkers, sizeof(*p->workers));
	p->replies = xcalloc(p->njobs, sizeof(*p->replies));
	progress_start(&p->progress);
	if (p->njobs)
		progress_draw(&p->progress, 0, p->njobs, "");
}

size_t pool_run(unsigned int nworkers, size_t njobs, const struct pool_job *job,
		const struct pool_limits *limits)
{
	struct pool p = { .job = job, .njobs = njobs };
	struct pollfd *fds;
	int stop = 0;

	pool_init(&p, nworkers, limits);
	fds = xcalloc(p.nworkers, sizeof(*fds));
	pool_catch_signals(&p);
	while (p.delivered < njobs && !stop) {
		jobs_dispatch(&p);
		workers_wait(&p, fds);
		workers_serve(&p, fds);
		stop = signal_came(&p);
		if (!stop)
			replies_deliver(&p);
	}
	workers_end(&p, stop ? SIGKILL : 0);
	if (stop)
		exit(128 + stop);
	pool_restore_signals(&p);
	free(fds);
	free(p.workers);
	free(p.replies);
	return p.nfailed;
}
