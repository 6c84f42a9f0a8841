/* SPDX-License-Identifier: GPL-2.0-only */
/* call_chain.h - the calls from an entry point down to a write. */
#ifndef RACYBITS_CALL_CHAIN_H
#define RACYBITS_CALL_CHAIN_H

#include "context.h"

/*
 * Fills chain, chain_locs and via of a write in context `at`, whose loc is filled in.  The arrays
 * are allocated from l->arena.
 */
void call_chain_fill(struct link *l, uint32_t at, struct write *w);

#endif
