/* SPDX-License-Identifier: GPL-2.0-only */
/* layout_picture.h - a planned layout, as pahole would print it. */
#ifndef RACYBITS_FIX_LAYOUT_PICTURE_H
#define RACYBITS_FIX_LAYOUT_PICTURE_H

#include "plan.h"

/*
 * The record as the plan lays it out, in the form of pahole(1): type, name, offset and size in bytes of
 * each member, holes, sizeof.  Members far from those that move are left out ("...").  From `a`.
 */
const char *layout_picture(const struct fix_plan *plan, struct arena *a);

#endif
