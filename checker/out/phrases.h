/* SPDX-License-Identifier: GPL-2.0-only */
/* phrases.h - phrases about writes and fields, the same in every format; none ends the line. */
#ifndef RACYBITS_PHRASES_H
#define RACYBITS_PHRASES_H

#include "base/util.h"

/* Says what `w` stores: "'field = 1'", or that it updates the field or writes the whole record. */
void put_store(FILE *f, const struct unit_verdict *u, const struct write *w, str field);
/* When the field is written, and its guard if it is written at runtime. */
void put_lifetime(FILE *f, const struct unit_field *uf);
/* The locks held at the write with their modes, or "none". */
void put_locks(FILE *f, const struct write *w);
/* Why no lock serialises the two writes, which the phrase calls by the names writer_a and writer_b. */
void put_reason(FILE *f, const struct write *a, const char *writer_a, const struct write *b,
		const char *writer_b);

#endif
