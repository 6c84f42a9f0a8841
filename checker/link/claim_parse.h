/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * claim_parse.h - finds claims in comments: that fields are written under a lock, that they are not
 * written after set-up, that their races are accepted.
 *
 * The phrases ("protected by", "only set at *") are statements of the model.  All comments are
 * passed as one line of words without comment marks.  Strings are interned, so nothing is to be
 * freed.
 */
#ifndef RACYBITS_CLAIM_PARSE_H
#define RACYBITS_CLAIM_PARSE_H

#include "base/util.h"

/* A claim as it is written. */
struct claim_text {
	uint32_t kind; /* CLAIM_LOCK, CLAIM_HELD or CLAIM_SETUP */
	bool all;      /* all locks named are held ("a and b"), not only one of them ("a or b") */
	bool more;     /* the comment names more locks than are kept: LIMIT_CLAIM_LOCKS */
	uint32_t nnames;
	/*
	 * CLAIM_LOCK, CLAIM_HELD: the last member of the lock's name ("lock" for "p->q.lock"), or the
	 * name that the model has for it.  CLAIM_SETUP: the last word of the phrase ("probe" of "only
	 * set at probe").
	 */
	str names[CLAIM_LOCKS_MAX];
	str quote; /* the words of the comment, from the phrase to the end of the sentence */
};

/* Finds the first claim about locks or set-up in a comment; returns false if there is none. */
bool claim_read(const struct linux_model *m, const char *comment, struct claim_text *out);
/* The words of a comment that accept races on what it describes; 0 if there are none. */
str claim_accepts(const struct linux_model *m, const char *comment);
/*
 * The text from "racybits: ok" on, if a comment has that marker and a reason behind it: whoever wrote it accepts
 * races on what the comment is on.  Else 0, and *bare, unless NULL, says whether the reason alone is missing.
 */
str claim_marker(const char *comment, bool *bare);
/*
 * The words of a lock's comment by which the lock protects the field: they name the field, or all
 * fields of the record, or, if the field is declared behind the lock (`below`), those below.
 * 0 if there are none.
 */
str claim_protects(const struct linux_model *m, const char *comment, const char *field, bool below);
/* Is there a phrase of the model about writes, races or what a lock protects anywhere in a comment? */
bool claim_speaks(const struct linux_model *m, const char *comment);
/* The text of a struct's kernel-doc comment about "@field:", or 0. */
str claim_section(const char *comment, const char *field);

#endif
