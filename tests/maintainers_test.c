// SPDX-License-Identifier: GPL-2.0-only
/* maintainers_test.c - which files a pattern of MAINTAINERS names, and which sections may have a file. */
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

/* The sections that may have a file, whole and in their order; what is above the first one goes with it. */
static void test_excerpt(void **state)
{
	static const char text[] =
		"About this file\n\n"
		"NET\nM:\ta\n# more\nF:\tdrivers/net/\n\n"
		"USB\nM:\tb\nF:\tdrivers/usb/core/\nX:\tdrivers/usb/core/hub.c\n\n"
		"USB NET\nM:\tc\nF:\tdrivers/net/usb*\nF:\tdrivers/usb/x.c\n\n"
		"BY NAME\nM:\td\nN:\thub\n\n"
		"WORDS\nM:\te\nK:\tusb\n\n"
		"GROUP\nM:\tf\nF:\tdrivers/(net|usb)/\n\n"
		"THE REST\nM:\tg\nF:\t*";
	static const struct {
		const char *file, *titles;
	} cases[] = {
		{ "drivers/net/usb/a.c", "NET, USB NET, BY NAME, WORDS, GROUP, THE REST" },
		{ "drivers/usb/core/hub.c", "USB, BY NAME, WORDS, GROUP, THE REST" },
		{ "kernel/fork.c", "BY NAME, WORDS, GROUP, THE REST" },
	};
	static const char *const titles[] = { "NET",   "USB",	"USB NET", "BY NAME",
					      "WORDS", "GROUP", "THE REST" };
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *part = maintainers_excerpt(text, &cases[i].file, 1), *found = xstrdup(""),
		     *more;

		for (k = 0; k < ARRAY_SIZE(titles); k++) {
			char *line = xasprintf("\n%s\nM:", titles[k]),
			     *all = xasprintf("\n%s", part);

			more = xasprintf("%s%s%s", found, *found && strstr(all, line) ? ", " : "",
					 strstr(all, line) ? titles[k] : "");
			free(found);
			found = more;
			free(all);
			free(line);
		}
		assert_string_equal(found, cases[i].titles);
		free(found);
		free(part);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_stars),
		cmocka_unit_test(test_excerpt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
