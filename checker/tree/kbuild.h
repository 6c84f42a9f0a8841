/* SPDX-License-Identifier: GPL-2.0-only */
/* kbuild.h - what make would do in a kernel tree, without doing it. */
#ifndef RACYBITS_KBUILD_H
#define RACYBITS_KBUILD_H

#include <stddef.h>
#include "kerneltree.h"

/* Name of the compiler in the command lines that kbuild_run() reports. */
extern const char kbuild_cc[];

/*
 * Lets `make -n` print how everything configured below the directories `dirs`
 * (relative to KDIR; "." is all) is built, whether it is up to date or not, and
 * calls `line` for each line, backslash-newlines joined; what it is given lives
 * until it returns.  Returns NULL if make was content, else its first
 * complaint (malloc'd): make goes on after errors, so there may be lines all the same.
 *
 * The tree is not written to: make variables keep kbuild from reconfiguring, from
 * making directories and from test compilations; where the running kernel has
 * Landlock (Documentation/userspace-api/landlock.rst), it refuses anything else.
 */
char *kbuild_run(const struct kernel_tree *t, char *const *dirs, size_t ndirs,
		 void (*line)(void *ctx, const char *text), void *ctx);

#endif
