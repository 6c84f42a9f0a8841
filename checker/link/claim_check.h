/* SPDX-License-Identifier: GPL-2.0-only */
/* claim_check.h - holds the claims of comments against the writes that were found. */
#ifndef RACYBITS_CLAIM_CHECK_H
#define RACYBITS_CLAIM_CHECK_H

#include "link.h"

/* Lists the locks that the program takes, which claims_check() asks for, by full name and by last member. */
void claims_begin(struct link *l);
void claims_end(struct link *l);
/* Fills v->fields[].accepted: the words of a comment that accept races on the field. */
void claims_accept(struct link *l, struct unit_verdict *v);
/* Fills v->fields[].claim, allocated from l->arena.  After the verdict of the unit is known. */
void claims_check(struct link *l, struct unit_verdict *v);
/* Does a comment claim that a lock protects a field of the record?  All functions tell whether there is one. */
bool claims_name_locks(const struct link *l, const struct record *r);

#endif
