/* SPDX-License-Identifier: GPL-2.0-only */
/* baseline.h - findings known before, by names: a moved line or another configuration keeps them (lint room). */
#ifndef RACYBITS_BASELINE_H
#define RACYBITS_BASELINE_H

#include "base/util.h"

struct baseline;

/* The findings of a program: per struct and pair of racing fields, the functions that write each. */
struct baseline *baseline_of(const struct program *p);
void baseline_free(struct baseline *b);

/* Reads what baseline_write() wrote; dies with the file's name and what was expected. */
struct baseline *baseline_read(const char *path);
/* JSON, version 1, in order of names: equal findings give equal bytes. */
void baseline_write(FILE *f, const struct baseline *b);

/*
 * For each verdict of the program: BASELINE_NEW for a finding with no pair of fields that is known,
 * UPDATED for one with another pair or another writer (it became worse), UNCHANGED for one that is known;
 * NONE for what is no finding.  The caller frees the array.
 */
uint8_t *baseline_states(const struct baseline *b, const struct program *p);

#endif
