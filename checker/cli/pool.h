/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pool.h - jobs in worker processes: a job that crashes, hangs or eats the memory fails alone.
 */
#ifndef RACYBITS_POOL_H
#define RACYBITS_POOL_H

#include "base/util.h"

struct buf; /* base/buf.h */

struct pool_job {
	/* In a worker: does job `job` and appends its answer to `reply`, which comes empty. */
	void (*work)(size_t job, struct buf *reply, void *ctx);
	/*
	 * In the parent, once for every job, in the order of the jobs.  `failure` is NULL, or says
	 * in a few words why there is no answer ("killed by signal 11", "exceeded 120 s",
	 * "exceeded 4096 MB", "exited with status 2").  `data` lives until the callback returns.
	 */
	void (*done)(size_t job, const unsigned char *data, size_t n, const char *failure,
		     void *ctx);
	/* In the parent: what to show for a job in the progress line; NULL: its number only. */
	const char *(*label)(size_t job, void *ctx);
	void *ctx;
};

struct pool_limits { /* 0: the default */
	unsigned int
		seconds; /* a job may take, by the clock, or of processor time if it is at work: 120 */
	size_t memory_mb;  /* private memory of a worker: 4096 */
	size_t recycle_mb; /* a worker whose resident memory grew by more is replaced: 350 */
};

/*
 * Runs jobs 0..njobs-1 in `nworkers` forked processes (at least one) and returns how many failed.
 * The answers are the same whatever the number of workers.  A worker handles many jobs; what work()
 * changes in memory is seen by later jobs of the same worker at most, never by the parent.
 * `limits` may be NULL.  SIGINT, SIGTERM and SIGHUP end the workers and the program, with status 128 +
 * the signal's number; a worker does not outlive its parent.  While it runs, a line of progress is on stderr if that is a
 * terminal and neither NO_COLOR nor TERM=dumb asks for none.  Dies when no process can be made.
 */
size_t pool_run(unsigned int nworkers, size_t njobs, const struct pool_job *job,
		const struct pool_limits *limits);

#endif
