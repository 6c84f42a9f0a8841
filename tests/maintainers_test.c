// SPDX-License-Identifier: GPL-2.0-only
/* maintainers_test.c - which files a pattern of MAINTAINERS names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/maintainers.h"

static void test_match(void **state)
{
	static const struct {
		const char *pattern, *file;
		bool matches;
	} cases[] = {
		{ "drivers/net/", "drivers/net/a.c", true },
		{ "drivers/net/", "drivers/net/usb/a.c", true },
		{ "drivers/net", "drivers/net/usb/a.c", true },
		{ "drivers/net", "drivers/network.c", false },
		{ "drivers/net/*", "drivers/net/a.c", true },
		{ "drivers/net/*.c", "drivers/net/usb/a.c", false },
		{ "drivers/*/usb*", "drivers/net/usbnet.c", true },
		{ "drivers/*/*/", "drivers/net/a.c", false },
		{ "drivers/*/*/", "drivers/net/usb/a.c", true },
		{ "fs/a?c.c", "fs/abc.c", true },
		{ "fs/a?c.c", "fs/a/c.c", false },
		{ "*a*b*c*", "xaybzc", true },
		{ "*a*b*c*", "xayczb", false },
		{ "*", "Makefile", true },
		{ "*/", "kernel/fork.c", true },
		{ "*/", "Makefile", false },
		{ "kernel/fork.c", "kernel/fork.c", true },
		{ "kernel/fork.cc", "kernel/fork.c", false },
		{ "", "kernel/fork.c", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		if (maintainers_match(cases[i].pattern, cases[i].file) != cases[i].matches)
			fail_msg("%s and %s", cases[i].pattern, cases[i].file);
}

/* A long name and a pattern with many stars: no time to speak of. */
static void test_stars(void **state)
{
	char pattern[2001], file[10001];
	size_t i;

	(void)state;
	for (i = 0; i < 2000; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	pattern[1999] = 'b';
	pattern[2000] = '\0';
	memset(file, 'a', 10000);
	file[10000] = '\0';
	assert_false(maintainers_match(pattern, file));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_stars),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
