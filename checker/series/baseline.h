/* SPDX-License-Identifier: GPL-2.0-only */
/* baseline.h - findings known before, by names, so that a moved line changes nothing. */
#ifndef RACYBITS_SERIES_BASELINE_H
#define RACYBITS_SERIES_BASELINE_H

#include "packed.h"

struct baseline;

/*
 * The findings of a program: for each pair of racing fields of a record, the functions that write each
 * of them at runtime.  Conflicts that are less sure than `least`, an enum confidence, are left out.
 * baseline_free() frees it.
 */
struct baseline *baseline_of(const struct program *p, uint32_t least);
/* The same of one unit. */
struct baseline *baseline_of_unit(const struct program *p, const struct unit_verdict *u,
				  uint32_t least);
void baseline_free(struct baseline *b);

/* An empty one, and the functions that write the two fields of a pair, added to it.  Ends with baseline_end(). */
struct baseline *baseline_new(void);
void baseline_add(struct baseline *b, str record, const str fields[2], str *const writers[2],
		  const size_t nwriters[2]);
void baseline_end(struct baseline *b);
/* Adds a copy of all pairs of another. */
void baseline_add_all(struct baseline *b, const struct baseline *other);

/* Reads what baseline_write() wrote; dies with the file's name and what was expected. */
struct baseline *baseline_read(const char *path);
/* Writes JSON, version 1, sorted by names: equal findings give equal bytes. */
void baseline_write(FILE *f, const struct baseline *b);

/*
 * The enum baseline_state of what baseline_of_unit() returned: NEW, no pair of fields of it is known;
 * UPDATED, one is not, or another function writes one; UNCHANGED, all are known; NONE, it is empty.
 */
enum baseline_state baseline_compare(const struct baseline *known, const struct baseline *unit);
/* The states of all verdicts of the program, which the caller frees. */
uint8_t *baseline_states(const struct baseline *known, const struct program *p, uint32_t least);
/* The state of one conflict: its pair of fields and all that write them. */
enum baseline_state baseline_conflict(const struct baseline *known, const struct program *p,
				      const struct unit_verdict *u, const struct conflict *c);
/* Does it have that pair of fields, with the functions of these two writes? */
bool baseline_has_writers(const struct baseline *known, const struct program *p,
			  const struct unit_verdict *u, const struct conflict *c);

/* For another process of this program: bytes, and back.  Dies if they are damaged. */
void baseline_pack(const struct baseline *b, struct buf *out);
struct baseline *baseline_unpack(struct packed *in);

#endif
