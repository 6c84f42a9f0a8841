/* SPDX-License-Identifier: GPL-2.0-only */
/* annotation.h - lock annotations of functions: __must_hold(), __acquires() and the like. */
#ifndef RACYBITS_FRONT_ANNOTATION_H
#define RACYBITS_FRONT_ANNOTATION_H

#include "front_state.h"

/*
 * Returns the annotations of a function, with locks in the frame of its own parameters; *n: how many.
 * The array is `a`'s; NULL if there are none.
 */
struct annotation *annotation_list(struct front *fr, struct arena *a, CXCursor decl, uint32_t *n);
/* Reports the annotations of a function that has no body in this tu, if it has any. */
void annotation_report(struct front *fr, str name, CXCursor decl);

#endif
