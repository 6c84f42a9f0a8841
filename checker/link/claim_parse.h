/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * claim_parse.h - what comments say of the fields they stand over: by which lock they are written, that
 * they are not written after set-up, that their races are accepted.  The phrases are the model's.
 */
#ifndef RACYBITS_CLAIMS_H
#define RACYBITS_CLAIMS_H

#include "base/util.h"

struct claim_text {
	uint32_t kind; /* CLAIM_LOCK, CLAIM_HELD or CLAIM_SETUP */
	bool all;      /* of a lock: each of the names is held, not just one */
	bool more;     /* the comment names more locks than are kept: LIMIT_CLAIM_LOCKS */
	uint32_t nnames;
	str names[CLAIM_LOCKS_MAX]; /* last member of what is named ("lock" of "p->q.lock"), or the
				 * model's name of the lock; of CLAIM_SETUP: the last word of
				 * the phrase, "probe" of "only set at probe" */
	str quote;		    /* the words, from the phrase to the end of the sentence */
};

/* The first claim in a comment without its marks; false if there is none. */
bool claim_read(const struct linux_model *m, const char *comment, struct claim_text *out);
/* The words of the comment that accept races, 0 if none do. */
str claim_accepts(const struct linux_model *m, const char *comment);
/*
 * The words of a lock's comment that say that it protects the field, 0 if none do.  `below`: the
 * field is declared behind the lock.
 */
str claim_protects(const struct linux_model *m, const char *comment, const char *field, bool below);
/* What a comment in kernel-doc style says of "@field:", or 0. */
str claim_section(const char *comment, const char *field);

#endif
