/* SPDX-License-Identifier: GPL-2.0-only */
/* aside.h - work that another process does beside this one, once. */
#ifndef RACYBITS_CLI_ASIDE_H
#define RACYBITS_CLI_ASIDE_H

#include <sys/types.h>

#include "base/buf.h"

struct aside {
	pid_t pid;  /* 0: the work is done, and in `answer` */
	char *path; /* the process writes its answer there */
	struct buf answer;
};

/*
 * Starts a process that calls work(ctx, answer) and keeps what that appends to the empty `answer`; it
 * writes to `path`.  Without `apart`, calls it here.  The process does not outlive this one.
 */
void aside_start(struct aside *a, bool apart, const char *path,
		 void (*work)(void *ctx, struct buf *answer), void *ctx);
/* Waits for the answer, which aside_free() frees.  Dies if the process did: it said why. */
void aside_wait(struct aside *a);
void aside_free(struct aside *a);

#endif
