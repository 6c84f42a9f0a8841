/* SPDX-License-Identifier: GPL-2.0-only */
/* function.h - extracts one function. */
#ifndef RACYBITS_FRONT_FUNCTION_H
#define RACYBITS_FRONT_FUNCTION_H

#include "front_state.h"

/* Extracts a function with a body and reports it; does nothing for a declaration. */
void function_report(struct front *fr, CXCursor decl);

#endif
