/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pch.h - precompiled headers: what most units of a run include is parsed once (front room).
 *
 * A unit is parsed with the headers of other units loaded, too, so facts must not depend on them:
 * a record counts as defined only where the unit's own includes lead to its definition, and a unit
 * whose macros would have changed a precompiled header is parsed without (pch_visible.c).
 */
#ifndef RACYBITS_PCH_H
#define RACYBITS_PCH_H

#include "front.h"

struct buf; /* facts.h */
struct pch_set;

/*
 * Groups units that are compiled alike and picks the headers to precompile for each group from
 * what its units include; a group too small to gain from it gets none.  The units must outlive the
 * set.  They are built in a directory below $TMPDIR (or /tmp), which is gone once the last is taken,
 * and when the process exits: from then on the files have no name.  Where it cannot be made, and with
 * an overlay, there are none.
 */
struct pch_set *pch_plan(const struct tu *const *tus, size_t n, const struct front_options *opt);
void pch_free(struct pch_set *s);

/* How many are to be built. */
size_t pch_count(const struct pch_set *s);
/* What number `i` is for, to be shown: its first unit. */
const char *pch_label(const struct pch_set *s, size_t i);
/* Builds number `i`, in any process, and appends what pch_take() needs to `reply`. */
void pch_build(struct pch_set *s, size_t i, struct buf *reply);
/* In the process that will extract, or its parent, in order; without data (NULL) it is not used. */
void pch_take(struct pch_set *s, size_t i, const unsigned char *data, size_t n);

/* For front_options.pch: the one to parse unit number `tu` of pch_plan() with, or NULL. */
struct pch *pch_of(const struct pch_set *s, size_t tu);

#endif
