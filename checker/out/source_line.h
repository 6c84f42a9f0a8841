/* SPDX-License-Identifier: GPL-2.0-only */
/* source_line.h - lines of the analysed source. */
#ifndef RACYBITS_SOURCE_LINE_H
#define RACYBITS_SOURCE_LINE_H

#include "base/util.h"

/*
 * Line `line` (from 1) of a file of the kernel tree, as clean() makes it, with tabs expanded.  Lives
 * until the next call.  NULL if kdir is NULL, the file is not below it, or has no such line.
 */
const char *source_line(const char *kdir, str file, uint32_t line);

#endif
