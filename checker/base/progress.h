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
/* Replaces the line by "12/345 3.1/s ETA 1:47 LABEL", cut to the width of the terminal. */
void progress_draw(const struct progress *p, size_t done, size_t total, const char *label);
/* Erases the line. */
void progress_clear(const struct progress *p);

/* The monotonic clock in seconds. */
double seconds_now(void);

#endif
