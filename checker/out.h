/* SPDX-License-Identifier: GPL-2.0-only */
/* out.h - the judged program as text and JSON; one file per format, phrases in out.c. */
#ifndef RACYBITS_OUT_H
#define RACYBITS_OUT_H

#include "util.h"

struct out_options {
	bool all;    /* stable units, too */
	bool timing; /* real seconds in place of 0, which is the same in every run */
};

/*
 * Compiler style, "FILE:LINE:COL: warning: ... [racy-bitfield]" at the first
 * racing field of a unit, then notes: each writer once with its call chain and
 * locks, each conflict with the reason why nothing serialises its two writers,
 * and what to split.  Coloured if `f` is a terminal and NO_COLOR is not set.
 */
void text_report(FILE *f, const struct program *p, const struct out_options *o);

/* JSON, version 1: keys may be added, never renamed; units in order of file and line. */
void json_report(FILE *f, const struct program *p, const struct out_options *o);

/*
 * Dies unless the program has the record `what` or, for "RECORD.FIELD", its field;
 * the message offers the nearest names.
 */
void explain_require(const struct program *p, const char *what);
/*
 * The units of the record, or the unit of the field, with every write to it.
 * Returns how many of the units are findings.
 */
unsigned int explain_report(FILE *f, const struct program *p, const char *what);

/* ------------------------------------------------- shared by the formats (out.c) */

/* Names of enumerators, as in DESIGN section 6; they are not to be freed. */
const char *verdict_name(uint32_t verdict);
const char *phase_name(uint32_t phase);
const char *mode_name(uint32_t lock_mode);
const char *confidence_name(uint32_t confidence);

/*
 * The string fit for a terminal and for JSON: control characters and what is not
 * UTF-8 are replaced by '?'.  Lives as long as the process.
 */
const char *clean(const char *s);
const char *clean_str(str s);

/* Is this a finding: racy and not acknowledged in the source? */
bool unit_is_finding(const struct unit_verdict *u);
uint64_t unit_bytes(const struct unit_verdict *u); /* from its first to its last bit */
/* "struct" or "union" */
const char *record_keyword(const struct record *r);

/* What is stored, "'field = 1'", in words of the store's access kind. */
void put_store(FILE *f, const struct unit_verdict *u, const struct write *w, str field);
/* "none", or the locks with their modes. */
void put_locks(FILE *f, const struct write *w);
/* Why no lock keeps the two writes apart; they are called writer_a and writer_b. */
void put_reason(FILE *f, const struct write *a, const char *writer_a, const struct write *b,
		const char *writer_b);
/* What p's policy moves out of the unit, and what stays and why it may. */
void put_split(FILE *f, const struct program *p, const struct unit_verdict *u);

#endif
