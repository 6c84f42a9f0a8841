/* SPDX-License-Identifier: GPL-2.0-only */
/* bb.h - basic blocks under construction. */
#ifndef RACYBITS_FRONT_BB_H
#define RACYBITS_FRONT_BB_H

#include "base/model.h"

struct fn;

struct block_event {
	struct event event;
	struct block_event *next;
	/* versions.c, until versions_resolve(): */
	bool hidden;		/* not reported */
	uint32_t returned;	/* index of a returned path that is read here, or NONE */
	uint32_t phi;		/* 1 + the version that a pinned variable has from here on, or 0 */
	const struct path *def; /* event.local gets this value; NULL: it does not */
	const struct path *value; /* the same as versions are named; NULL: not asked for yet */
};

struct bb {
	struct block_event *events, **events_end;
	struct bb **succs;
	size_t nsuccs, succs_cap;
	struct test test;
	uint32_t return_kind, return_index; /* as in struct block */
	uint32_t npreds, id;
	bool live;	 /* entry or label: reachable although nothing leads to it yet */
	bool reached;	 /* simplify.c, phi.c: from the entry */
	bool split;	 /* phi.c: stands for a critical edge */
	struct bb *next; /* all of the function, in order of creation */
};

struct bb *bb_new(struct fn *f);
void bb_edge(struct fn *f, struct bb *from, struct bb *to);
/* Ends the current block with a jump to `to`; `next` becomes the current one. */
void bb_goto(struct fn *f, struct bb *to, struct bb *next);
/* Control does not go on from the current point: a call that does not return. */
void bb_dead_end(struct fn *f);
/* Nothing leads to it as far as is known: what is in it is not reported. */
bool bb_is_dead(const struct bb *bb);

#endif
