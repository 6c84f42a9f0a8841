/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_before.h - what lint needs to know of the tree before the series, once it is judged. */
#ifndef RACYBITS_CLI_LINT_BEFORE_H
#define RACYBITS_CLI_LINT_BEFORE_H

#include "aside.h"
#include "series/baseline.h"

struct analysis;

struct finding_before {
	struct baseline *pairs;
	char *gone; /* the line that says that the series removes it */
};

struct unit_before {
	str record;  /* its key */
	str *fields; /* names, in order of declaration */
	size_t n;
};

struct lint_before {
	struct baseline *known; /* all findings */
	struct finding_before *findings;
	struct unit_before *units;
	char **failed; /* for each tu that was not analysed: its file, then the reason */
	size_t nfindings, nunits, nfailed;
};

/* Appends to `out` what lint_before_read() makes of it; findings less sure than `least` are left out. */
void lint_before_write(struct buf *out, const struct program *p, uint32_t least);
/* lint_before_free() frees what it fills in. */
void lint_before_read(struct lint_before *b, const struct buf *in);
void lint_before_free(struct lint_before *b);

/* Were both fields in one storage unit? */
bool lint_before_beside(const struct lint_before *b, str record, str field, str other);
/* The reason why the file was not analysed, or NULL. */
const char *lint_before_failed(const struct lint_before *b, const char *file);

#endif
