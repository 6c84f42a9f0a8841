/* SPDX-License-Identifier: GPL-2.0-only */
/* reads.h - which functions read a bitfield: what a lost update of it would mislead. */
#ifndef RACYBITS_READS_H
#define RACYBITS_READS_H

#include "link.h"

/* Makes l->reads from the facts. */
void reads_collect(struct link *l);
void reads_free(struct link *l);
/*
 * Fills f->readers, from l->arena: the functions that read the field, each once, sorted by
 * key.  Reads of the whole record do not count.
 */
void reads_of_field(struct link *l, struct unit_field *f);

#endif
