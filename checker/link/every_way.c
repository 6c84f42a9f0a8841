// SPDX-License-Identifier: GPL-2.0-only
/* every_way.c - what holds for all ways by which a function has an object. */
#include "every_way.h"
#include "keymap.h"
#include "limit.h"
#include "path.h"
#include "rules.h"

struct way_walk {
	const struct link *l;
	ask_way_fn *ask;
	void *ctx;
	uint32_t n; /* ways that were asked about */
	struct keymap asked;
};

/* The ways that one leads back to. */
struct ways_back {
	struct way_walk *walk;
	struct led_through through; /* what they are behind */
	bool any, all;
};

static bool way_holds(struct way_walk *walk, const struct way *w, const struct led_through *before);

static void try_way(void *ctx, const struct way *w)
{
	struct ways_back *b = ctx;

	b->any = true;
	if (w->path.root == ROOT_NULL)
		return;
	b->all = b->all && w->path.root != ROOT_UNKNOWN && way_holds(b->walk, w, &b->through);
}

/* Round a loop there is no other way. */
static bool root_holds(struct way_walk *walk, const struct way *w, const struct led_through *before)
{
	struct ways_back b = { .walk = walk, .through = through_root(w, before), .all = true };

	if (was_led_through(&b.through))
		return true;
	ways_from_root(walk->l, w, try_way, &b);
	return b.any && b.all;
}

static bool member_holds(struct way_walk *walk, const struct way *w, uint32_t i,
			 const struct led_through *before)
{
	struct ways_back b = { .walk = walk, .through = through_member(w, i, before), .all = true };

	if (was_led_through(&b.through))
		return true;
	return ways_from_member(walk->l, w, i, try_way, &b) && b.any && b.all;
}

static uint64_t hash_way(const struct way *w)
{
	uint64_t h = hash_mix(hash_mix(HASH_SEED, keymap_pair(w->function, w->path.root)),
			      keymap_pair(w->path.index, w->path.name));
	uint32_t i;

	for (i = 0; i < w->path.nsteps; i++) {
		const struct step *s = &w->path.steps[i];

		h = hash_mix(hash_mix(h, s->kind), keymap_pair(s->record, s->field));
	}
	return h;
}

/* Was the way asked about?  If it did not hold, all of them do not.  Of a chain or a call it may be another one. */
static bool was_asked(struct way_walk *walk, const struct way *w)
{
	uint64_t key = hash_way(w);

	if (w->w || w->by)
		return false;
	if (keymap_has(&walk->asked, key))
		return true;
	keymap_mark(&walk->asked, key);
	return false;
}

static bool way_holds(struct way_walk *walk, const struct way *w, const struct led_through *before)
{
	enum way_answer answer;
	uint32_t i = w->path.nsteps;

	if (was_asked(walk, w))
		return true;
	if (++walk->n > SOURCES_MAX) {
		limit_met(walk->l, LIMIT_SOURCES, w->function);
		return false;
	}
	answer = walk->ask(walk->ctx, w);
	if (answer != WAY_LEADS_BACK)
		return answer == WAY_HOLDS;
	while (i && step_embeds(&w->path.steps[i - 1]))
		i--;
	if (!i)
		return root_holds(walk, w, before);
	return w->path.steps[i - 1].kind == STEP_PTR &&
	       !step_traverses(walk->l, &w->path.steps[i - 1]) &&
	       member_holds(walk, w, i - 1, before);
}

bool every_way(const struct link *l, const struct way *w, ask_way_fn *ask, void *ctx)
{
	struct way_walk walk = { .l = l, .ask = ask, .ctx = ctx };
	bool holds = way_holds(&walk, w, NULL);

	keymap_free(&walk.asked);
	return holds;
}
