/* SPDX-License-Identifier: GPL-2.0-only */
/* fuzz.h - what the parsers under libFuzzer share. */
#ifndef RACYBITS_FUZZ_H
#define RACYBITS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* The directory FUZZ_DIR, for files of ours. */
const char *fuzz_dir(void);
/* `name` in that directory with that content; the path lives until the next call. */
char *fuzz_file(const char *name, const void *data, size_t n);
/* Cuts the next field, a byte that says how long it is and that many bytes, off an input. */
const uint8_t *fuzz_field(const uint8_t **data, size_t *left, size_t *n);

void try_database(const char *text, size_t n);	/* a file that should be a database */
void try_tables(const char *text, size_t n);	/* rows of one that is whole */
void try_compdb(const char *text, size_t n);	/* compile_commands.json */
void try_make(const char *text, size_t n);	/* what make -n prints */
void try_series(const char *text, size_t n);	/* what git says of a range, or of a mail */
void database_refused(void);			/* die() was called: closes what is open */

#endif
