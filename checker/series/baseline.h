/* SPDX-License-Identifier: GPL-2.0-only */
/* baseline.h - findings known before, by names, so that a moved line changes nothing. */
#ifndef RACYBITS_SERIES_BASELINE_H
#define RACYBITS_SERIES_BASELINE_H

#include "base/util.h"

struct baseline;

/*
 * The findings of a program: for each pair of racing fields of a record, the functions that write each
 * of them at runtime.  baseline_free() frees it.
 */
struct baseline *baseline_of(const struct program *p);
void baseline_free(struct baseline *b);

/* Reads what baseline_write() wrote; dies with the file's name and what was expected. */
struct baseline *baseline_read(const char *path);
/* Writes JSON, version 1, sorted by names: equal findings give equal bytes. */
void baseline_write(FILE *f, const struct baseline *b);

/*
 * Returns an enum baseline_state for each verdict of the program, which the caller frees: NEW, a finding
 * with no pair of fields that is known; UPDATED, one with another pair or another writer; UNCHANGED, one
 * with only known ones; NONE, no finding.
 */
uint8_t *baseline_states(const struct baseline *b, const struct program *p);

#endif
