/* SPDX-License-Identifier: GPL-2.0-only */
/* progress.h - one line about work under way, on a terminal only. */
#ifndef RACYBITS_PROGRESS_H
#define RACYBITS_PROGRESS_H

#include "util.h"

struct progress {
	bool on;      /* stderr is a terminal that can erase a line, and NO_COLOR is not set */
	double start; /* seconds, CLOCK_MONOTONIC */
};

void progress_start(struct progress *p);
/* Draws "12/345 3.1/s ETA 1:47 LABEL" over what was drawn before, cut to the terminal's width. */
void progress_draw(const struct progress *p, size_t done, size_t total, const char *label);
void progress_clear(const struct progress *p);

/* The monotonic clock, in seconds. */
double seconds_now(void);

#endif
