/* SPDX-License-Identifier: GPL-2.0-only */
/* macro_scan.h - the names that a file mentions where the preprocessor sees them. */
#ifndef RACYBITS_FRONT_MACRO_SCAN_H
#define RACYBITS_FRONT_MACRO_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum macro_mention {
	MENTION_USED, /* anywhere but in the body of a #define */
	MENTION_DEFINED,
	MENTION_UNDEFINED,
	MENTION_IFNDEF,	 /* by #ifndef */
	MENTION_INCLUDE, /* no name: an #include directive is here */
};

/* Calls back for every name in a text, in order; comments and literals are skipped.  Nothing is
 * preprocessed.  `name` has `n` bytes and is not terminated. */
void macro_scan(const char *text, size_t bytes,
		void (*use)(void *ctx, enum macro_mention what, const char *name, size_t n),
		void *ctx);

/* Does a header begin with an include guard or #pragma once?  `text` is NUL-terminated. */
bool macro_include_guarded(const char *text);

#endif
