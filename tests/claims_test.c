// SPDX-License-Identifier: GPL-2.0-only
/* claims_test.c - what is read out of comments, with the phrases of the model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "link/claim_parse.h"
#include "kernel/model_read.h"

static int setup(void **state)
{
	*state = xcalloc(1, sizeof(struct linux_model));
	model_read_default(*state, "checker/kernel");
	return 0;
}

static int teardown(void **state)
{
	model_free(*state);
	free(*state);
	return 0;
}

/* KIND ":" and the names: "lock:a&b", "lock:a|b", "setup:", "none" */
static const char *claim_of(const struct linux_model *m, const char *comment)
{
	static const char *const kinds[] = {
		[CLAIM_LOCK] = "lock", [CLAIM_HELD] = "held", [CLAIM_SETUP] = "setup"
	};
	struct claim_text c;
	str out;
	uint32_t i;

	if (!claim_read(m, comment, &c))
		return "none";
	out = str_printf("%s:", kinds[c.kind]);
	for (i = 0; i < c.nnames; i++)
		out = str_printf("%s%s%s", str_get(out), !i ? "" : c.all ? "&" : "|",
				 str_get(c.names[i]));
	return str_get(out);
}

static void test_locks(void **state)
{
	static const char *const comments[][2] = {
		{ "Protected by lock.", "lock:lock" },
		{ "protected by @lock", "lock:lock" },
		{ "PROTECTED BY: foo->bar.lock", "lock:lock" },
		{ "flags, protected by the &foo::lock and more", "lock:lock&more" },
		{ "write locked by state_mutex", "lock:state_mutex" },
		{ "serialized by pha->hardware_lock", "lock:hardware_lock" },
		{ "protected by its parent's lock", "lock:lock" },
		{ "Protected by hw lock", "lock:hw lock" },
		{ "protected by the pool mutex, set on error", "lock:pool mutex" },
		{ "written under both a_lock and b_lock", "lock:a_lock&b_lock" },
		{ "protected by a_lock or b_lock", "lock:a_lock|b_lock" },
		{ "protected by a_lock/b_lock", "lock:a_lock|b_lock" },
		{ "protected by RTNL", "lock:rtnl_mutex" },
		{ "protected by rtnl_lock()", "lock:rtnl_mutex" },
		{ "protected by the socket lock", "lock:sock.sk_lock" },
		{ "write locked by device_lock(dev)", "lock:device_lock" },
		{ "must hold lock to change", "held:lock" },
		{ "protected by", "lock:" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(comments); i++)
		assert_string_equal(claim_of(*state, comments[i][0]), comments[i][1]);
}

static void test_setup(void **state)
{
	static const char *const setups[][2] = {
		{ "Flags only modified on setup/release - bitfield ok", "setup:setup" },
		{ "only set at probe", "setup:probe" },
		{ "Do readahead asynchronously? Only set in INIT", "setup:init" },
		{ "set only during initialization", "setup:initialization" },
		{ "constant after probe", "setup:after" },
		{ "never changed after open", "setup:after" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(setups); i++)
		assert_string_equal(claim_of(*state, setups[i][0]), setups[i][1]);
}

static void test_no_claim(void **state)
{
	static const char *const comments[] = {
		"",
		"not protected by lock",
		"isn't protected by the lock",
		"never written under lock",
		"Flags modified at runtime",
		"the device is locked",
		"only set",
		"a lock of the protected range",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(comments); i++)
		assert_string_equal(claim_of(*state, comments[i]), "none");
}

static void test_quote(void **state)
{
	struct claim_text c;

	assert_true(claim_read(*state, "Is it on? Protected by p->lock. Set by open.", &c));
	assert_string_equal(str_get(c.quote), "Protected by p->lock");
	assert_true(claim_read(*state,
			       "protected by lock 2345678 2345678 2345678 2345678 2345678 2345678 "
			       "2345678 2345678 2345678 2345678 2345678",
			       &c));
	assert_true(strlen(str_get(c.quote)) <= 100);
	assert_string_equal(str_get(c.quote) + strlen(str_get(c.quote)) - 7, "2345678");
}

static void test_accepts(void **state)
{
	static const char *const yes[] = {
		"hence races in setting them will not cause malfunction",
		"Races are fine here.",
		"benign race",
		"updates are racy, but harmless",
		"Racy but ok",
		"updates are not atomic, but we don't care",
		"we do not care about races",
	};
	static const char *const no[] = {
		"",
		"races are not fine",
		"avoid races; fine grained",
		"not a benign race",
		"protects against races",
		"set once all is fine",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(yes); i++)
		assert_true(claim_accepts(*state, yes[i]));
	for (i = 0; i < ARRAY_SIZE(no); i++)
		assert_false(claim_accepts(*state, no[i]));
}

static void test_protects(void **state)
{
	assert_true(claim_protects(*state, "protects a and b", "a", true));
	assert_true(claim_protects(*state, "protects a and b", "b", false));
	assert_false(claim_protects(*state, "protects a and b", "c", true));
	assert_false(claim_protects(*state, "protects a. b is free", "b", true));
	assert_true(claim_protects(*state, "lock for a", "a", true));
	assert_true(claim_protects(*state, "Protects this structure", "c", false));
	assert_true(claim_protects(*state, "protects the fields below", "c", true));
	assert_false(claim_protects(*state, "protects the fields below", "c", false));
	assert_false(claim_protects(*state, "does not protect a", "a", true));
}

static void test_section(void **state)
{
	static const char doc[] = "struct foo - a device @a: of one @ab: of two, see @a for more";

	(void)state;
	assert_string_equal(str_get(claim_section(doc, "a")), " of one ");
	assert_string_equal(str_get(claim_section(doc, "ab")), " of two, see @a for more");
	assert_false(claim_section(doc, "foo"));
	assert_false(claim_section("", "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_locks),	  cmocka_unit_test(test_setup),
		cmocka_unit_test(test_no_claim),  cmocka_unit_test(test_quote),
		cmocka_unit_test(test_accepts),	  cmocka_unit_test(test_protects),
		cmocka_unit_test(test_section),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
