/* SPDX-License-Identifier: GPL-2.0-only */
/* pch_visible.h - which part of a precompiled header a tu would have included by itself. */
#ifndef RACYBITS_FRONT_PCH_VISIBLE_H
#define RACYBITS_FRONT_PCH_VISIBLE_H

#include "front_state.h"

/*
 * Follows the #include directives of the parsed tu; to be called before the functions below.  Returns
 * false if the tu may differ from what it is without the precompiled header.
 */
bool pch_visible_begin(struct front *fr);
/* Would the tu see this declaration without the precompiled header? */
bool pch_visible(struct front *fr, CXCursor decl);
/* Reports to the sink every file that the tu reads. */
void pch_visible_files(struct front *fr);
/* Finds a declaration at file scope for which pch_is_looked_up() holds; false: none has that name. */
bool pch_visible_find(struct front *fr, str name, CXCursor *decl);

#endif
