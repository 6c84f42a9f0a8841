/* SPDX-License-Identifier: GPL-2.0-only */
/* shell_words.h - command lines split into words as sh does it. */
#ifndef RACYBITS_SHELL_WORDS_H
#define RACYBITS_SHELL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The simple commands of one command line, one after the other.  Start zeroed. */
struct shell_words {
	char **v; /* words of the current command, NULL-terminated */
	size_t n, cap;
	const char *rest; /* of the line */
	char *text, *end; /* memory of the words, and where the next one goes */
};

/* Starts on a line, which must stay until the last words_next(); drops the words of the line before. */
void words_open(struct shell_words *w, const char *line);
/*
 * Splits off the next simple command: up to an operator, quotes and backslashes removed (POSIX XCU
 * 2.2), nothing expanded.  False at the end of the line, and if a quote is not closed.
 */
bool words_next(struct shell_words *w);
void words_close(struct shell_words *w);

#endif
