/* SPDX-License-Identifier: GPL-2.0-only */
/* pch_read.h - reads the index of a precompiled header. */
#ifndef RACYBITS_FRONT_PCH_READ_H
#define RACYBITS_FRONT_PCH_READ_H

#include <stdbool.h>
#include <stddef.h>

struct pch;

/* Fills in `files`, `decls` and `mentions` from what pch_compile() appended; false if the bytes are
 * damaged or none. */
bool pch_read(struct pch *pch, const unsigned char *data, size_t n);

#endif
