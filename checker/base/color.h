/* SPDX-License-Identifier: GPL-2.0-only */
/* color.h - whether a stream is written to in colours. */
#ifndef RACYBITS_BASE_COLOR_H
#define RACYBITS_BASE_COLOR_H

#include <stdbool.h>
#include <stdio.h>

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Decides for all streams of this process and its children; COLOR_AUTO unless called. */
void color_set(enum color color);
/* Is the stream a terminal of a type that is not dumb, and NO_COLOR not set, or empty (no-color.org)? */
bool terminal_takes_escapes(FILE *f);
/* Is the stream to have colours?  COLOR_AUTO: if terminal_takes_escapes(). */
bool color_of(FILE *f);

#endif
