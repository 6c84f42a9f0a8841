/* SPDX-License-Identifier: GPL-2.0-only */
/* sarif_location.h - messages and locations of a SARIF log; each value is the caller's. */
#ifndef RACYBITS_SARIF_LOCATION_H
#define RACYBITS_SARIF_LOCATION_H

#include "jsonput.h"

#define SARIF_ROOT "SRCROOT" /* base of relative URIs: the top of the kernel tree */

/* 3.11, message */
json_t *sarif_message(const char *text);
/* The same with what was printed to `t`, which is closed. */
json_t *sarif_message_stream(struct memstream *t);

/* 3.28, location; line 0: all of the file, col 0: all of the line; `said` (may be NULL) is taken over. */
json_t *sarif_location(const char *file, uint32_t line, uint32_t col, json_t *said);
json_t *sarif_location_of(const struct loc *at, json_t *said);

#endif
