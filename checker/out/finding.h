/* SPDX-License-Identifier: GPL-2.0-only */
/* finding.h - what every format asks about a judged unit. */
#ifndef RACYBITS_FINDING_H
#define RACYBITS_FINDING_H

#include "report.h"

/* Is it a finding: racy, not acknowledged in the source, and as sure as was asked for? */
bool unit_is_finding(const struct unit_verdict *u);
/* Is the field with this index in u->fields in a conflict? */
bool field_races(const struct unit_verdict *u, uint32_t field);

/* The conflict that is shown for the unit: the best argument; NULL if it has none. */
const struct conflict *unit_argument(const struct unit_verdict *u);

/* Bytes from the one with its first bit to the one with its last bit. */
uint64_t unit_bytes(const struct unit_verdict *u);
/* Where to report it: u->at if set, else its first racing field, else its first field. */
const struct loc *unit_loc(const struct unit_verdict *u);
/* The file with the code: of the first conflict's writer, else of any writer, else of the fields. */
str unit_code_file(const struct unit_verdict *u);
/*
 * The directory of the code that writes it, at most two levels deep, as "drivers/vfio"; "." for the
 * top directory.  The caller frees it.
 */
char *unit_subsystem(const struct unit_verdict *u);

/* "struct" or "union" */
const char *record_keyword(const struct record *r);

/* State of verdict `i` of the program against the baseline; BASELINE_NONE without a baseline. */
enum baseline_state unit_state(const struct out_options *o, size_t i);
/* The word for an enum baseline_state, as "new"; a literal. */
const char *state_name(uint32_t baseline_state);
/*
 * Identifies the finding across runs and versions: a hash of the record's key and of the names of the
 * racing fields (of all fields if none races), so that it stays when lines move and changes with
 * another racing field.
 */
uint64_t unit_fingerprint(const struct unit_verdict *u);

#endif
