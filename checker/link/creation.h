/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * creation.h - where the callbacks of works, timers, threads and interrupts are created: put into their
 * object, or registered.
 *
 * Before that none of them runs.
 */
#ifndef RACYBITS_CREATION_H
#define RACYBITS_CREATION_H

#include "link.h"

/* A store of a callback into its work or timer, or a call that registers it. */
struct creation_site {
	uint32_t function;
	const struct event *event;
};

/* The pass: makes l->creations.  After callgraph_build(). */
void creations_find(struct link *l);
void creations_free(struct link *l);
/*
 * Is the entry point of b's chain a callback that is created nowhere but behind the store of a, on a
 * call of a's chain, with the object that a writes or a part of it?
 */
bool created_behind(const struct link *l, const struct write *a, const struct write *b);
/* Site `i` of those where f is made a callback; NULL: there are no more, or its address gets elsewhere, too. */
const struct creation_site *creation_of(const struct link *l, uint32_t f, uint32_t i);

#endif
