// SPDX-License-Identifier: GPL-2.0-only
/* seldom.c - what is known of a write by its chain of calls, whatever it is compared with. */
#include "seldom.h"
#include "base/integer.h"
#include "chain_tests.h"
#include "failures.h"
#include "frames.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "on_paths.h"
#include "predicates.h"
#include "result_edges.h"
#include "set_up.h"
#include "user_files.h"

/* Events that were asked about: chains share most of their calls. */
struct seldom {
	struct keymap asleep; /* event: 1 if it is only reached where a device is suspended, else 0 */
	struct keymap of_kind;	 /* event: 1 if it is only reached for one kind of object, else 0 */
	struct keymap for_tests; /* file: 1 if it is of a driver that is made for tests, else 0 */
};

void seldom_begin(struct link *l)
{
	l->seldom = xcalloc(1, sizeof(*l->seldom));
}

void seldom_end(struct link *l)
{
	keymap_free(&l->seldom->asleep);
	keymap_free(&l->seldom->of_kind);
	keymap_free(&l->seldom->for_tests);
	free(l->seldom);
	l->seldom = NULL;
}

/* --- constants that are passed */

/* A parameter and the constant that it is passed. */
struct passed {
	const struct function *fn;
	uint32_t param;
	long long value;
};

/* Does the branch test the parameter, or what the function has assigned it since? */
static bool tests_passed(const struct passed *p, const struct test *t)
{
	return t->param == p->param ||
	       (t->local != NONE && p->fn->locals[t->local].name == p->fn->params[p->param].name);
}

/* Does the parameter need another value than it was passed to take the edge? */
static bool needs_another(void *ctx, const struct block *b, uint32_t which)
{
	const struct passed *p = ctx;
	const struct test *t = &b->test;
	long long with = t->value ? strtoll(str_get(t->value), NULL, 10) : 0;

	return b->nsuccs == 2 && t->kind != TEST_NONE && t->kind != TEST_SAME &&
	       tests_passed(p, t) &&
	       test_passes(t->kind, with, p->value) != ((which == 0) != b->negate);
}

/* Does the function go on to the event of the frame only once it has changed what the call passes it? */
static bool needs_other_values(const struct link *l, const struct chain_frame *at,
			       const struct call *c)
{
	struct passed p = { .fn = &l->p->functions[at->function] };
	const struct path *arg;

	for (; p.param < p.fn->nparams && p.param < c->nargs; p.param++) {
		arg = c->args[p.param];
		if (arg->root != ROOT_NULL || !arg->name)
			continue;
		p.value = integer_convert(p.fn->params[p.param].integer,
					  strtoll(str_get(arg->name), NULL, 10));
		if (on_all_paths(p.fn, at->event, needs_another, &p))
			return true;
	}
	return false;
}

static bool is_against_constants(const struct link *l, const struct write *w)
{
	struct chain_frame at, up;
	bool more = frame_of_write(l, w, &at);
	uint32_t i;

	for (i = w->nchain - 1; more; at = up) {
		up = at;
		more = frame_up(l, w, i--, &up);
		if (more &&
		    needs_other_values(l, &at, &l->p->functions[up.function].calls[up.event->call]))
			return true;
	}
	return false;
}

static bool is_seldom(const struct link *l, const struct write *w)
{
	return (w->nchain > 1 && enters_to_debug(l, w->chain[1])) || write_after_failure(l, w) ||
	       is_against_constants(l, w);
}

/* --- devices that were found suspended */

static bool tells_asleep(const struct link *l, str about, str function)
{
	(void)about;
	return model_has(l->model, MODEL_ASLEEP, function);
}

static bool is_behind_status(const struct link *l, const struct chain_frame *at, str about)
{
	struct keymap *asleep = &l->seldom->asleep;
	uintptr_t e = (uintptr_t)at->event;

	if (!keymap_has(asleep, e))
		keymap_add(asleep, e,
			   behind_result(l, at->function, at->event, tells_asleep, about));
	return keymap_first(asleep, e);
}

/* --- kinds of objects, as the chips that a driver knows */

/* Does the test say which of several kinds it is?  That a member is not 0 says nothing like it. */
static bool tells_kind(const struct link *l, const struct member_test *t)
{
	bool one_of = t->test == TEST_MASK || t->test == TEST_SHIFT ||
		      (t->test == TEST_EQUAL && t->value);

	return one_of && t->holds && only_set_up_assigns(l, t->obj.type, t->field);
}

struct kind_edges {
	const struct link *l;
	uint32_t f;
};

static bool edge_tells_kind(void *ctx, const struct block *b, uint32_t which)
{
	const struct kind_edges *k = ctx;
	struct member_tests tests = { 0 };
	bool tells = false;
	size_t i;

	member_tests_of_edge(k->l, k->f, b, which, &tests);
	for (i = 0; i < tests.n; i++)
		tells |= tells_kind(k->l, &tests.all[i]);
	free(tests.all);
	return tells;
}

static bool is_of_kind(const struct link *l, const struct chain_frame *at, str about)
{
	struct keymap *of_kind = &l->seldom->of_kind;
	uintptr_t e = (uintptr_t)at->event;
	struct kind_edges k = { l, at->function };

	(void)about;
	if (!keymap_has(of_kind, e))
		keymap_add(of_kind, e,
			   on_all_paths(&l->p->functions[at->function], at->event, edge_tells_kind,
					&k));
	return keymap_first(of_kind, e);
}

/* --- drivers that are made for tests */

bool is_for_tests(const struct link *l, str file)
{
	struct keymap *known = &l->seldom->for_tests;

	if (!file)
		return false;
	if (!keymap_has(known, file))
		keymap_add(known, file, model_has_path(l->model, MODEL_TEST_DRIVER, str_get(file)));
	return keymap_first(known, file);
}

static bool is_reached_for_tests(const struct link *l, const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nchain; i++)
		if (is_for_tests(l, w->chain_locs[i].file))
			return true;
	return false;
}

/* --- counters of users */

struct counted {
	const struct link *l;
	bool unused; /* a counter of users was found to be 0 */
};

static bool counts_users(const struct link *l, str member)
{
	return model_has(l->model, MODEL_USE_COUNT, member) ||
	       model_has_suffix(l->model, MODEL_USE_COUNT, member);
}

static void note_count(void *ctx, uint32_t f, const struct member_test *t)
{
	struct counted *c = ctx;

	(void)f;
	if (t->test == TEST_EQUAL && t->holds && !t->value && counts_users(c->l, t->field))
		c->unused = true;
}

static bool is_unused(const struct link *l, const struct write *w)
{
	struct counted c = { l, false };

	chain_tests_each(l, w, note_count, &c);
	return c.unused;
}

void write_note_chain(const struct link *l, struct write *w)
{
	w->seldom = is_seldom(l, w);
	w->testing = is_reached_for_tests(l, w);
	w->unused = is_unused(l, w);
	w->asleep = frame_any(l, w, is_behind_status, 0);
	w->of_kind = frame_any(l, w, is_of_kind, 0);
}
