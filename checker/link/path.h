/* SPDX-License-Identifier: GPL-2.0-only */
/* path.h - arithmetic on access paths: append steps, compare, concatenate. */
#ifndef RACYBITS_PATH_H
#define RACYBITS_PATH_H

#include "base/util.h"

/*
 * Appends a step.  A step that undoes the last one (container_of() after the member, or the
 * reverse) removes it.  A path that would get more than PATH_STEPS_MAX steps becomes ROOT_UNKNOWN:
 * returns false then, true for a path that was unknown before.
 */
bool path_append(struct path *p, const struct step *s);
/* `base` with the steps of `p` appended; the type is that of `p` if it has one. */
struct path path_concat(const struct path *base, const struct path *p);
/* A path that says nothing but the type it ends in. */
struct path path_untracked(str type);
/* Do both paths start at the same root?  Two unknown roots are never the same. */
bool same_root(const struct path *a, const struct path *b);
/* The same root and the same steps: both denote one object. */
bool same_object(const struct path *a, const struct path *b);
/* How many leading steps the paths have in common. */
uint32_t common_steps(const struct path *a, const struct path *b);
/* Does the step stay in one piece of memory: into a member, or out to the record around it? */
bool step_embeds(const struct step *s);
/* Turns such a step round in place.  Returns false, and changes nothing, for any other step. */
bool step_invert(struct step *s);

#endif
