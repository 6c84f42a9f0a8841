/* SPDX-License-Identifier: GPL-2.0-only */
/* conflicts.h - the conflicts of all units, which worker processes look for. */
#ifndef RACYBITS_CONFLICTS_H
#define RACYBITS_CONFLICTS_H

#include "link.h"

/*
 * Calls conflicts_find() for each of the program's verdicts but those of handed records; their writes
 * and fields must be there.  Link.jobs processes share the units; verdicts and limits are the same
 * with any number of them.  Dies if one of them does.
 */
void conflicts_find_all(struct link *l);

#endif
