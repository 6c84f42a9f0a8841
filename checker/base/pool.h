/* SPDX-License-Identifier: GPL-2.0-only */
/* pool.h - run jobs in worker processes: one that crashes, hangs or eats the memory fails alone. */
#ifndef RACYBITS_POOL_H
#define RACYBITS_POOL_H

#include "util.h"

struct buf; /* buf.h */

struct pool_job {
	/* Called in each worker before its first job, to give up rights; NULL: nothing. */
	void (*confine)(void *ctx);
	/* Called in a worker: does job number `job` and appends its answer to the empty `reply`. */
	void (*work)(size_t job, struct buf *reply, void *ctx);
	/*
	 * Called in the parent, once for each job, in the order of the jobs, with the answer of n
	 * bytes.  If there is none, `failure` is the reason, else NULL: "killed by signal 11",
	 * "exceeded 120 s", "exceeded 4096 MB", "exited with status 2".  `data` and `failure` are
	 * freed when it returns.
	 */
	void (*done)(size_t job, const unsigned char *data, size_t n, const char *failure,
		     void *ctx);
	/* Called in the parent: text for the job in the line of progress; NULL: none. */
	const char *(*label)(size_t job, void *ctx);
	void *ctx;
};

/* Limits of a job or worker; 0: the default. */
struct pool_limits {
	unsigned int seconds; /* by the clock or, while it makes progress, of processor time: 120 */
	size_t memory_mb;     /* private memory of a worker: 4096 */
	size_t recycle_mb;    /* a worker that has grown by more after a job is replaced: 350 */
};

/*
 * Runs jobs 0..njobs-1 in `nworkers` forked processes (at least one) and returns how many failed.  The
 * answers do not depend on the number of workers.  What work() changes in memory may be seen by later
 * jobs of the same worker, never by the parent.  `limits` may be NULL.
 *
 * SIGINT, SIGTERM and SIGHUP end the workers and then this process, with status 128 + the signal's
 * number; a worker does not outlive its parent.  Shows a line of progress on stderr (progress.h).  Dies
 * if no process can be made.
 */
size_t pool_run(unsigned int nworkers, size_t njobs, const struct pool_job *job,
		const struct pool_limits *limits);

#endif
