/* SPDX-License-Identifier: GPL-2.0-only */
/* ccargs.h - command lines: split as sh would, recognise a compilation, make it fit for clang. */
#ifndef RACYBITS_CCARGS_H
#define RACYBITS_CCARGS_H

#include <stdbool.h>
#include <stddef.h>

/* The simple commands of one shell command line, one after the other. */
struct words {
	char **v; /* of the command at hand, NULL-terminated */
	size_t n, cap;
	const char *rest; /* of the line */
	char *text, *end; /* the words' characters, and where the next ones go */
};

/* A compilation found in a command; the strings are the command's. */
struct compilation {
	const char *source; /* the one .c file among the operands */
	const char *object; /* operand of -o, or NULL */
	bool kernel;	    /* compiles for the kernel: -D__KERNEL__ */
};

/*
 * words_next() splits off the next simple command as sh would: quotes and
 * backslashes removed (POSIX XCU 2.2), up to an operator, nothing expanded.  It
 * returns false at the end of the line, and when a quote is not closed.  `line`
 * must stay; words live until words_open() is called again (which may be done
 * with the same `w`, zeroed at first) or words_close().
 */
void words_open(struct words *w, const char *line);
bool words_next(struct words *w);
void words_close(struct words *w);

/* Fills in `c` if `argv` compiles one .c file (-c) to an object; else returns false. */
bool ccargs_compilation(char *const *argv, struct compilation *c);

/*
 * The arguments with which clang 19 parses what `argv` compiles, whichever
 * compiler that was written for: only options that change what the source means
 * are kept, as any other may be unknown to clang and then an error.  `arch`
 * (SRCARCH) says the target if `argv` does not; `source` is put last.  One
 * block, NULL-terminated: the caller frees it.
 */
char **ccargs_for_clang(char *const *argv, const char *arch, const char *source);

#endif
