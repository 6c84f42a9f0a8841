/* SPDX-License-Identifier: GPL-2.0-only */
/* tempdir.h - work in a temporary directory that is removed however the work ends. */
#ifndef RACYBITS_TEMPDIR_H
#define RACYBITS_TEMPDIR_H

/*
 * Makes a new directory `dir` below $TMPDIR (default: /var/tmp), calls work(dir, ctx) in a child
 * process and waits for it.  Returns what work() returned or passed to exit(), or 128 + N if signal
 * N killed the child.  Dies if no directory or no process can be made.
 *
 * The directory is removed when the child returns, exits or is killed, and when this process is
 * killed: the child then gets SIGTERM, and removes it.  SIGINT, SIGTERM and SIGHUP are passed on to
 * the child, unless they are ignored here.  Processes that a killed child leaves behind are killed
 * before the directory is removed.
 *
 * Not nested: work() must not call tempdir_run().
 */
int tempdir_run(int (*work)(const char *dir, void *ctx), void *ctx);

#endif
