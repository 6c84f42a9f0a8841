/* SPDX-License-Identifier: GPL-2.0-only */
/* conflict.h - which two writes show that two fields of one unit conflict. */
#ifndef RACYBITS_CONFLICT_H
#define RACYBITS_CONFLICT_H

#include "link.h"

/* Fills in the conflicts of a unit: its fields that race, each pair with the best two writes that show it. */
void conflicts_find(struct link *l, struct unit_verdict *v);

#endif
