// SPDX-License-Identifier: GPL-2.0-only
/* tokens_test.c - which changes of a file leave its tokens as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

#include "base/util.h"
#include "front/same_tokens.h"

static const char base[] = "#define A(x) x\n"
			   "#define B \\\n\t1\n"
			   "struct s { /* s */\n"
			   "\tint a:1; /* first */\n"
			   "\tint b:1;\n"
			   "};\n"
			   "int f(int a, int b) { return a+ +b; }\n"
			   "char *c = \"/* no comment */\"; // end\n";

static bool is_marked(const char *comment, void *ctx)
{
	(void)ctx;
	return strstr(comment, "protected") != NULL;
}

/* Writes the text to a new file; returns its path, which the caller frees. */
static char *file_of(const char *text)
{
	const char *dir = getenv("TMPDIR");
	char *path = xasprintf("%s/tokens_test.XXXXXX", dir ? dir : P_tmpdir);
	FILE *f = fdopen(mkstemp(path), "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

/* Are the texts the same? */
static bool same(const char *a, const char *b)
{
	char *one = file_of(a), *other = file_of(b);
	bool result = tokens_same(one, other, is_marked, NULL);

	unlink(one);
	unlink(other);
	free(one);
	free(other);
	return result;
}

/* The base text with the first `from` replaced; the caller frees it. */
static char *changed(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return xasprintf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void expect(const char *from, const char *to, bool expected)
{
	char *text = changed(base, from, to);

	if (same(base, text) != expected || same(text, base) != expected)
		fail_msg("'%s' for '%s'", to, from);
	free(text);
}

static void test_same(void **state)
{
	(void)state;
	expect("/* first */", "/* other */", true);
	expect("/* first */", "", true);
	expect("\tint b", "\n\n\n\t/* a comment\n * of lines */\n\tint  b", true);
	expect("a:1", "a : 1", true);
	expect("// end", "/* end */ // of all", true);
	expect("int f(int a, int b)", "int\nf(int a,\n      int b)", true);
	expect("#define A(x) x", "\n #define A(x) x /* comment\n */", true);
	expect("#define A(x) x", "/* comment\n */ #define A(x) x", true);
}

static void test_changed(void **state)
{
	(void)state;
	expect("a:1", "a:2", false);
	expect("a+ +b", "a++b", false);
	expect("no comment", "a comment", false);
	expect("A(x)", "A (x)", false);
	expect("\\\n\t1", "1", false);
	expect("x\n", "x ", false);
	expect("#define A(x) x", "int i; #define A(x) x", false);
	expect("\tint b:1;\n", "", false);
	expect("struct s", "// struct s", false);
	expect("int f", "#if 0\n#endif\nint f", false);
	expect("int f", "#pragma clang __debug crash\nint f", false);
}

static void test_comments_that_count(void **state)
{
	char *text = changed(base, "first", "protected by l");
	char *apart = changed(text, "\tint b", "\n\tint b");
	char *close = changed(text, "\tint b", "\tint  b");

	(void)state;
	assert_false(same(base, text));
	assert_true(same(text, text));
	assert_true(same(text, close));
	assert_false(same(text, apart));
	free(text);
	free(apart);
	free(close);
}

static void test_unreadable(void **state)
{
	(void)state;
	assert_false(tokens_same("/nowhere", "/nowhere", is_marked, NULL));
	assert_true(same("", ""));
	assert_true(same("int a; /* not closed", "int a; /* nor this"));
	assert_false(same("int a; \"not closed", "int a; \"nor this"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_comments_that_count),
		cmocka_unit_test(test_unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
