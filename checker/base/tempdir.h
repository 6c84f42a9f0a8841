/* SPDX-License-Identifier: GPL-2.0-only */
/* tempdir.h - a directory of our own that is gone when the work is done, however it ends. */
#ifndef RACYBITS_WORKDIR_H
#define RACYBITS_WORKDIR_H

/*
 * Makes a directory below TMPDIR (default: /var/tmp) and calls work(dir, ctx) in a process of its own,
 * while this one waits.  When that process has returned, exited, or been killed (SIGINT and SIGTERM
 * that come here are passed on; it removes it itself when this one is killed), removes the directory with all that is in it.  Returns what work()
 * returned or exited with; 128 + N if signal N killed it.  Dies when no directory or process can be made.
 */
int workdir_run(int (*work)(const char *dir, void *ctx), void *ctx);

#endif
