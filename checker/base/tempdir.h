/* SPDX-License-Identifier: GPL-2.0-only */
/* tempdir.h - work with a temporary directory that is removed however the work ends. */
#ifndef RACYBITS_TEMPDIR_H
#define RACYBITS_TEMPDIR_H

/*
 * Calls work(ctx) in a child process and waits for it.  Returns what work() returned or passed to
 * exit(); 128 + N if SIGINT, SIGTERM, SIGHUP or SIGPIPE ended the child; 2, after a line on stderr, if
 * another signal did.  Dies if no process can be made.
 *
 * The temporary directory, if the child made it, is removed when the child returns, exits or is killed,
 * and when this process is killed: the child then gets SIGTERM, and removes it.  SIGINT, SIGTERM and
 * SIGHUP are passed on to the child, unless they are ignored here.  Processes that a killed child
 * leaves behind are killed before the directory is removed.
 *
 * Not nested: work() must not call tempdir_run().
 */
int tempdir_run(int (*work)(void *ctx), void *ctx);

/*
 * The temporary directory of the work that runs, below $TMPDIR (default: /var/tmp); made by the first
 * call.  All files in it share one name space: a caller takes names that begin with its own.  Returns
 * NULL, with errno set, if it cannot be made, and outside of tempdir_run().
 */
const char *tempdir_get(void);
/* The same; dies if it cannot be made. */
const char *tempdir_path(void);

#endif
