/* SPDX-License-Identifier: GPL-2.0-only */
/* build_option.h - which option of the configuration builds a file or directory. */
#ifndef RACYBITS_BUILD_OPTION_H
#define RACYBITS_BUILD_OPTION_H

#include "kerneltree.h"

/*
 * The options that would build the file or directory `name` of the tree, none of which is set, as
 * "CONFIG_A or CONFIG_B"; the caller frees it.  NULL if it may be built: an option is set, or the lines
 * of the makefiles that name it (obj-$(CONFIG_A) += NAME; Documentation/kbuild/makefiles.rst, 3.1 and
 * 3.5) name no option.  Reads makefiles as text and runs nothing, so it is quick and may miss an option.
 */
char *build_option_unset(const struct kernel_tree *t, const char *name);

#endif
