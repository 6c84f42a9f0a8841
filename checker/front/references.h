/* SPDX-License-Identifier: GPL-2.0-only */
/* references.h - which static functions of a tu anything refers to. */
#ifndef RACYBITS_FRONT_REFERENCES_H
#define RACYBITS_FRONT_REFERENCES_H

#include "front_state.h"

/* Collects the references between the functions and variables of the tu; once, before the next one. */
void references_find(struct front *fr);
/*
 * Can a function run?  Not if it is static (C11 6.2.2) and nothing in the tu refers to it, but an
 * initialiser that a later one overrides, or a function that cannot run itself.
 */
bool references_reach(struct front *fr, CXCursor function);

#endif
