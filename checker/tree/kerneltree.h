/* SPDX-License-Identifier: GPL-2.0-only */
/* kerneltree.h - which kernel a tree is, how it is configured, and whether it can be analysed. */
#ifndef RACYBITS_KERNELTREE_H
#define RACYBITS_KERNELTREE_H

#include <stdbool.h>

struct kernel_tree {
	char *kdir;	  /* the sources: absolute, symbolic links resolved */
	char *objdir;	  /* the build directory, likewise; same text as kdir when in place */
	char version[64]; /* "6.12.95", "7.3.0-rc1": the Makefile's four variables */
	char arch[32];	  /* name of its directory below arch/ (kbuild's SRCARCH): "x86" */
	bool clang;	  /* configured for clang (CONFIG_CC_IS_CLANG) */
	bool kbuild;	  /* has kbuild's makefiles: make can tell its compile commands */
};

/*
 * Looks at the tree in `kdir`, built in `objdir` (NULL: in place), and fills in
 * `t`; its strings are malloc'd, kerneltree_close() frees them.  Nothing is
 * written.  Dies (status 2, one line) if a directory is missing, if `kdir` is
 * not a kernel tree, or if it is not configured or not prepared, and says which
 * command or option helps.
 */
void kerneltree_open(struct kernel_tree *t, const char *kdir, const char *objdir);
/* The same for a tree that is being built: kbuild has configured it, but need not have prepared it yet. */
void kerneltree_open_building(struct kernel_tree *t, const char *kdir, const char *objdir);
void kerneltree_close(struct kernel_tree *t);

#endif
