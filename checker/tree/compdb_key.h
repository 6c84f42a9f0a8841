/* SPDX-License-Identifier: GPL-2.0-only */
/* compdb_key.h - a number for everything that the compile commands of a tree depend on. */
#ifndef RACYBITS_COMPDB_KEY_H
#define RACYBITS_COMPDB_KEY_H

#include <stdint.h>
#include "kerneltree.h"

/*
 * While the key is the same, compdb_load() gives the same answer for the same paths.  Not noticed: a
 * makefile that asks whether some other file exists.
 */
uint64_t compdb_key(const struct kernel_tree *t);

#endif
