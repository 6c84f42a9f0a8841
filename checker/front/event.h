/* SPDX-License-Identifier: GPL-2.0-only */
/* event.h - appends events to the basic block under construction. */
#ifndef RACYBITS_FRONT_EVENT_H
#define RACYBITS_FRONT_EVENT_H

#include "fn.h"

/* Appends an event to the current block; the caller fills in what its kind asks for. */
struct event *event_add(struct fn *f, enum event_kind kind, CXCursor at);
/* The list element that an event of event_add() is the first member of (C11 6.7.2.1p15). */
struct block_event *event_block_event(struct event *e);

#endif
