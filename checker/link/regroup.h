/* SPDX-License-Identifier: GPL-2.0-only */
/* regroup.h - the verdicts of a program for another layout of its records. */
#ifndef RACYBITS_REGROUP_H
#define RACYBITS_REGROUP_H

#include "base/util.h"

/*
 * Fills now->verdicts, for the records that `before` has verdicts on: `now` has, at least, these records
 * as a patch lays them out that changes nothing else.  Whether two stores race does not depend on the
 * layout, so the fields that make up a unit now conflict as they did before.  Verdicts, from `a`, have no
 * split and share their writes with `before`.  Returns false if that says too little: a unit has fields
 * of several units, or one that was in none.
 */
bool verdicts_regroup(struct program *now, const struct program *before, struct arena *a);

#endif
