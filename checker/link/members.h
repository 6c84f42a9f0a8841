/* SPDX-License-Identifier: GPL-2.0-only */
/* members.h - members that the model names, or that a path leads through. */
#ifndef RACYBITS_MEMBERS_H
#define RACYBITS_MEMBERS_H

#include "link.h"

/*
 * Takes the object on to what its members are or point to: `members` are names with a dot between two, as
 * "dev.parent".  ROOT_UNKNOWN if the record of one of them is not known, or does not have it.
 */
void members_follow(const struct link *l, str members, struct path *object);
/*
 * The same for one member.  One that is not known is taken for a part of the object, whose type is then
 * 0.  Returns false if the path gets too long.
 */
bool members_append(const struct link *l, str member, struct path *object);
/* Does the step lead to a member that others of its record may overlay (C11 6.7.2.1p16)? */
bool member_is_overlaid(const struct link *l, const struct step *s);

#endif
