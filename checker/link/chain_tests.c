// SPDX-License-Identifier: GPL-2.0-only
/* chain_tests.c - the tests of members that a call chain passes on the way to its write. */
#include "chain_tests.h"
#include "frames.h"
#include "keymap.h"
#include "lock_relation.h"
#include "modref.h"
#include "on_paths.h"
#include "path.h"
#include "predicates.h"
#include "resolve.h"
#include "writes.h"

/* The predicates on members that all paths to an event pass, found once for each event. */
struct passed_tests {
	struct keymap of; /* event: indexes into `all` */
	struct predicate *all;
	size_t n, cap;
};

void chain_tests_begin(struct link *l)
{
	l->passed = xcalloc(1, sizeof(*l->passed));
}

void chain_tests_end(struct link *l)
{
	keymap_free(&l->passed->of);
	free(l->passed->all);
	free(l->passed);
	l->passed = NULL;
}

/* The predicate on a member that the edge adds; false: it adds none. */
static bool predicate_of(const struct block *b, uint32_t which, struct predicate *c)
{
	struct predicates k;

	if (b->nsuccs != 2 || b->test.member == NONE)
		return false;
	k.n = 0;
	k.forgot = false;
	predicates_assume(&k, b, which);
	if (!k.n || k.of[0].subject != SUBJECT_MEMBER)
		return false;
	*c = k.of[0];
	return true;
}

static bool says_the_same(void *ctx, const struct block *b, uint32_t which)
{
	const struct predicate *of = ctx;
	struct predicate c;

	return b->test.member == of->index && predicate_of(b, which, &c) && c.test == of->test &&
	       c.holds == of->holds && c.value == of->value;
}

/* Fills the list of the event, which is one of function f. */
static void find_passed(const struct link *l, uint32_t f, const struct event *e)
{
	const struct function *fn = &l->p->functions[f];
	struct passed_tests *p = l->passed;
	struct predicate c;
	uint32_t b, i;

	keymap_mark(&p->of, (uintptr_t)e);
	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < 2; i++) {
			const struct tested_member *t;

			if (!predicate_of(&fn->blocks[b], i, &c))
				continue;
			t = &fn->tested[c.index];
			if (modref_may_change(l, f, t->obj.type, t->field) ||
			    !on_all_paths(fn, e, says_the_same, &c))
				continue;
			keymap_add(&p->of, (uintptr_t)e, (uint32_t)p->n);
			*vec_add(p->all, p->n, p->cap) = c;
		}
}

struct found_tests {
	const struct link *l;
	struct fact *all;
	size_t n, cap;
};

/* The member lies to the object written as a lock would that is in its place. */
static struct held relation_of(const struct link *l, const struct chain_frame *at,
			       const struct tested_member *t)
{
	struct step step = { STEP_FIELD, t->obj.type, t->field };
	struct lock place = { .path = resolve_path(l, at->function, &t->obj) };

	path_append(&place.path, &step);
	return lock_relation(l, at->function, collected_paths(l), &at->object, &place);
}

static void add_test(struct found_tests *found, const struct chain_frame *at,
		     const struct predicate *c)
{
	const struct tested_member *t = &found->l->p->functions[at->function].tested[c->index];
	struct held lies = relation_of(found->l, at, t);

	if (!lies.rel || (lies.relation != REL_SELF && lies.relation != REL_VIA))
		return;
	*vec_add(found->all, found->n, found->cap) =
		(struct fact){ t->obj.type, t->field, lies.relation, lies.rel,
			       c->test,	    c->holds, c->value };
}

static void add_tests(struct found_tests *found, const struct chain_frame *at)
{
	struct passed_tests *p = found->l->passed;
	const uint32_t *of;
	size_t n, i;

	if (!keymap_has(&p->of, (uintptr_t)at->event))
		find_passed(found->l, at->function, at->event);
	of = keymap_list(&p->of, (uintptr_t)at->event, &n);
	for (i = 0; i < n; i++)
		add_test(found, at, &p->all[of[i]]);
}

struct fact *chain_tests_find(const struct link *l, const struct write *w, uint32_t *n)
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
	*n = (uint32_t)found.n;
	return found.all;
}
