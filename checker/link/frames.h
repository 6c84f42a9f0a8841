/* SPDX-License-Identifier: GPL-2.0-only */
/* frames.h - the functions of the call chain of a write, from the store upwards. */
#ifndef RACYBITS_FRAMES_H
#define RACYBITS_FRAMES_H

#include "link.h"

struct chain_frame {
	uint32_t function;
	const struct event *event; /* the store, or the call of the next function of the chain */
	struct path
		object; /* the one written, in the frame of the function; ROOT_UNKNOWN: it has no name */
};

/* Makes and frees l->found_events, which the look-ups below need. */
void frames_begin(struct link *l);
void frames_end(struct link *l);
/* The function that the write is in; false if it is not a plain store. */
bool frame_of_write(const struct link *l, const struct write *w, struct chain_frame *at);
/*
 * Goes on from w->chain[i], which is the function *at, to its caller in the chain; false if that is
 * not found, as in front of the first function, and *at is as before then.
 */
bool frame_up(const struct link *l, const struct write *w, uint32_t i, struct chain_frame *at);
/* The call of w->chain[i + 1] in w->chain[i]; NULL: it is not found. */
const struct event *frame_call(const struct link *l, const struct write *w, uint32_t i);
/* Is it so in one function of the chain? */
typedef bool frame_fn(const struct link *l, const struct chain_frame *at, str about);
/* Does `is` return true for a function of the chain, from the store upwards? `about` is passed on. */
bool frame_any(const struct link *l, const struct write *w, frame_fn *is, str about);
/* The first function of the chain; NONE if it is not found. */
uint32_t frame_root(const struct link *l, const struct write *w);

#endif
