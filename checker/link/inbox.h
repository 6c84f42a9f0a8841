/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * inbox.h - contexts on their way to the functions that they are of.
 *
 * Most of what turns pass on to a function is added together, before its turn: whichever thread does that then has
 * the contexts of one function at hand.  Contexts are added in the order in which turns ended.
 */
#ifndef RACYBITS_INBOX_H
#define RACYBITS_INBOX_H

#include "context.h"

/* What one turn passes on to one function. */
struct delivery {
	uint32_t function;
	uint32_t n;
	struct context *contexts; /* without phases that the function does not ask for */
	struct delivery *next;	  /* in the inbox of the function */
	struct parcel *parcel;	  /* that it is part of */
};

/* What one turn passes on, by function. */
struct parcel {
	uint32_t left;	      /* deliveries that are not added yet.  Atomic */
	uint32_t ndeliveries; /* one for each function */
	struct delivery deliveries[];
};

/* A parcel for so many functions, with room for `room` contexts, which the caller shares out; parcel_send() frees it. */
struct parcel *parcel_new(uint32_t nfunctions, size_t room, struct context **contexts);
/*
 * Puts all deliveries into the inboxes of their functions, which wait for a turn then.  Returns how many contexts these
 * are.
 */
size_t parcel_send(struct parcel *p, struct explorer *x);
/* Takes all that is in the inbox of f. */
struct delivery *inbox_take(struct explorer *x, uint32_t f);
/* Adds the contexts of the delivery and all behind it, which are of one function, and frees them. */
void deliveries_add(struct delivery *a, struct context_adder *by);

#endif
