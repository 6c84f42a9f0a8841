/* SPDX-License-Identifier: GPL-2.0-only */
/* kbuild.h - the commands that make would run in a kernel tree. */
#ifndef RACYBITS_KBUILD_H
#define RACYBITS_KBUILD_H

#include <stddef.h>
#include "kerneltree.h"

/* Name of the compiler in the commands that kbuild_run() reports. */
extern const char kbuild_cc[];

/*
 * Runs `make -n` for everything configured below the directories `dirs` (relative to KDIR; "." is all),
 * up to date or not, and calls `line` for each line it prints, with backslash-newlines joined.  The
 * line lives until `line` returns.  Returns NULL if make succeeded, else its first complaint, which
 * the caller frees; make goes on after errors (-k), so there may be lines as well.
 *
 * If t->base is set, its makefiles and scripts are used in place of those of KDIR; it must have all
 * that KDIR has, or links to it.  The lines speak of KDIR all the same.
 *
 * The tree is not written to: make variables keep kbuild from configuring, from making directories
 * and from test compilations, and Landlock (Documentation/userspace-api/landlock.rst), where the
 * running kernel has it, denies every other write.
 */
char *kbuild_run(const struct kernel_tree *t, char *const *dirs, size_t ndirs,
		 void (*line)(void *ctx, const char *text), void *ctx);

#endif
