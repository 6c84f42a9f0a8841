/* SPDX-License-Identifier: GPL-2.0-only */
/* attribute.h - attributes of declarations: annotate("...") and cleanup(function). */
#ifndef RACYBITS_FRONT_ATTRIBUTE_H
#define RACYBITS_FRONT_ATTRIBUTE_H

#include "front_state.h"

/*
 * The text of an attribute annotate("NAME:text") that annotations.h made ("guarded_by"); NAME itself if
 * it has no text; 0: the declaration has no such attribute.
 */
str attribute_text(CXCursor decl, const char *name);
/* Is an external function weak: does another definition of it replace this one? */
bool attribute_weak(CXCursor function);
/*
 * Has the variable a cleanup attribute?  *name: of its function, as facts give it; *function: its
 * declaration, the null cursor if that is not found.
 */
bool attribute_cleanup(struct front *fr, CXCursor var, CXCursor *function, str *name);

#endif
