/* SPDX-License-Identifier: GPL-2.0-only */
/* lint.h - one run of `racybits lint`, and its stages (room of main). */
#ifndef RACYBITS_LINT_H
#define RACYBITS_LINT_H

#include "analysis.h"
#include "series/series.h"

struct lint {
	const struct options *o;
	const char *dir; /* for files of ours */
	struct kernel_tree tree;
	struct series series;
	struct tu_list units; /* of both states */
	size_t units_all;     /* those behind units.n are not analysed */
	struct analysis states[STATES];
	uint8_t *news; /* of the verdicts AFTER: enum baseline_state against BEFORE */
	uint8_t *olds; /* of the verdicts BEFORE: against AFTER */
	unsigned int added, worse, removed;
	bool partial; /* not all is analysed that the series may change the verdicts of */
};

/* --- lint_units.c */

/*
 * The units that the series may change the verdicts of, or those of `paths`, and for a new file the
 * command of its neighbour; a file that the configuration leaves out is named on stderr.
 */
void lint_units(struct lint *l, char *const *paths, size_t npaths);
/* Those that there are in one state; they share their strings with l->units, the caller frees the array. */
void lint_units_of(const struct lint *l, enum series_state state, struct tu_list *out);

/* --- lint_report.c, of a series whose two states are judged and compared */

/* Writes what the series adds or makes worse, and what it removes. */
void lint_report(const struct lint *l);
/* Names what was not analysed, each file once, and the figures. */
void lint_warn(const struct lint *l);

#endif
