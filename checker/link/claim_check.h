/* SPDX-License-Identifier: GPL-2.0-only */
/* claim_check.h - what comments say of fields, held against what the code does. */
#ifndef RACYBITS_CLAIM_CHECK_H
#define RACYBITS_CLAIM_CHECK_H

#include "link.h"

/* Fills in which fields have a comment that accepts races. */
void claims_accept(struct link *l, struct unit_verdict *v);
/* Holds what comments say of the fields against the writes of a judged unit. */
void claims_check(struct link *l, struct unit_verdict *v);

#endif
