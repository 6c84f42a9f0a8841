/* SPDX-License-Identifier: GPL-2.0-only */
/* postings.h - which patches of a run are mailed as one series: those of one subsystem. */
#ifndef RACYBITS_FIX_POSTINGS_H
#define RACYBITS_FIX_POSTINGS_H

#include "patch.h"

/*
 * Sorts the patches by posting and fills in s->postings.  Patches of one subsystem, patches that change
 * one file and records embedded in one another are in one; patches keep their order in it.  Each subsystem
 * gets a series of its own (Documentation/process/submitting-patches.rst).  Needs the subjects.
 */
void postings_make(struct fix_series *s);

#endif
