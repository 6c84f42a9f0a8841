// SPDX-License-Identifier: GPL-2.0-only
/*
 * known.c - tests of the interpreter: programs by hand, and which updates they lose.
 */
#include <stdio.h>
#include <string.h>

#include "explore.h"
#include "known.h"

/* --- locks */

static void no_lock(void)
{
	two(store(A, VALUE_1), store(B, VALUE_1));
}

static void one_mutex(void)
{
	two(locked(M0, store(A, VALUE_1)), locked(M0, store(B, VALUE_1)));
}

static void two_mutexes(void)
{
	two(locked(M0, store(A, VALUE_1)), locked(M2, store(B, VALUE_1)));
}

static void one_side(void)
{
	two(locked(M0, store(A, VALUE_1)), store(B, VALUE_1));
}

static void same_field(void)
{
	two(store(A, VALUE_1), store(A, VALUE_0));
}

static void other_unit(void)
{
	two(store(A, VALUE_1), store(C, VALUE_1));
}

static void nothing_new(void)
{
	two(store(A, VALUE_0), store(B, VALUE_1));
}

static void trylock(void)
{
	two(trylocked(M0, store(A, VALUE_1), 0), locked(M0, store(B, VALUE_1)));
}

static void trylock_failed(void)
{
	two(trylocked(M0, 0, store(A, VALUE_1)), locked(M0, store(B, VALUE_1)));
}

static void dropped_lock(void)
{
	two(locked(M0, dropped(M0, store(A, VALUE_1))), locked(M0, store(B, VALUE_1)));
}

static void retaken_lock(void)
{
	two(locked(M0, both(dropped(M0, 0), store(A, VALUE_1))), locked(M0, store(B, VALUE_1)));
}

static void returned(void)
{
	two(locked(M0, both(when(COND_ARG, both(store(A, VALUE_1), act(NODE_RETURN, 0))),
			    store(A, VALUE_1))),
	    locked(M0, store(B, VALUE_1)));
}

static void readers(void)
{
	two(shared(locked(RWSEM, store(A, VALUE_1))), shared(locked(RWSEM, store(B, VALUE_1))));
}

static void reader_and_writer(void)
{
	two(shared(locked(RWSEM, store(A, VALUE_1))), locked(RWSEM, store(B, VALUE_1)));
}

static void lock_handed(void)
{
	unsigned int f = helper_with_lock(locked(LOCK_PARAM, store(A, VALUE_1)));

	two(call_with(f, M0), locked(M0, store(B, VALUE_1)));
}

static void other_lock_handed(void)
{
	unsigned int f = helper_with_lock(locked(LOCK_PARAM, store(A, VALUE_1)));

	two(call_with(f, M2), locked(M0, store(B, VALUE_1)));
}

static void maybe_locked(void)
{
	uint16_t n = block(NODE_MAYLOCK, store(A, VALUE_1));

	now.nodes[n].lock = M0;
	two(n, locked(M0, store(B, VALUE_1)));
}

/* --- values */

static void itself(void)
{
	function(ROLE_IOCTL, both(store(A, VALUE_ARG), store(B, VALUE_ARG)));
}

static void same_constants(void)
{
	function(ROLE_IOCTL, both(store(A, VALUE_1), store(B, VALUE_1)));
}

static void gated(void)
{
	two(when(COND_FLAG, store(A, VALUE_1)), store(B, VALUE_1));
}

static void gate_opened(void)
{
	two(when(COND_FLAG, store(A, VALUE_1)), both(set_ready(), store(B, VALUE_1)));
}

static void nested(unsigned int copies, unsigned int copy)
{
	now.groups[0] = (struct group){ .kind = GROUP_NESTED, .copies = (uint8_t)copies };
	two(store(A, VALUE_1), store(B, VALUE_1));
	now.nodes[1].copy = (uint8_t)copy;
}

static void same_copy(void)
{
	nested(2, 0);
}

static void other_copy(void)
{
	nested(2, 1);
}

static void whole_record(void)
{
	now.groups[0].kind = GROUP_NESTED;
	two(both(store(A, VALUE_1), act(NODE_WHOLE, 0)), store(B, VALUE_FLIP));
}

static void alias(void)
{
	two(locked(M0, block(NODE_ALIAS, of_q(store(A, VALUE_1)))), locked(M0, store(B, VALUE_1)));
}

static const struct known_case cases[] = {
	{ "no lock", "ab ba", no_lock, FIND_STATIC, 1 },
	{ "one mutex", "", one_mutex, FIND_STATIC, 1 },
	{ "two mutexes", "ab ba", two_mutexes, FIND_STATIC, 1 },
	{ "a mutex on one side", "ab ba", one_side, FIND_STATIC, 1 },
	{ "one field", "", same_field, FIND_STATIC, 1 },
	{ "fields apart", "", other_unit, FIND_STATIC, 1 },
	{ "a store that changes nothing", "ba", nothing_new, FIND_STATIC, 1 },
	{ "trylock", "", trylock, FIND_STATIC, 1 },
	{ "trylock failed", "ab ba", trylock_failed, FIND_STATIC, 1 },
	{ "lock dropped", "ab ba", dropped_lock, FIND_STATIC, 1 },
	{ "lock dropped and taken again", "", retaken_lock, FIND_STATIC, 1 },
	{ "return with the lock", "", returned, FIND_STATIC, 1 },
	{ "two readers", "ab ba", readers, FIND_STATIC, 1 },
	{ "reader and writer", "", reader_and_writer, FIND_STATIC, 1 },
	{ "lock handed on", "", lock_handed, FIND_STATIC, 1 },
	{ "another lock handed on", "ab ba", other_lock_handed, FIND_STATIC, 1 },
	{ "locked for some arguments", "ab ba", maybe_locked, FIND_STATIC, 1 },
	{ "one function twice", "ab", itself, FIND_STATIC, 1 },
	{ "the same constants in one order", "undone", same_constants, FIND_STATIC, 1 },
	{ "behind a flag that nobody sets", "", gated, FIND_STATIC, 1 },
	{ "behind a flag", "ab ba", gate_opened, FIND_STATIC, 1 },
	{ "one nested record", "ab ba", same_copy, FIND_STATIC, 1 },
	{ "two nested records", "", other_copy, FIND_STATIC, 1 },
	{ "whole record", "ab", whole_record, FIND_STATIC, 1 },
	{ "an alias", "", alias, FIND_STATIC, 1 },
	{ 0 },
};

static void outcome(const struct losses *l, char text[80])
{
	bool undone = false, end = false;
	unsigned int a, b;

	*text = '\0';
	for (a = 0; a < FIELDS; a++)
		for (b = 0; b < FIELDS; b++) {
			if (l->lost[a][b])
				sprintf(text + strlen(text), "%s%c%c", *text ? " " : "", 'a' + a,
					'a' + b);
			undone |= l->undone[a][b];
			end |= l->lost_at_end[a][b] != 0;
		}
	if (!*text && (end || undone))
		strcpy(text, end ? "end" : "undone");
}

static bool is_right(const struct known_case *c, int effort)
{
	struct losses losses;
	char text[80];

	world(c->find, c->nobjects);
	c->build();
	explore(&now, effort, &losses);
	outcome(&losses, text);
	if (!strcmp(text, c->lost) && !losses.cut)
		return true;
	printf("%s: \"%s\" instead of \"%s\"%s\n", c->name, text, c->lost,
	       losses.cut ? ", cut" : "");
	return false;
}

int known(void)
{
	static const struct known_case *const tables[] = { cases, known_life };
	const struct known_case *c;
	unsigned int i, n = 0, wrong = 0;

	for (i = 0; i < 2; i++)
		for (c = tables[i]; c->name; c++, n++)
			wrong += !is_right(c, 0) || !is_right(c, 1);
	printf("%u programs, %u wrong\n", n, wrong);
	return wrong != 0;
}
