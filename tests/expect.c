// SPDX-License-Identifier: GPL-2.0-only
/*
 * expect.c - compares what racybits says about a fixture with what the fixture expects.
 *
 *	expect FIXTURE.c FOUND.json STATUS
 *
 * FOUND.json is the output of `racybits check --all --format=json`, STATUS its exit status.
 * Prints one line per mismatch; exits 0 if there is none, 1 if there are, 2 for a mistake
 * in the fixture.  The language of the expectations: tests/fixtures/README.md.
 */
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

#define WORDS 8
#define SEEN "expected"	/* key added to what an expectation named */

static const char *fixture;
static int line;
static int mismatches;

__attribute__((format(printf, 1, 2))) static void mismatch(const char *fmt, ...)
{
	va_list ap;

	printf("%s:%d: ", fixture, line);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	mismatches++;
}

static _Noreturn void mistake(const char *what, const char *word)
{
	fprintf(stderr, "%s:%d: %s: \"%s\"\n", fixture, line, what, word);
	exit(2);
}

static const char *text(json_t *obj, const char *key)
{
	const char *s = json_string_value(json_object_get(obj, key));

	return s ? s : "";
}

/* Element of an array of objects whose `key` is the `n` bytes of `name`, or NULL. */
static json_t *array_find(json_t *array, const char *key, const char *name, size_t n)
{
	size_t i;
	json_t *obj;

	json_array_foreach(array, i, obj) {
		const char *s = text(obj, key);

		if (strlen(s) == n && !memcmp(s, name, n))
			return obj;
	}
	return NULL;
}

static json_t *field_find(json_t *unit, const char *name)
{
	return array_find(json_object_get(unit, "fields"), "name", name, strlen(name));
}

/* Which unit of a struct is meant, if several structs have its name: one not named yet, then the worse. */
static int unit_rank(json_t *unit, bool unnamed_first)
{
	static const char *const verdicts[] = { "stable", "serialized", "unknown", "racy" };
	int rank = 0;

	while (rank < 3 && strcmp(text(unit, "verdict"), verdicts[rank]))
		rank++;
	return unnamed_first && !json_object_get(unit, SEEN) ? rank + 4 : rank;
}

/* The unit of STRUCT that has `field`; any of STRUCT's units if `field` is NULL. */
static json_t *unit_find(json_t *root, const char *name, size_t n, const char *field)
{
	json_t *units = json_object_get(root, "units"), *unit, *found = NULL;
	size_t i;

	json_array_foreach(units, i, unit) {
		const char *s = text(unit, "struct");

		if (strlen(s) != n || memcmp(s, name, n) || (field && !field_find(unit, field)))
			continue;
		if (!found || unit_rank(unit, !field) > unit_rank(found, !field))
			found = unit;
	}
	return found;
}

/*
 * The unit that STRUCT.FIELD lies in, with *field set to FIELD.  Complains and returns NULL
 * if there is none.
 */
static json_t *unit_of_field(json_t *root, const char *word, const char **field)
{
	const char *dot = strrchr(word, '.');
	json_t *unit;

	if (!dot)
		mistake("expected STRUCT.FIELD", word);
	*field = dot + 1;
	unit = unit_find(root, word, dot - word, *field);
	if (!unit)
		mismatch("no unit with %s", word);
	return unit;
}

/* The value of word KEY=VALUE if `word` is one for this key, or NULL. */
static const char *value_of(const char *word, const char *key)
{
	size_t n = strlen(key);

	return !strncmp(word, key, n) && word[n] == '=' ? word + n + 1 : NULL;
}

/* Is `found` one of the words of `wanted`, which are separated by '|'? */
static bool one_of(const char *wanted, const char *found)
{
	size_t n = strlen(found);

	for (; wanted; wanted = strchr(wanted, '|')) {
		wanted += *wanted == '|';
		if (!strncmp(wanted, found, n) && (!wanted[n] || wanted[n] == '|'))
			return true;
	}
	return false;
}

static void want(const char *of, const char *what, const char *wanted, const char *found)
{
	if (!one_of(wanted, found))
		mismatch("%s: %s is \"%s\", expected \"%s\"", of, what, found, wanted);
}

/* Appends ",s" to the string in `to`. */
static void list_add(char *to, size_t size, const char *s)
{
	size_t n = strlen(to);

	snprintf(to + n, size - n, "%s%s", n ? "," : "", s);
}

/* The strings of an array, or the "name" of its objects, with commas between them. */
static const char *list_of(json_t *array)
{
	static char list[1024];
	size_t i;
	json_t *e;

	list[0] = 0;
	json_array_foreach(array, i, e) {
		const char *s = json_string_value(e);

		list_add(list, sizeof(list), s ? s : text(e, "name"));
	}
	return list;
}

/* "foo.lock,foo.sem:shared", or "none" */
static const char *locks_of(json_t *write)
{
	static char list[1024];
	char lock[256];
	size_t i;
	json_t *e;

	list[0] = 0;
	json_array_foreach(json_object_get(write, "locks"), i, e) {
		bool shared = !strcmp(text(e, "mode"), "shared");

		snprintf(lock, sizeof(lock), "%s%s", text(e, "lock"), shared ? ":shared" : "");
		list_add(list, sizeof(list), lock);
	}
	return list[0] ? list : "none";
}

/* Is the refuter one of those that refuted a pair of the unit? */
static void want_listed(const char *name, const char *refuter, json_t *ids)
{
	size_t i;
	json_t *e;

	json_array_foreach(ids, i, e)
		if (!strcmp(json_string_value(e), refuter))
			return;
	mismatch("%s: no pair is refuted by %s", name, refuter);
}

/* One word behind the verdict of an "expect:" line. */
static void expect_unit_word(json_t *unit, const char *name, const char *word)
{
	json_t *split = json_object_get(unit, "split"), *fields = json_object_get(unit, "fields");
	const char *value;

	if ((value = value_of(word, "fields")))
		want(name, "the list of fields", value, list_of(fields));
	else if ((value = value_of(word, "strict")))
		want(name, "split.strict", value, list_of(json_object_get(split, "strict")));
	else if ((value = value_of(word, "lifetime")))
		want(name, "split.lifetime", value, list_of(json_object_get(split, "lifetime")));
	else if ((value = value_of(word, "confidence")))
		want(name, "confidence", value, text(unit, "confidence"));
	else if ((value = value_of(word, "refuted")))
		want_listed(name, value, json_object_get(unit, "refuted_by"));
	else if (strcmp(word, "acknowledged"))
		mistake("unknown word", word);
	else if (!json_is_true(json_object_get(unit, "acknowledged")))
		mismatch("%s is not acknowledged", name);
}

/* expect: STRUCT[.FIELD] VERDICT [acknowledged] [confidence=] [fields=] [strict=] [lifetime=] [refuted=] */
static void expect_unit(json_t *root, char **word, int n)
{
	json_t *unit = unit_find(root, word[0], strlen(word[0]), NULL);
	const char *field;
	int i;

	if (!unit && strchr(word[0], '.'))
		unit = unit_of_field(root, word[0], &field);
	else if (!unit)
		mismatch("no unit in struct %s", word[0]);
	if (!unit)
		return;
	json_object_set_new(unit, SEEN, json_true());
	want(word[0], "verdict", word[1], text(unit, "verdict"));
	for (i = 2; i < n; i++)
		expect_unit_word(unit, word[0], word[i]);
}

static void expect_field_word(json_t *field, const char *name, const char *word)
{
	json_t *claim = json_object_get(field, "claim");
	const char *value, *found;

	if ((value = value_of(word, "guard"))) {
		found = text(field, "guard");
		want(name, "guard", value, *found ? found : "none");
	} else if ((value = value_of(word, "claim"))) {
		found = text(claim, "state");
		want(name, "claim", value, *found ? found : "none");
	} else {
		mistake("unknown word", word);
	}
}

/* expect-field: STRUCT.FIELD LIFETIME [guard=] [claim=] */
static void expect_field(json_t *root, char **word, int n)
{
	const char *name;
	int i;
	json_t *unit = unit_of_field(root, word[0], &name), *field;

	if (!unit)
		return;
	field = field_find(unit, name);
	want(word[0], "lifetime", word[1], text(field, "lifetime"));
	for (i = 2; i < n; i++)
		expect_field_word(field, word[0], word[i]);
}

static void expect_conflict_word(json_t *conflict, const char *name, const char *word)
{
	const char *value = value_of(word, "doubt"), *found = text(conflict, "doubt_id");

	if (!value)
		mistake("unknown word", word);
	want(name, "doubt_id", value, *found ? found : "none");
}

/* expect-conflict: STRUCT.FIELD STRUCT.FIELD [doubt=] */
static void expect_conflict(json_t *root, char **word, int n)
{
	const char *a, *b;
	json_t *unit = unit_of_field(root, word[0], &a), *conflict;
	size_t i;
	int k;

	if (!unit || unit_of_field(root, word[1], &b) != unit)
		return;
	json_array_foreach(json_object_get(unit, "conflicts"), i, conflict) {
		const char *x = text(conflict, "a"), *y = text(conflict, "b");

		if ((strcmp(x, a) || strcmp(y, b)) && (strcmp(x, b) || strcmp(y, a)))
			continue;
		json_object_set_new(conflict, SEEN, json_true());
		json_object_set_new(unit, "conflicts " SEEN, json_true());
		for (k = 2; k < n; k++)
			expect_conflict_word(conflict, word[0], word[k]);
		return;
	}
	mismatch("no conflict of %s and %s", word[0], word[1]);
}

/* Does the chain of the writer lead through the function?  Any does through NULL. */
static bool leads_through(json_t *writer, const char *function)
{
	json_t *name;
	size_t i;

	json_array_foreach(json_object_get(writer, "chain"), i, name)
		if (function && !strcmp(json_string_value(name), function))
			return true;
	return !function;
}

/* The tests that guard a writer's store, each as one word: "foo.a", "!foo.b". */
static const char *tests_of(json_t *writer)
{
	static char list[1024];
	size_t i;
	json_t *e;

	list[0] = 0;
	json_array_foreach(json_object_get(writer, "tests"), i, e)
		list_add(list, sizeof(list), json_string_value(e));
	return list[0] ? list : "none";
}

/* Has the argument of the unit such a writer, with that value, by that function? */
static bool argument_has(json_t *unit, const char *field, const char *value, const char *function,
			 const char *from, const char *tests)
{
	json_t *writer;
	size_t i;

	json_array_foreach(json_object_get(json_object_get(unit, "argument"), "writers"), i, writer)
		if (!strcmp(text(writer, "field"), field) && !strcmp(text(writer, "function"), function) &&
		    leads_through(writer, from) && (!value || !strcmp(text(writer, "value"), value)) &&
		    (!tests || one_of(tests, tests_of(writer))))
			return true;
	return false;
}

/* expect-argument: STRUCT.FIELD[=VALUE] FUNCTION [from=FUNCTION] [tests=LIST]: one of the two writers that are shown */
static void expect_argument(json_t *root, char **word, int n)
{
	char *value = strchr(word[0], '=');
	const char *from = NULL, *tests = NULL, *field, *text;
	json_t *unit;
	int i;

	for (i = 2; i < n; i++)
		if ((text = value_of(word[i], "from")))
			from = text;
		else if (!(tests = value_of(word[i], "tests")))
			mistake("unknown word", word[i]);
	if (value)
		*value++ = '\0';
	unit = unit_of_field(root, word[0], &field);
	if (unit && !argument_has(unit, field, value, word[1], from, tests))
		mismatch("the argument has no store to %s in %s()", word[0], word[1]);
}

static bool write_matches(json_t *write, char **word, int n)
{
	const char *value;
	bool same = !strcmp(text(write, "function"), word[1]);
	int i;

	for (i = 2; i < n; i++) {
		if ((value = value_of(word[i], "locks")))
			same &= one_of(value, locks_of(write));
		else if ((value = value_of(word[i], "phase")))
			same &= one_of(value, text(write, "phase"));
		else if ((value = value_of(word[i], "context")))
			same &= one_of(value, text(write, "context"));
		else
			mistake("unknown word", word[i]);
	}
	return same;
}

/* expect-write: STRUCT.FIELD FUNCTION [phase=] [context=] [locks=] */
static void expect_write(json_t *root, char **word, int n)
{
	const char *name;
	json_t *unit = unit_of_field(root, word[0], &name), *field, *writes, *write;
	size_t i;

	if (!unit)
		return;
	field = field_find(unit, name);
	writes = json_object_get(field, "writes");
	json_array_foreach(writes, i, write)
		if (write_matches(write, word, n))
			return;
	mismatch("%s: no such write in %s", word[0], word[1]);
	json_array_foreach(writes, i, write)
		mismatch("%s: found: %s phase=%s context=%s locks=%s", word[0],
			 text(write, "function"), text(write, "phase"), text(write, "context"),
			 locks_of(write));
}

/* expect-limit: ID */
static void expect_limit(json_t *root, char **word, int n)
{
	json_t *limit = array_find(json_object_get(root, "limits"), "id", word[0], strlen(word[0]));

	(void)n;
	if (limit)
		json_object_set_new(limit, SEEN, json_true());
	else
		mismatch("the limit %s was not met", word[0]);
}

static const struct {
	const char *word;
	void (*expect)(json_t *root, char **word, int n);
	int words; /* behind it, at least */
} expectations[] = {
	{ "expect:", expect_unit, 2 },
	{ "expect-field:", expect_field, 2 },
	{ "expect-conflict:", expect_conflict, 2 },
	{ "expect-argument:", expect_argument, 2 },
	{ "expect-write:", expect_write, 2 },
	{ "expect-limit:", expect_limit, 1 },
};

/* `s` is what follows "// " of a line. Returns whether it was an expectation. */
static bool line_check(json_t *root, char *s)
{
	char *word[WORDS];
	size_t i;
	int n = 0;

	if (strncmp(s, "expect", 6))
		return false;
	for (s = strtok(s, " \t\n"); s && n < WORDS; s = strtok(NULL, " \t\n"))
		word[n++] = s;
	for (i = 0; i < sizeof(expectations) / sizeof(*expectations); i++) {
		if (strcmp(word[0], expectations[i].word))
			continue;
		if (n <= expectations[i].words)
			mistake("too few words after", word[0]);
		expectations[i].expect(root, word + 1, n - 1);
		return true;
	}
	mistake("unknown expectation", word[0]);
}

static void fixture_check(json_t *root)
{
	char buf[512];
	bool any = false;
	FILE *f = fopen(fixture, "r");

	if (!f)
		mistake("cannot open", fixture);
	while (fgets(buf, sizeof(buf), f)) {
		line++;
		if (!strncmp(buf, "// ", 3))
			any |= line_check(root, buf + 3);
	}
	fclose(f);
	line = 0;
	if (!any)
		mistake("no expectation in", fixture);
}

/* Reports findings that were not expected, and an exit status that does not fit the findings. */
static void rest_check(json_t *root, const char *status)
{
	json_t *unit, *conflict, *failed, *limit;
	bool racy = false;
	size_t i, k;

	json_array_foreach(json_object_get(root, "failed"), i, failed)
		mismatch("%s: not analysed: %s", text(failed, "file"), text(failed, "reason"));
	json_array_foreach(json_object_get(root, "limits"), i, limit)
		if (!json_object_get(limit, SEEN))
			mismatch("the limit %s was met: not expected", text(limit, "id"));
	json_array_foreach(json_object_get(root, "units"), i, unit) {
		const char *verdict = text(unit, "verdict");

		if (!strcmp(verdict, "racy"))
			racy |= !json_is_true(json_object_get(unit, "acknowledged"));
		if (!json_object_get(unit, SEEN) && strcmp(verdict, "stable"))
			mismatch("struct %s is %s: not expected", text(unit, "struct"), verdict);
		if (!json_object_get(unit, "conflicts " SEEN))
			continue;
		json_array_foreach(json_object_get(unit, "conflicts"), k, conflict)
			if (!json_object_get(conflict, SEEN))
				mismatch("conflict of %s and %s: not expected",
					 text(conflict, "a"), text(conflict, "b"));
	}
	if (strcmp(status, racy ? "1" : "0"))
		mismatch("exit status %s, expected %d", status, racy);
}

int main(int argc, char **argv)
{
	json_error_t error;
	json_t *root;

	if (argc != 4) {
		fprintf(stderr, "usage: expect FIXTURE.c FOUND.json STATUS\n");
		return 2;
	}
	fixture = argv[1];
	root = report_load(argv[2], &error);
	if (!root)
		mismatch("no JSON: %s (exit status %s)", error.text, argv[3]);
	else
		fixture_check(root);
	if (root)
		rest_check(root, argv[3]);
	json_decref(root);
	return mismatches != 0;
}
