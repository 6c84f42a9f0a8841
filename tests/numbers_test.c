// SPDX-License-Identifier: GPL-2.0-only
/* numbers_test.c - equal byte strings have one number, different ones never do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/numbers.h"

static void test_numbers(void **state)
{
	struct numbers n = { 0 };

	(void)state;
	assert_int_equal(numbers_get(&n, "abc", 3), 1);
	assert_int_equal(numbers_get(&n, "ab", 2), 2);
	assert_int_equal(numbers_get(&n, "", 0), 3);
	assert_int_equal(numbers_get(&n, "a\0c", 3), 4);
	assert_int_equal(numbers_get(&n, "a\0d", 3), 5);
	assert_int_equal(numbers_get(&n, "abc", 3), 1);
	assert_int_equal(numbers_get(&n, "x", 0), 3);
	numbers_free(&n);
	assert_int_equal(numbers_get(&n, "ab", 2), 1);
	numbers_free(&n);
}

static void test_copies(void **state)
{
	struct numbers n = { 0 };
	uint32_t i, k;

	(void)state;
	for (i = 0; i < 1000; i++)
		assert_int_equal(numbers_get(&n, &i, sizeof(i)), i + 1);
	for (i = 1000; i-- > 0;) {
		k = i;
		assert_int_equal(numbers_get(&n, &k, sizeof(k)), i + 1);
	}
	numbers_free(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
