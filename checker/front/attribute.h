/* SPDX-License-Identifier: GPL-2.0-only */
/* attribute.h - attributes of declarations: annotate("...") and cleanup. */
#ifndef RACYBITS_FRONT_ATTRIBUTE_H
#define RACYBITS_FRONT_ATTRIBUTE_H

#include <clang-c/Index.h>

#include "base/util.h"

/*
 * The text of an attribute annotate("NAME:text") that annotations.h made ("guarded_by"); NAME itself if
 * it has no text; 0: the declaration has no such attribute.
 */
str attribute_text(CXCursor decl, const char *name);
/* Has the variable a cleanup attribute?  libclang does not say which function it names. */
bool attribute_is_cleanup(CXCursor var);

#endif
