/* SPDX-License-Identifier: GPL-2.0-only */
/* ownership.h - pointer members whose object lives as long as the record they are in. */
#ifndef RACYBITS_OWNERSHIP_H
#define RACYBITS_OWNERSHIP_H

#include "link.h"

/*
 * Finds the members that some function stores a fresh object into: after priv->ring = kzalloc()
 * the ring is set up and torn down with priv.  A void * member, as file->private_data, owns objects
 * of the types that are allocated for it, and no others.  After escape_summarise().
 */
void ownership_find(struct link *l);
void ownership_free(struct link *l);
/* Does step `i` of the path lead from such a member to what it owns, or does the model say so? */
bool step_is_owned(const struct link *l, const struct path *p, uint32_t i);
/* The record that step `i` of the path takes its object for, or of that at its end; 0: it does not tell. */
str type_before_step(const struct link *l, const struct path *p, uint32_t i);

#endif
