/* SPDX-License-Identifier: GPL-2.0-only */
/* kerneltree.h - a kernel tree: version, architecture, configuration, and whether it can be analysed. */
#ifndef RACYBITS_KERNELTREE_H
#define RACYBITS_KERNELTREE_H

#include <stdbool.h>

struct kernel_tree {
	char *kdir;	  /* the sources: absolute path without symbolic links */
	char *objdir;	  /* the build directory, likewise; equal to kdir if built in place */
	char version[64]; /* as "6.12.95" or "7.3.0-rc1", from the top Makefile */
	char arch[32];	  /* directory below arch/ (kbuild's SRCARCH), as "x86" */
	bool clang;	  /* configured for clang (CONFIG_CC_IS_CLANG) */
	const char *base; /* NULL, or a directory to run make in: kdir as it was before changes that
			    * must not be run; see kbuild_run() */
	bool kbuild;	  /* has kbuild's makefiles, so make can print its compile commands */
	char *here;	  /* the current directory, if it is in the tree or in the build directory:
			    * names of files may be relative to it; else NULL */
	bool found;	  /* the tree was not named, but found from the current directory */
};

/*
 * Examines the tree in `kdir`, built in `objdir` (NULL: in place), and fills in `t`, which
 * kerneltree_close() frees.  Writes nothing.  Dies if a directory is missing, if `kdir` is no kernel
 * tree, or if it is not configured or not prepared; the message says which command or option helps.
 *
 * A NULL `kdir` is the nearest tree at or above the current directory.  A build directory, which has a
 * link `source` to the sources (Documentation/kbuild/kbuild.rst, KBUILD_OUTPUT), stands for both.
 */
void kerneltree_open(struct kernel_tree *t, const char *kdir, const char *objdir);
/* The same for a tree that kbuild is building: it is configured, but may not be prepared yet. */
void kerneltree_open_building(struct kernel_tree *t, const char *kdir, const char *objdir);
void kerneltree_close(struct kernel_tree *t);
/* The top of the sources of that tree, malloc'd; NULL if there is none: kerneltree_open() says why. */
char *kerneltree_top(const char *kdir);

#endif
