/* SPDX-License-Identifier: GPL-2.0-only */
/* process.h - other programs: started with an argument list, never through a shell. */
#ifndef RACYBITS_RUN_H
#define RACYBITS_RUN_H

#include "util.h"

/* An argument list, NULL-terminated; all zero is an empty one. */
struct args {
	char **v;
	size_t n, cap;
	const char *input; /* file that is the program's standard input; NULL: it is empty */
};

/* Appends one argument; the list owns it. */
void args_add(struct args *a, const char *fmt, ...) PRINTF(2, 3);
/* Adds the first n bytes of the text, unless they are there. */
void args_add_once(struct args *a, const char *text, size_t n);
void args_free(struct args *a);

/* What a program left behind. */
struct result {
	int status;   /* exit status; 127: it could not be started; 128 + N: killed by signal N */
	char *out;    /* standard output, NUL-terminated */
	size_t bytes; /* of it */
	char *err;    /* standard error; why it could not be started */
};

/*
 * Runs args->v[0], found through PATH, in the directory `cwd` (NULL: ours), with LC_ALL=C, and waits for it.  Fills in `r`; result_free() frees its strings.
 * SIGINT and SIGTERM end the program and then us, with status 130, atexit() functions called.
 * Dies when no process can be made at all.
 */
void run(struct result *r, const char *cwd, const struct args *args);
void result_free(struct result *r);

/* The last line that is not empty of what the program said, on stderr rather than stdout. */
const char *result_last_line(struct result *r);
/* The first line on stderr that speaks of an error, else the last line. */
const char *result_error(struct result *r);

#endif
