/* SPDX-License-Identifier: GPL-2.0-only */
/* tokens.h - the tokens of a file as the lexer of clang sees them, without parsing or running anything of it. */
#ifndef RACYBITS_FRONT_TOKENS_H
#define RACYBITS_FRONT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum token_kind { TOKEN_OTHER, TOKEN_NAME, TOKEN_COMMENT }; /* a keyword is no name */

/* Bytes `from` to `to` of the text. */
struct token {
	enum token_kind kind;
	size_t from, to;
};

/*
 * Calls take() for each token of the text, in order.  False if it cannot be read so; what is not trusted
 * should be read in a process of its own, as clang may crash.
 */
bool tokens_each(const char *text, size_t bytes, void (*take)(void *ctx, const struct token *t),
		 void *ctx);

#endif
