/* SPDX-License-Identifier: GPL-2.0-only */
/* specialise.h - copies of functions for the constants that calls pass them. */
#ifndef RACYBITS_SPECIALISE_H
#define RACYBITS_SPECIALISE_H

#include "link.h"

/*
 * Appends to program.functions a copy of each relevant helper for the constants
 * calls pass it, with the branches they decide decided.  Grows l->info with it.
 * Returns false if there was nothing to copy.
 */
bool specialise(struct link *l);
/* The clone that call `call` of f goes to instead of `target`; else `target`. */
uint32_t specialise_target(const struct link *l, uint32_t f, uint32_t call, uint32_t target);
void specialise_free(struct link *l);

#endif
