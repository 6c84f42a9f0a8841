/* SPDX-License-Identifier: GPL-2.0-only */
/* fixes_tag.h - the commits that brought racing fields into one unit. */
#ifndef RACYBITS_FIX_FIXES_TAG_H
#define RACYBITS_FIX_FIXES_TAG_H

#include "patch.h"

/*
 * Fixes: lines (Documentation/process/submitting-patches.rst) for the commits that last changed the
 * declarations of the fields that move, from s->a; "" in a tree without history.
 */
const char *fixes_tags(struct fix_series *s, const struct patch *patch);

#endif
