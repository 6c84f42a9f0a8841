/* SPDX-License-Identifier: GPL-2.0-only */
/* ccargs.h - compiler command lines: is it a compilation, and how does clang parse the same file? */
#ifndef RACYBITS_CCARGS_H
#define RACYBITS_CCARGS_H

#include <stdbool.h>
#include <stddef.h>

/* A compilation found in a command; the strings are those of the command. */
struct compilation {
	const char *source; /* the one .c file among the operands */
	const char *object; /* operand of -o */
	bool kernel;	    /* compiled for the kernel: -D__KERNEL__ */
};

/* Fills in `c` and returns true if `argv` compiles one .c file to an object (-c and -o). */
bool ccargs_compilation(char *const *argv, struct compilation *c);

/*
 * The arguments with which clang 19 parses the source that `argv` compiles, for whichever compiler
 * `argv` was written.  Only options that change the meaning of the source are kept: clang may not
 * know others.  `arch` (kbuild's SRCARCH) decides the target if `argv` does not; `source` comes last.
 * NULL-terminated, in one block that the caller frees.
 */
char **ccargs_for_clang(char *const *argv, const char *arch, const char *source);

#endif
