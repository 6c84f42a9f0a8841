/* SPDX-License-Identifier: GPL-2.0-only */
/* same_tokens.h - do two files differ in comments and white space alone? */
#ifndef RACYBITS_FRONT_SAME_TOKENS_H
#define RACYBITS_FRONT_SAME_TOKENS_H

#include "base/model.h"

/*
 * Are the two files made of the same C tokens, to the lexer of clang?  White space counts where C counts
 * it: at the ends of preprocessor directives, and in macro definitions.  A comment for which speaks(text,
 * ctx) returns true counts as a token, and with one in a file its blank lines count, too, since they say
 * what a comment is on; the text comes without comment marks, as one line.  Lines do not count.  False if a
 * file cannot be read.
 *
 * What is not trusted should be read in a process of its own: clang may crash.
 */
bool tokens_same(const char *path_a, const char *path_b,
		 bool (*speaks)(const char *comment, void *ctx), void *ctx);

#endif
