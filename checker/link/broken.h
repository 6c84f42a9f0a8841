/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * broken.h - report that a pass has made something that breaks its own rules.
 *
 * Each pass has a check, X_check(), that runs behind it: facts that are broken end the run where
 * they were made, and do not become a wrong verdict.
 */
#ifndef RACYBITS_BROKEN_H
#define RACYBITS_BROKEN_H

#include "link.h"

/*
 * Ends the program with one line: the pass, the key of function `f` (unless it is NONE) and what
 * is wrong.
 */
_Noreturn void broken(const struct link *l, const char *pass, uint32_t f, const char *fmt, ...)
	PRINTF(4, 5);

#endif
