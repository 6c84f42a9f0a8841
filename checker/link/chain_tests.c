// SPDX-License-Identifier: GPL-2.0-only
/* chain_tests.c - the tests of members that a call chain passes on the way to its write. */
#include "chain_tests.h"
#include "callgraph.h"
#include "frames.h"
#include "keymap.h"
#include "lock_relation.h"
#include "member_tests.h"
#include "modref.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"
#include "writes.h"

#define RECENT_CHAINS 1024

/* The tests of members that all paths to an event pass, found once for each event. */
struct passed_tests {
	struct keymap of; /* event: indexes into `all` */
	struct member_tests list;
	struct recent_tests { /* by hash of the write: a write is in many pairs */
		const struct write *w;
		struct chain_test *all;
		uint32_t n;
	} recent[RECENT_CHAINS];
};

void chain_tests_begin(struct link *l)
{
	l->passed = xcalloc(1, sizeof(*l->passed));
}

void chain_tests_end(struct link *l)
{
	size_t i;

	for (i = 0; i < RECENT_CHAINS; i++)
		free(l->passed->recent[i].all);
	keymap_free(&l->passed->of);
	free(l->passed->list.all);
	free(l->passed);
	l->passed = NULL;
}

/* What each edge of a function tells: of block b to its successor `which`, tests[2 * b + which]. */
struct edges {
	const struct function *fn;
	struct member_tests *tests;
	const struct member_test *asked;
};

static bool says_the_same(void *ctx, const struct block *b, uint32_t which)
{
	const struct edges *edges = ctx;
	const struct member_tests *of = &edges->tests[2 * (b - edges->fn->blocks) + which];
	size_t i;

	for (i = 0; which < 2 && i < of->n; i++)
		if (same_member_test(&of->all[i], edges->asked))
			return true;
	return false;
}

/* Adds to the list of the event what the edge tells, as far as it is told on all paths. */
static void add_passed(const struct link *l, const struct event *e, struct edges *edges,
		       const struct member_tests *of)
{
	struct passed_tests *p = l->passed;
	size_t i;

	for (i = 0; i < of->n; i++) {
		edges->asked = &of->all[i];
		if (!on_all_paths(edges->fn, e, says_the_same, edges))
			continue;
		keymap_add(&p->of, (uintptr_t)e, (uint32_t)p->list.n);
		*vec_add(p->list.all, p->list.n, p->list.cap) = of->all[i];
	}
}

/* Fills the list of the event, which is one of function f. */
static void find_passed(const struct link *l, uint32_t f, const struct event *e)
{
	struct edges edges = { .fn = &l->p->functions[f] };
	uint32_t n = edges.fn->nblocks, i;

	keymap_mark(&l->passed->of, (uintptr_t)e);
	edges.tests = xcalloc(2 * (size_t)n, sizeof(*edges.tests));
	for (i = 0; i < 2 * n; i++)
		member_tests_of_edge(l, f, &edges.fn->blocks[i / 2], i % 2, &edges.tests[i]);
	for (i = 0; i < 2 * n; i++)
		add_passed(l, e, &edges, &edges.tests[i]);
	for (i = 0; i < 2 * n; i++)
		free(edges.tests[i].all);
	free(edges.tests);
}

/* The frames of the chain that were seen so far, from the store upwards. */
struct found_tests {
	const struct link *l;
	struct chain_test *all;
	size_t n, cap;
	struct chain_frame *frames;
	size_t nframes, frames_cap;
};

/* Is it an assignment to the member?  To a pointer, or to what a branch of the function tests. */
static bool assigns_member(const struct event *e, const struct member_test *t)
{
	return (e->kind == EV_CHANGE || e->kind == EV_STORE) && e->field == t->field &&
	       e->obj->type == t->obj.type;
}

/* Does the function assign the member, and no event says where? */
static bool assigns_anywhere(const struct function *fn, const struct member_test *t)
{
	uint32_t b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].nevents; i++)
			if (assigns_member(&fn->blocks[b].events[i], t))
				return false;
	for (i = 0; i < fn->nassigned; i++)
		if (fn->assigned[i].field == t->field && fn->assigned[i].record == t->obj.type)
			return true;
	return false;
}

static bool event_may_change(const struct link *l, uint32_t f, const struct event *e,
			     const struct member_test *t)
{
	const uint32_t *targets;
	uint32_t n, i;

	if (assigns_member(e, t))
		return true;
	if (e->kind != EV_CALL)
		return false;
	targets = call_targets(l, f, e->call, &n);
	for (i = 0; i < n; i++)
		if (modref_may_change(l, targets[i], t->obj.type, t->field))
			return true;
	return false;
}

/* May the function of the frame change the member on a way to its event? */
static bool frame_may_change(const struct link *l, const struct chain_frame *at,
			     const struct member_test *t)
{
	const struct function *fn = &l->p->functions[at->function];
	uint32_t b, i;

	if (!modref_may_change(l, at->function, t->obj.type, t->field))
		return false;
	if (assigns_anywhere(fn, t))
		return true;
	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].nevents; i++) {
			const struct event *e = &fn->blocks[b].events[i];

			if (e != at->event && event_may_change(l, at->function, e, t) &&
			    event_leads_to(fn, e, at->event))
				return true;
		}
	return false;
}

static bool may_change_before(const struct found_tests *found, const struct member_test *t)
{
	size_t i;

	for (i = 0; i < found->nframes; i++)
		if (frame_may_change(found->l, &found->frames[i], t))
			return true;
	return false;
}

/* The member lies to the object written as a lock would that is in its place. */
static struct held relation_of(const struct link *l, const struct chain_frame *at,
			       const struct member_test *t)
{
	struct step step = { STEP_FIELD, t->obj.type, t->field };
	struct lock place = { .path = resolve_path(l, at->function, &t->obj) };

	path_append(&place.path, &step);
	return lock_relation(l, at->function, collected_paths(l), &at->object, &place);
}

static void add_test(struct found_tests *found, const struct chain_frame *at,
		     const struct member_test *t)
{
	struct held lies = relation_of(found->l, at, t);

	if (!lies.rel || (lies.relation != REL_SELF && lies.relation != REL_VIA))
		return;
	*vec_add(found->all, found->n, found->cap) = (struct chain_test){
		.fact = { t->obj.type, t->field, lies.relation, lies.rel, t->test, t->holds,
			  t->value },
		.changes = may_change_before(found, t),
	};
}

/* The tests that all paths to the event of the frame pass in its function, `n` of them: indexes. */
static const uint32_t *tests_passed(const struct link *l, const struct chain_frame *at, size_t *n)
{
	struct keymap *of = &l->passed->of;

	if (!keymap_has(of, (uintptr_t)at->event))
		find_passed(l, at->function, at->event);
	*n = 0;
	return keymap_list(of, (uintptr_t)at->event, n);
}

static void add_tests(struct found_tests *found, const struct chain_frame *at)
{
	size_t n, i;
	const uint32_t *of = tests_passed(found->l, at, &n);

	*vec_add(found->frames, found->nframes, found->frames_cap) = *at;
	for (i = 0; i < n; i++)
		add_test(found, at, &found->l->passed->list.all[of[i]]);
}

static void find_tests(const struct link *l, const struct write *w, struct recent_tests *out)
{
	struct found_tests found = { .l = l };
	struct chain_frame at;
	uint32_t i;

	if (frame_of_write(l, w, &at))
		for (i = w->nchain - 1; at.object.root != ROOT_UNKNOWN; i--) {
			add_tests(&found, &at);
			if (!frame_up(l, w, i, &at))
				break;
		}
	free(found.frames);
	free(out->all);
	*out = (struct recent_tests){ w, found.all, (uint32_t)found.n };
}

struct chain_test *chain_tests_find(const struct link *l, const struct write *w, uint32_t *n)
{
	struct recent_tests *r =
		&l->passed->recent[hash_mix(HASH_SEED, (uintptr_t)w) % RECENT_CHAINS];
	struct chain_test *copy;

	if (r->w != w)
		find_tests(l, w, r);
	*n = r->n;
	if (!r->n)
		return NULL;
	copy = xmalloc(r->n * sizeof(*copy));
	return memcpy(copy, r->all, r->n * sizeof(*copy));
}

void chain_tests_each(const struct link *l, const struct write *w, chain_test_fn *each, void *ctx)
{
	struct chain_frame at;
	bool more = frame_of_write(l, w, &at);
	const uint32_t *of;
	uint32_t frame;
	size_t n, i;

	for (frame = w->nchain - 1; more; more = frame_up(l, w, frame--, &at)) {
		of = tests_passed(l, &at, &n);
		for (i = 0; i < n; i++)
			each(ctx, at.function, &l->passed->list.all[of[i]]);
	}
}
