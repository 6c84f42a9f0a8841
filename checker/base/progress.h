/* SPDX-License-Identifier: GPL-2.0-only */
/* progress.h - a line that shows progress, on a terminal only. */
#ifndef RACYBITS_PROGRESS_H
#define RACYBITS_PROGRESS_H

#include "util.h"

struct progress {
	bool on;      /* stderr is a terminal that can erase a line, and NO_COLOR is not set */
	double start; /* of the work, as seconds_now() */
};

/* Fills in *p; the work begins. */
void progress_start(struct progress *p);
/* Replaces the line by "[###---] 12/345 3.1/s ETA 1:47 LABEL", cut to the width of the terminal. */
void progress_draw(const struct progress *p, size_t done, size_t total, const char *label);
/* Erases the line.  A message of error.h does so, too. */
void progress_clear(const struct progress *p);
/*
 * Replaces the line by "[###---] STAGE": what the process does now, of which `done` of `total` steps are
 * over; `total` 0: that is not known.
 */
void progress_stage(const char *stage, size_t done, size_t total);
/* Erases the line of a stage; the next stage draws it anew. */
void progress_end(void);

/* The monotonic clock in seconds. */
double seconds_now(void);

#endif
