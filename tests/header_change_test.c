// SPDX-License-Identifier: GPL-2.0-only
/* header_change_test.c - which names the change of a header concerns, and when anything may follow from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

#include "base/util.h"
#include "front/header_change.h"

static const char base[] = "#ifndef H\n"
			   "#define H\n"
			   "#include <linux/types.h>\n"
			   "/* of a foo */\n"
			   "struct foo {\n"
			   "\tbool a:1;\n"
			   "\tbool b:1; /* second */\n"
			   "\tstruct { int x; } in;\n"
			   "};\n"
			   "struct bar { struct foo *foo; int a; };\n"
			   "enum e { ONE, TWO };\n"
			   "#define MASK 1\n"
			   "int get(struct foo *foo);\n"
			   "static inline int more(struct foo *foo)\n"
			   "{\n"
			   "\treturn foo->a + get(foo);\n"
			   "}\n"
			   "static inline int most(struct foo *foo) { return more(foo); }\n"
			   "DEFINE_GUARD(foo, struct foo *, lock(_T), unlock(_T))\n"
			   "#define LEVELS 4\n"
			   "extern int level;\n"
			   "#endif\n";

/* Writes the text to a new file; returns its path, which the caller frees. */
static char *file_of(const char *text)
{
	const char *dir = getenv("TMPDIR");
	char *path = xasprintf("%s/header_change_test.XXXXXX", dir ? dir : P_tmpdir);
	FILE *f = fdopen(mkstemp(path), "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

/* The base text with the first `from` replaced; the caller frees it. */
static char *changed(const char *from, const char *to)
{
	const char *at = strstr(base, from);

	assert_non_null(at);
	return xasprintf("%.*s%s%s", (int)(at - base), base, to, at + strlen(from));
}

static bool layouts; /* how find() compares */

static bool find(const char *from, const char *to, struct source_change *c)
{
	char *text = changed(from, to), *one = file_of(base), *other = file_of(text);
	bool known = header_change_find(one, other, layouts, c);

	unlink(one);
	unlink(other);
	free(one);
	free(other);
	free(text);
	return known;
}

/* The names, sorted, with a blank behind each; the caller frees it. */
static char *joined(struct args *a)
{
	char *all = xstrdup(""), *more;
	size_t i;

	args_sort(a);
	for (i = 0; i < a->n; i++) {
		more = xasprintf("%s%s ", all, a->v[i]);
		free(all);
		all = more;
	}
	return all;
}

/* The change concerns these names and these records. */
static void concerns(const char *from, const char *to, const char *names, const char *records)
{
	struct source_change c;
	char *all;

	if (!find(from, to, &c))
		fail_msg("not known: %s", to);
	all = joined(&c.names);
	assert_string_equal(all, names);
	free(all);
	all = joined(&c.records);
	assert_string_equal(all, records);
	free(all);
	source_change_free(&c);
}

static void unknown(const char *from, const char *to)
{
	struct source_change c;

	if (find(from, to, &c))
		fail_msg("known: %s", to);
}

static void test_names(void **state)
{
	(void)state;
	concerns("extern int", "int fresh(void);\nextern int", "fresh ", "");
	concerns("extern int level;\n", "", "level ", "");
	concerns("extern int", "struct later;\nextern int", "later ", "");
	concerns("extern int", "#define NEW 1\nextern int", "NEW ", "");
	concerns("extern int", "struct fresh { int a; };\nextern int", "fresh ", "");
	concerns("{ return more(foo); }", "{ return !more(foo); }", "most ", "");
	concerns("extern int", "typedef int fresh;\nextern int", "fresh ", "");
	concerns("extern int", "typedef int (*fresh)(struct foo *foo);\nextern int", "fresh ", "");
	concerns("extern int", "enum fresh { A, B = X(1) };\nextern int", "A B fresh ", "");
	concerns("ONE, TWO", "ONE, TWO, MORE = 1 << 4, MOST,", "MORE MOST ", "");
	concerns("extern int", "/* a comment */\n\nextern int", "level ", "");
}

/* What uses it in the header is concerned, too. */
static void test_users(void **state)
{
	(void)state;
	concerns("int get(struct foo *foo);", "long get(struct foo *foo);", "get more most ", "");
	concerns("bool a:1;", "bool a:2;", "a more most ", "foo ");
}

static void test_members(void **state)
{
	struct source_change c;

	(void)state;
	concerns("bool b:1;", "bool b:1;\n\tbool c:1;", "c ", "foo ");
	concerns("bool b:1;", "bool b:1;\n\tstruct later *c[4];", "c ", "foo ");
	concerns("\tbool b:1; /* second */\n", "", "b ", "foo ");
	concerns("/* second */", "/* third */", "", "foo ");
	assert_true(find("bool b:1;", "bool b:1;\n\tbool c:1;", &c));
	assert_int_equal(c.words.n, 2);
	source_change_free(&c);
}

/* Where layouts count, who has a record is concerned, and any member may differ. */
static void test_layouts(void **state)
{
	(void)state;
	layouts = true;
	concerns("int a; };", "int a, b; };", "bar ", "bar ");
	concerns("int a; };", "int (*a)(void); };", "bar ", "bar ");
	unknown("int a; };", "int a;\n#ifdef X\nint b;\n#endif\n};");
	unknown("bool a:1;", "int a;"); /* the guard uses it */
	layouts = false;
}

static void test_lines(void **state)
{
	struct source_change c;
	int64_t by = 0;

	(void)state;
	assert_true(find("\tbool b:1;", "\tbool c:1;\n\tbool b:1;", &c));
	assert_true(source_change_line(&c, 3, &by));
	assert_int_equal(by, 0);
	assert_true(source_change_line(&c, 10, &by));
	assert_int_equal(by, 1);
	assert_true(source_change_line(&c, 21, &by));
	assert_int_equal(by, 1);
	assert_false(source_change_line(&c, 5, &by));
	assert_false(source_change_line(&c, 7, &by));
	assert_false(source_change_line(&c, 23, &by));
	source_change_free(&c);
}

static void test_unknown(void **state)
{
	(void)state;
	unknown("#include <linux/types.h>\n", "");
	unknown("#include <linux/types.h>", "#include <linux/types.h>\n#include <linux/bits.h>");
	unknown("ONE, TWO", "ONE, MORE, TWO");
	unknown("ONE, TWO", "ONE, TWO, MORE = -1");
	unknown("ONE, TWO", "ONE, TWO, MORE = 0x100000000");
	unknown("ONE, TWO", "ONE, TWO = 2");
	unknown("enum e { ONE, TWO };\n", "");
	unknown("#define MASK 1", "#define MASK 2"); /* ## may make its name */
	unknown("#endif\n", "#else\nint x;\n#endif\n");
	unknown("unlock(_T))", "unlock2(_T))");
	unknown("{ int x; }", "{ int x, y; }");
	unknown("bool b:1;", "bool b:1;\n\tunion { int u; };");
	unknown("bool b:1;", "bool b:1;\n#ifdef X\n\tbool c:1;\n#endif");
	unknown("extern int level;", "extern int level; }");
	unknown("extern int", "int value = 1;\nextern int");
	unknown("extern int", "int fresh; extern int"); /* no prototype, and on one line */
	unknown("extern int", "void lock(int a);\nextern int"); /* the guard uses it */
	unknown("struct foo {", "union foo {");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),	cmocka_unit_test(test_users),
		cmocka_unit_test(test_members), cmocka_unit_test(test_lines),
		cmocka_unit_test(test_unknown), cmocka_unit_test(test_layouts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
