/* SPDX-License-Identifier: GPL-2.0-only */
/* path.h - append to, concatenate and compare access paths (struct path of base/model.h). */
#ifndef RACYBITS_PATH_H
#define RACYBITS_PATH_H

#include "base/util.h"

/*
 * Appends a step.  A step that undoes the last one (container_of() after the member, or the
 * reverse) removes it.  A path that would get more than PATH_STEPS_MAX steps becomes ROOT_UNKNOWN:
 * returns false then, true for a path that was unknown before.
 */
bool path_append(struct path *p, const struct step *s);
/* Is it a step to an element whose index is no constant? */
bool step_varies(const struct step *s);
/* Do the paths lead to one object if the indexes on them that vary are equal? */
bool maybe_same_object(const struct path *a, const struct path *b);
/* `base` with the steps of `p` appended; the type is that of `p` if it has one. */
struct path path_concat(const struct path *base, const struct path *p);
/* ROOT_UNKNOWN, of which only the type of the object is known. */
struct path path_untracked(str type);
/* Do both paths start at the same root?  Two unknown roots never do. */
bool same_root(const struct path *a, const struct path *b);
/* The same root and the same steps: both denote one object. */
bool same_object(const struct path *a, const struct path *b);
/* Do both denote parts of one known object, or all of it? */
bool same_memory(const struct path *a, const struct path *b);
/* How many leading steps the paths have in common. */
uint32_t common_steps(const struct path *a, const struct path *b);
/* Do the paths begin with one object, and lead to different members of it, or of what is found from it? */
bool paths_part(const struct path *a, const struct path *b);
/* Does the step stay in one piece of memory: into a member, or out to the record around it? */
bool step_embeds(const struct step *s);
/* Do all steps of the path from step `from` on stay in one piece of memory? */
bool path_embeds(const struct path *p, uint32_t from);
/* Does the step follow a pointer?  The others are such steps, and those to an element of an array. */
bool step_follows(const struct step *s);
/* How many pointers the path follows; 0: it stays in the object of its root. */
uint32_t path_pointers(const struct path *p);
/* Is the object a local variable, or a part of one?  What a pointer in that leads to is none. */
bool path_on_stack(const struct path *p);
/* Inverts such a step in place; returns false, and changes nothing, for any other step. */
bool step_invert(struct step *s);

#endif
