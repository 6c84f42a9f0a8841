// SPDX-License-Identifier: GPL-2.0-only
/* agenda_test.c - in which order functions are looked at, and by several threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "link/agenda.h"
#include "link/threads.h"
#include "program.h"

enum { TOP, LEFT, RIGHT, FIRST, SECOND, SELF, BOTTOM, FUNCTIONS };

/* top calls left and right, which call bottom; left calls first and second, which call each other; self calls self. */
static void build(struct hand_made *h)
{
	static const char *const names[] = { "top", "left", "right", "first", "second", "self", "bottom" };
	static const uint32_t calls[][2] = {
		{ TOP, LEFT },	   { TOP, RIGHT },   { LEFT, BOTTOM }, { RIGHT, BOTTOM },
		{ LEFT, FIRST },   { FIRST, SECOND }, { SECOND, FIRST }, { SECOND, BOTTOM },
		{ RIGHT, SELF },   { SELF, SELF },
	};
	size_t i;

	program_begin(h, "");
	for (i = 0; i < FUNCTIONS; i++)
		add_function(h, names[i], 0);
	for (i = 0; i < ARRAY_SIZE(calls); i++)
		add_call(h, calls[i][0], 0, names[calls[i][1]], NULL);
	program_link(h);
}

/* --- turns */

struct fixture {
	struct hand_made h;
	struct agenda a;
};

static int set_up(void **state)
{
	struct fixture *f = *state = xcalloc(1, sizeof(*f));

	build(&f->h);
	agenda_begin(&f->a, &f->h.l);
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	agenda_free(&f->a);
	program_unlink(&f->h);
	free(f);
	return 0;
}

static uint32_t take(struct agenda *a)
{
	return agenda_take(a, true, NONE);
}

static void callers_have_their_turn_first(void **state)
{
	struct agenda *a = &((struct fixture *)*state)->a;

	assert_int_equal(take(a), NONE);
	agenda_add(a, BOTTOM);
	agenda_add(a, LEFT);
	agenda_add(a, TOP);
	agenda_add(a, TOP);
	assert_int_equal(take(a), TOP);
	assert_int_equal(take(a), LEFT);
	assert_int_equal(take(a), BOTTOM);
	assert_int_equal(take(a), NONE);
}

/* The functions of a cycle have their turns again before what they call does. */
static void cycles_turn(void **state)
{
	struct agenda *a = &((struct fixture *)*state)->a;
	uint32_t one, other;

	agenda_add(a, FIRST);
	agenda_add(a, SECOND);
	agenda_add(a, BOTTOM);
	one = take(a);
	assert_true(agenda_is_cycle(a));
	other = take(a);
	assert_int_equal(one + other, FIRST + SECOND);
	agenda_add(a, one);
	assert_int_equal(agenda_take(a, false, NONE), NONE);
	assert_int_equal(take(a), one);
	assert_int_equal(take(a), BOTTOM);
	assert_false(agenda_is_cycle(a));
	agenda_add(a, SELF);
	assert_int_equal(take(a), SELF);
	assert_true(agenda_is_cycle(a));
	agenda_add(a, SELF);
	assert_int_equal(take(a), SELF);
}

/* A turn begins before another one ends only if that leads to nothing up to it. */
static void turns_overlap(void **state)
{
	struct agenda *a = &((struct fixture *)*state)->a;
	uint32_t one, other;

	agenda_add(a, TOP);
	agenda_add(a, LEFT);
	agenda_add(a, RIGHT);
	agenda_add(a, BOTTOM);
	assert_int_equal(take(a), TOP);
	assert_int_equal(agenda_take(a, false, agenda_next(a, TOP)), NONE);
	one = take(a);
	other = agenda_take(a, false, agenda_next(a, one));
	assert_int_equal(one + other, LEFT + RIGHT);
	assert_int_equal(agenda_take(a, false, agenda_next(a, LEFT)), NONE);
	assert_int_equal(take(a), BOTTOM);
}

/* --- threads */

static uint32_t seen[FUNCTIONS]; /* by function: its place among all */
static uint32_t nseen, nsame;	 /* atomic */

static void note(struct link *l, uint32_t f)
{
	const struct lock *one = lock_intern(l, &(struct lock){ .name = str_printf("lock of %u", f) });

	memset(arena_alloc(l->arena, 100), 1, 100);
	if (one == lock_intern(l, &(struct lock){ .name = str_printf("lock of %u", f) }))
		__atomic_add_fetch(&nsame, 1, __ATOMIC_SEQ_CST);
	seen[f] = __atomic_add_fetch(&nseen, 1, __ATOMIC_SEQ_CST);
}

/* Of a caller and a callee, that which stands first in bottom_up; what is not asked for is left out. */
static void threads_keep_the_order(void **state)
{
	static const bool asked[FUNCTIONS] = { [TOP] = true, [LEFT] = true, [FIRST] = true,
					       [SECOND] = true, [BOTTOM] = true };
	const struct lock *lock;
	struct hand_made h;
	uint32_t f, g, round;

	(void)state;
	build(&h);
	h.l.jobs = 4;
	for (round = 0; round < 50; round++) {
		memset(seen, 0, sizeof(seen));
		nseen = nsame = 0;
		threads_bottom_up(&h.l, round % 2 ? asked : NULL, note);
		assert_int_equal(nseen, round % 2 ? 5 : FUNCTIONS);
		assert_int_equal(nsame, nseen);
		for (f = 0; f < FUNCTIONS; f++)
			for (g = 0; g < FUNCTIONS; g++)
				if (seen[f] && seen[g] && callgraph_has(&h.l, f, g) &&
				    bottom_up_place(&h, f) < bottom_up_place(&h, g))
					assert_true(seen[f] < seen[g]);
		assert_true(round % 2 ? !seen[RIGHT] : seen[BOTTOM] < seen[TOP]);
	}
	lock = lock_intern(&h.l, &(struct lock){ .name = str_intern("lock of 6") });
	assert_string_equal(str_get(lock->name), "lock of 6"); /* whichever thread made it */
	program_unlink(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(callers_have_their_turn_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cycles_turn, set_up, tear_down),
		cmocka_unit_test_setup_teardown(turns_overlap, set_up, tear_down),
		cmocka_unit_test(threads_keep_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
