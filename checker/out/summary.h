/* SPDX-License-Identifier: GPL-2.0-only */
/* summary.h - a unit's verdict in one sentence. */
#ifndef RACYBITS_SUMMARY_H
#define RACYBITS_SUMMARY_H

#include "base/util.h"

/* "struct x: concurrent stores to 'a' and 'b' ...", by verdict; without the end of the line. */
void put_summary(FILE *f, const struct unit_verdict *u);
/* Why such stores conflict: "they share a storage unit of ..." */
void put_sharing(FILE *f, const struct unit_verdict *u);
/* The fields u->fields[i] with marked[i]: "'a', 'b' and 'c'", or the first ones and how many more. */
void put_marked(FILE *f, const struct unit_verdict *u, const bool *marked);

#endif
