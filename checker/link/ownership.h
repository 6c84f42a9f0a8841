/* SPDX-License-Identifier: GPL-2.0-only */
/* ownership.h - pointer members whose object lives as long as the record they are in. */
#ifndef RACYBITS_OWNERSHIP_H
#define RACYBITS_OWNERSHIP_H

#include "link.h"

/*
 * Finds the members that some function stores a fresh object into: after priv->ring = kzalloc()
 * the ring is set up and torn down with priv.  After escape_summarise().
 */
void ownership_find(struct link *l);
void ownership_free(struct link *l);
/* Is the member of the step such a member, or does the model say that it is? */
bool field_is_owned(const struct link *l, const struct step *s);

#endif
