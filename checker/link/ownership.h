/* SPDX-License-Identifier: GPL-2.0-only */
/* ownership.h - pointer members whose object lives as long as the object they are in. */
#ifndef RACYBITS_OWNERSHIP_H
#define RACYBITS_OWNERSHIP_H

#include "link.h"

/*
 * A member that a fresh object is stored into anywhere owns it: priv->ring after
 * priv->ring = kzalloc() is set up and torn down with priv.  After escape_summarise().
 */
void ownership_find(struct link *l);
void ownership_free(struct link *l);
/* Is the member of the step such a one, or does the model say so? */
bool field_is_owned(const struct link *l, const struct step *s);

#endif
