// SPDX-License-Identifier: GPL-2.0-only
/* frames.c - the functions of the call chain of a write, from the store upwards. */
#include "frames.h"
#include "callgraph.h"
#include "keymap.h"
#include "path.h"
#include "resolve.h"

static bool is_event(const struct function *fn, const struct event *e, const struct loc *at,
		     bool call)
{
	if (call)
		return e->kind == EV_CALL && same_loc(&fn->calls[e->call].loc, at);
	return e->kind == EV_ACCESS && e->access != ACCESS_READ && same_loc(&e->loc, at);
}

static const struct event *search_event(const struct function *fn, const struct loc *at, bool call)
{
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (is_event(fn, &fn->blocks[b].events[e], at, call))
				return &fn->blocks[b].events[e];
	return NULL;
}

/* The frames of a write, as far as they were asked for. */
struct write_frames {
	const struct write *w;	/* NULL: of none */
	struct chain_frame *of; /* from the store upwards */
	size_t n, cap;
	bool ends; /* there are no more */
};

#define RECENT_WRITES 1024

/* The events that were searched for: chains share most of their calls, and pairs their writes. */
struct found_events {
	struct keymap of; /* a key of what was asked for: index into `all` */
	struct found_event {
		uint32_t function;
		struct loc at;
		bool call;
		const struct event *event;
	} *all;
	size_t n, cap;
	struct write_frames recent[RECENT_WRITES]; /* by hash of the write */
};

void frames_begin(struct link *l)
{
	l->found_events = xcalloc(1, sizeof(*l->found_events));
}

void frames_end(struct link *l)
{
	size_t i;

	for (i = 0; i < RECENT_WRITES; i++)
		free(l->found_events->recent[i].of);
	keymap_free(&l->found_events->of);
	free(l->found_events->all);
	free(l->found_events);
	l->found_events = NULL;
}

static const struct event *find_event(const struct link *l, uint32_t f, const struct loc *at,
				      bool call)
{
	struct found_events *found = l->found_events;
	uint64_t key = (uint64_t)f << 32 | (uint32_t)(at->line << 9 ^ at->col << 1 ^ call);
	const struct found_event *e;
	size_t n = 0, i;
	const uint32_t *of = keymap_list(&found->of, key, &n);

	for (i = 0; of && i < n; i++) {
		e = &found->all[of[i]];
		if (e->function == f && e->call == call && same_loc(&e->at, at))
			return e->event;
	}
	keymap_add(&found->of, key, (uint32_t)found->n);
	*vec_add(found->all, found->n, found->cap) =
		(struct found_event){ f, *at, call, search_event(&l->p->functions[f], at, call) };
	return found->all[found->n - 1].event;
}

static bool search_first(const struct link *l, const struct write *w, struct chain_frame *at)
{
	at->function = w->function;
	at->event = find_event(l, w->function, &w->loc, false);
	if (!at->event)
		return false;
	at->object = resolve_path(l, w->function, at->event->obj);
	return true;
}

const struct event *frame_call(const struct link *l, const struct write *w, uint32_t i)
{
	uint32_t f = w->chain_functions[i];

	return f == NONE ? NULL : find_event(l, f, &w->chain_locs[i], true);
}

static bool search_up(const struct link *l, const struct write *w, uint32_t i,
		      struct chain_frame *at)
{
	uint32_t f = i ? w->chain_functions[i - 1] : NONE;
	const struct event *e = i ? frame_call(l, w, i - 1) : NULL;

	if (!e)
		return false;
	at->object = substitute_path(l, f, &l->p->functions[f].calls[e->call], &at->object);
	at->function = f;
	at->event = e;
	return true;
}

/* --- what was found for a write */

static struct write_frames *frames_of(const struct link *l, const struct write *w)
{
	return &l->found_events->recent[hash_mix(HASH_SEED, (uintptr_t)w) % RECENT_WRITES];
}

/* Adds a frame, or that there is none. */
static bool note_frame(struct write_frames *k, bool found, const struct chain_frame *at)
{
	if (found)
		*vec_add(k->of, k->n, k->cap) = *at;
	k->ends = !found;
	return found;
}

bool frame_of_write(const struct link *l, const struct write *w, struct chain_frame *at)
{
	struct write_frames *k = frames_of(l, w);

	if (k->w != w) {
		k->w = w;
		k->n = 0;
		note_frame(k, search_first(l, w, at), at);
	}
	if (!k->n)
		return false;
	*at = k->of[0];
	return true;
}

static bool same_frame(const struct chain_frame *a, const struct chain_frame *b)
{
	const struct path *p = &a->object, *q = &b->object;

	return a->function == b->function && a->event == b->event && p->root == q->root &&
	       p->index == q->index && p->name == q->name && p->type == q->type &&
	       p->nsteps == q->nsteps && common_steps(p, q) == p->nsteps;
}

bool frame_up(const struct link *l, const struct write *w, uint32_t i, struct chain_frame *at)
{
	struct write_frames *k = frames_of(l, w);
	size_t up = w->nchain - i; /* of the frame that is asked for, in k->of */

	/* (a way through variables comes with an object of its own) */
	if (k->w != w || up > k->n || !same_frame(at, &k->of[up - 1]))
		return search_up(l, w, i, at);
	if (up == k->n && (k->ends || !note_frame(k, search_up(l, w, i, at), at)))
		return false;
	*at = k->of[up];
	return true;
}

bool frame_any(const struct link *l, const struct write *w, frame_fn *is, str about)
{
	struct chain_frame at;
	bool more = frame_of_write(l, w, &at);
	uint32_t i;

	for (i = w->nchain - 1; more; more = frame_up(l, w, i--, &at))
		if (is(l, &at, about))
			return true;
	return false;
}

uint32_t frame_root(const struct link *l, const struct write *w)
{
	struct chain_frame at;
	uint32_t i;

	if (!frame_of_write(l, w, &at))
		return NONE;
	for (i = w->nchain - 1; i > 1; i--)
		if (!frame_up(l, w, i, &at))
			return NONE;
	return at.function;
}
