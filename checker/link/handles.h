/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * handles.h - the member in which the creator of a callback, as of a thread, keeps what it got.
 *
 * Who overwrites it without a look at it knows that there is nothing by then that it would lose.
 */
#ifndef RACYBITS_HANDLES_H
#define RACYBITS_HANDLES_H

#include "creation.h"

struct handle {
	str record, field; /* a key, a name */
};

/* The member that the function of the site stores the result of its call in; false: in none, or several. */
bool handle_of_site(const struct link *l, const struct creation_site *s, struct handle *h);
/*
 * Does f, once it is behind the event `from` (NULL: once it is called), come to the event `to` whatever it
 * finds in the handle and in other members that it does not assign itself, and in what it is passed?
 */
bool is_reached_blindly(const struct link *l, uint32_t f, const struct event *from,
			const struct event *to, const struct handle *h);

#endif
