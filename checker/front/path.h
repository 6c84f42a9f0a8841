/* SPDX-License-Identifier: GPL-2.0-only */
/* path.h - building blocks of access paths (struct path in base/model.h). */
#ifndef RACYBITS_FRONT_PATH_H
#define RACYBITS_FRONT_PATH_H

#include "record.h"

/* Appends a step.  FIELD and CONTAINER of one member cancel, INDEX after INDEX is one step; a path
 * with more than PATH_STEPS_MAX steps is cut: see path_cut(). */
void path_step(struct path *p, enum step_kind kind, str record, str field);
/* Appends the step from a record to what its member is, or points to if it is a pointer. */
/*
 * Appends the step to an element, or adds to the index of such a step: `index` is as in struct step.
 * An array of arrays counts as one of all their elements.
 */
void path_index(struct path *p, str index);
void path_member(struct path *p, const struct member_decl *m);
struct path path_unknown(str type);
/* The same if it is not known because of a limit (base/limits.def). */
struct path path_cut(enum limit limit, str type);
/* Do they denote the same object?  The types are not compared. */
bool path_equal(const struct path *a, const struct path *b);
/* A copy in the arena; of the empty path the shared one. */
const struct path *path_keep(struct arena *a, const struct path *p);

#endif
