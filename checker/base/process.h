/* SPDX-License-Identifier: GPL-2.0-only */
/* process.h - run other programs: from an argument list, never through a shell. */
#ifndef RACYBITS_PROCESS_H
#define RACYBITS_PROCESS_H

#include <sys/types.h>

#include "signals.h"
#include "util.h"

/* An argument list, v[n] is NULL; all zero is an empty one.  args_free() frees it. */
struct args {
	char **v; /* v[0] is the program */
	size_t n, cap;
	const char *input;     /* file to read as standard input, borrowed; NULL: /dev/null */
	void (*confine)(void); /* the child calls it before it becomes the program; or NULL */
};

/* Appends one argument, which the list owns. */
void args_add(struct args *a, const char *fmt, ...) PRINTF(2, 3);
/* Are the first n bytes of `text` one of the arguments? */
bool args_has(const struct args *a, const char *text, size_t n);
/* Appends the first n bytes of `text` unless the list has that argument. */
void args_add_once(struct args *a, const char *text, size_t n);
/* The same of the directory of the path, "." if it names none. */
void args_add_dir(struct args *a, const char *path);
void args_sort(struct args *a);
void args_free(struct args *a);

/* A program that runs; process_start() fills it in. */
struct process {
	pid_t pid; /* also its process group */
	struct signals before;
};

/*
 * Starts args->v[0], found through PATH, in the directory `cwd` (NULL: the current one), with
 * LC_ALL=C and with its output on the descriptors `out` and `err`, which stay open here.  A program
 * that cannot be started says why on `err` and exits with 127.  It has no network, as far as the kernel
 * allows that (sandbox_network()).  Dies if no process can be made.
 *
 * Until process_wait(), SIGINT, SIGTERM and SIGHUP that come here end the program and all that it
 * has started: by SIGTERM, and by SIGKILL from the second signal on.  The program gets SIGTERM when
 * this process is killed.  One program at a time.
 */
void process_start(struct process *p, const char *cwd, const struct args *args, int out, int err);
/*
 * Waits for the program and returns its exit status, or 128 + N if signal N killed it.  If signal N
 * came here meanwhile, does not return: calls exit(128 + N).
 */
int process_wait(struct process *p);

/* Exit status and output of a program; result_free() frees it. */
struct result {
	int status;   /* as process_wait() returns it */
	char *out;    /* standard output, NUL-terminated */
	size_t bytes; /* length of `out`, which may have NULs in it */
	char *err;    /* standard error */
};

/* Starts the program as process_start() does, waits for it and fills in *r. */
void process_run(struct result *r, const char *cwd, const struct args *args);
void result_free(struct result *r);

/*
 * For messages: the last line that is not blank of standard error or, if that is empty, of standard
 * output.  Lives as long as the result, whose text it cuts off behind that line.
 */
const char *result_last_line(struct result *r);
/* The same of the first line of standard error with "rror" in it, else the last line. */
const char *result_error(struct result *r);

#endif
