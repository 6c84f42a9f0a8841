// SPDX-License-Identifier: GPL-2.0-only
/*
 * schema.c - schema SCHEMA FILE: does the JSON of FILE obey SCHEMA?
 *
 * Knows these keywords of JSON Schema: type, const, enum, required, properties,
 * additionalProperties (false), items (one schema), minItems, maxItems, uniqueItems, minimum,
 * maximum, pattern (POSIX extended), anyOf and $ref, which is the name of a definition.  A keyword
 * it does not know is an error.  Prints what is wrong with its place; exits with 0 or 1, 2 if it
 * cannot tell.
 */
#include <regex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

static json_t *definitions;

static bool check(json_t *schema, json_t *value, const char *place, bool say);

__attribute__((noreturn, format(printf, 1, 2))) static void give_up(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

static bool complain(bool say, const char *place, const char *keyword, json_t *rule)
{
	char *text = json_dumps(rule, JSON_ENCODE_ANY);

	if (say)
		printf("%s: %s %s\n", place, keyword, text);
	free(text);
	return false;
}

static bool has_type(json_t *value, const char *type)
{
	static const struct {
		const char *name;
		json_type type;
	} types[] = {
		{ "object", JSON_OBJECT },   { "array", JSON_ARRAY }, { "string", JSON_STRING },
		{ "integer", JSON_INTEGER }, { "boolean", JSON_TRUE }, { "null", JSON_NULL },
	};
	size_t i;

	if (!strcmp(type, "number"))
		return json_is_number(value);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(types[i].name, type))
			return json_typeof(value) == types[i].type ||
			       (types[i].type == JSON_TRUE && json_is_false(value));
	give_up("unknown type %s", type);
}

static bool is_one_of(json_t *list, json_t *value)
{
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
		if (json_equal(item, value))
			return true;
	return false;
}

static bool matches(const char *pattern, const char *text)
{
	regex_t regex;
	bool match;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB))
		give_up("bad pattern %s", pattern);
	match = !regexec(&regex, text, 0, NULL, 0);
	regfree(&regex);
	return match;
}

static bool check_object(json_t *schema, json_t *value, const char *place, bool say)
{
	json_t *properties = json_object_get(schema, "properties"), *item, *rule;
	bool closed = json_is_false(json_object_get(schema, "additionalProperties")), ok = true;
	char where[1024];
	const char *key;
	size_t i;

	json_array_foreach(json_object_get(schema, "required"), i, item)
		if (!json_object_get(value, json_string_value(item)))
			ok = complain(say, place, "lacks", item);
	json_object_foreach(value, key, item) {
		rule = json_object_get(properties, key);
		snprintf(where, sizeof(where), "%s.%s", place, key);
		if (rule)
			ok &= check(rule, item, where, say);
		else if (closed)
			ok = complain(say, where, "is not known:", item);
	}
	return ok;
}

static bool check_array(json_t *schema, json_t *value, const char *place, bool say)
{
	json_t *rule = json_object_get(schema, "items"), *item, *other;
	bool unique = json_is_true(json_object_get(schema, "uniqueItems")), ok = true;
	char where[1024];
	size_t i, j;

	json_array_foreach(value, i, item) {
		snprintf(where, sizeof(where), "%s[%zu]", place, i);
		if (rule)
			ok &= check(rule, item, where, say);
		for (j = 0; unique && j < i; j++) {
			other = json_array_get(value, j);
			if (json_equal(item, other))
				ok = complain(say, where, "is there twice:", item);
		}
	}
	return ok;
}

static bool check_any(json_t *rules, json_t *value, const char *place)
{
	json_t *rule;
	size_t i;

	json_array_foreach(rules, i, rule)
		if (check(rule, value, place, false))
			return true;
	return false;
}

/* One keyword; those of objects and arrays that are checked together are passed over. */
static bool check_keyword(const char *keyword, json_t *rule, json_t *value, const char *place)
{
	static const char *const others[] = { "$comment", "definitions", "required", "properties",
					      "additionalProperties", "items", "uniqueItems" };
	double limit = json_number_value(rule);
	size_t i;

	if (!strcmp(keyword, "type"))
		return has_type(value, json_string_value(rule));
	if (!strcmp(keyword, "const"))
		return json_equal(rule, value);
	if (!strcmp(keyword, "enum"))
		return is_one_of(rule, value);
	if (!strcmp(keyword, "pattern"))
		return matches(json_string_value(rule), json_string_value(value));
	if (!strcmp(keyword, "minItems"))
		return (double)json_array_size(value) >= limit;
	if (!strcmp(keyword, "maxItems"))
		return (double)json_array_size(value) <= limit;
	if (!strcmp(keyword, "minimum"))
		return json_number_value(value) >= limit;
	if (!strcmp(keyword, "maximum"))
		return json_number_value(value) <= limit;
	if (!strcmp(keyword, "anyOf"))
		return check_any(rule, value, place);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (!strcmp(keyword, others[i]))
			return true;
	give_up("unknown keyword %s", keyword);
}

static bool check(json_t *schema, json_t *value, const char *place, bool say)
{
	const char *name = json_string_value(json_object_get(schema, "$ref")), *keyword;
	json_t *rule;

	if (name) {
		schema = json_object_get(definitions, name);
		if (!schema)
			give_up("no definition %s", name);
	}
	json_object_foreach(schema, keyword, rule)
		if (!check_keyword(keyword, rule, value, place))
			return complain(say, place, keyword, rule);
	if (json_is_object(value))
		return check_object(schema, value, place, say);
	return !json_is_array(value) || check_array(schema, value, place, say);
}

static json_t *load(const char *path)
{
	json_error_t error;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	if (!root)
		give_up("%s:%d: %s", path, error.line, error.text);
	return root;
}

int main(int argc, char **argv)
{
	json_t *schema, *value;
	bool ok;

	if (argc != 3)
		give_up("usage: schema SCHEMA FILE");
	schema = load(argv[1]);
	value = load(argv[2]);
	definitions = json_object_get(schema, "definitions");
	ok = check(schema, value, "", true);
	json_decref(value);
	json_decref(schema);
	return !ok;
}
