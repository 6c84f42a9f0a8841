// SPDX-License-Identifier: GPL-2.0-only
/* report_read.c - the findings of a report in JSON, version 1 or 2. */
#include <jansson.h>

#include "base/names.h"
#include "report_read.h"

struct report_reader {
	const char *path;
	size_t unit; /* number of the unit at hand, from 1 on */
	uint32_t least;
};

struct field_writers {
	str *v; /* functions that write it at runtime */
	size_t n, cap;
};

_Noreturn static void not_one(const struct report_reader *r, const char *expected)
{
	die("%s: unit %zu: expected %s: not what 'racybits check --format=json' writes", r->path,
	    r->unit, expected);
}

static const char *text_of(const struct report_reader *r, const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	if (!s)
		not_one(r, key);
	return s;
}

static uint32_t confidence_of(const struct report_reader *r, const json_t *object)
{
	const char *s = text_of(r, object, "confidence");
	uint32_t i;

	for (i = CONF_LOW; i <= CONF_HIGH; i++)
		if (!strcmp(s, confidence_name(i)))
			return i;
	not_one(r, "a confidence");
}

/* --- who writes a field: version 1 has each write in its field, version 2 numbers of stores */

static bool is_runtime(const json_t *write)
{
	const json_t *ways = json_object_get(write, "ways");
	const char *phase;
	size_t i;

	for (i = 0; i < json_array_size(ways); i++)
		if (is_runtime(json_array_get(ways, i)))
			return true;
	phase = json_string_value(json_object_get(write, "phase"));
	return phase && !strcmp(phase, phase_name(PHASE_RUNTIME));
}

static void writers_of(const struct report_reader *r, const json_t *unit, const json_t *field,
		       struct field_writers *w)
{
	const json_t *list = json_object_get(field, "writes");
	const json_t *all = json_object_get(unit, "writes");
	size_t i;

	if (!json_is_array(list))
		not_one(r, "\"writes\" of a field");
	for (i = 0; i < json_array_size(list); i++) {
		const json_t *write = json_array_get(list, i);

		if (json_is_integer(write))
			write = json_array_get(all, (size_t)json_integer_value(write));
		if (is_runtime(write))
			*vec_add(w->v, w->n, w->cap) = str_intern(text_of(r, write, "function"));
	}
}

static void pair_read(const struct report_reader *r, const json_t *unit, const json_t *conflict,
		      str record, struct baseline *out)
{
	const json_t *fields = json_object_get(unit, "fields");
	const char *names[] = { text_of(r, conflict, "a"), text_of(r, conflict, "b") };
	const str interned[] = { str_intern(names[0]), str_intern(names[1]) };
	struct field_writers w[2] = { 0 };
	size_t i, k;

	for (i = 0; i < json_array_size(fields); i++) {
		const json_t *field = json_array_get(fields, i);

		for (k = 0; k < 2; k++)
			if (!strcmp(text_of(r, field, "name"), names[k]))
				writers_of(r, unit, field, &w[k]);
	}
	baseline_add(out, record, interned, (str *const[]){ w[0].v, w[1].v },
		     (const size_t[]){ w[0].n, w[1].n });
	free(w[0].v);
	free(w[1].v);
}

/* --- units */

/* The fields of the argument, else of the first conflict. */
static void shown_read(const struct report_reader *r, const json_t *unit, struct reported *f)
{
	const json_t *argument = json_object_get(json_object_get(unit, "argument"), "writers");
	const json_t *first = json_array_get(json_object_get(unit, "conflicts"), 0);

	if (json_array_size(argument) == 2) {
		f->fields[0] = str_intern(text_of(r, json_array_get(argument, 0), "field"));
		f->fields[1] = str_intern(text_of(r, json_array_get(argument, 1), "field"));
	} else {
		f->fields[0] = str_intern(text_of(r, first, "a"));
		f->fields[1] = str_intern(text_of(r, first, "b"));
	}
}

static void unit_read(struct report_file *out, const struct report_reader *r, const json_t *unit)
{
	const json_t *conflicts = json_object_get(unit, "conflicts");
	struct reported f = { .name = str_intern(text_of(r, unit, "struct")),
			      .file = str_intern(text_of(r, unit, "file")),
			      .line = (uint32_t)json_integer_value(json_object_get(unit, "line")) };
	str record;
	size_t i;

	if (strcmp(text_of(r, unit, "verdict"), verdict_name(VERDICT_RACY)) != 0 ||
	    json_is_true(json_object_get(unit, "acknowledged")))
		return;
	f.confidence = confidence_of(r, unit);
	if (f.confidence < r->least)
		return;
	record = str_printf("%s@%s", str_get(f.name), str_get(f.file));
	f.pairs = baseline_new();
	for (i = 0; i < json_array_size(conflicts); i++) {
		const json_t *c = json_array_get(conflicts, i);

		if (!json_object_get(c, "confidence") || confidence_of(r, c) >= r->least)
			pair_read(r, unit, c, record, f.pairs);
	}
	shown_read(r, unit, &f);
	baseline_end(f.pairs);
	baseline_add_all(out->all, f.pairs);
	*vec_add(out->v, out->n, out->cap) = f;
}

void report_read(struct report_file *r, const char *path, uint32_t least)
{
	struct report_reader reader = { .path = path, .least = least };
	size_t bytes, i;
	char *data = read_file(path, &bytes);
	json_error_t error;
	json_t *root, *units;
	json_int_t version;

	if (!data)
		die("cannot read %s:", path);
	root = json_loadb(data, bytes, 0, &error);
	if (!root)
		die("%s:%d: not a report in JSON: %s; racybits check --format=json makes one", path,
		    error.line, error.text);
	units = json_object_get(root, "units");
	version = json_integer_value(json_object_get(root, "version"));
	if (!json_is_array(units))
		die("%s: not a report (no \"units\"); racybits check --format=json makes one",
		    path);
	if (version != 1 && version != 2)
		die("%s: a report of version %lld; this racybits reads 1 and 2", path,
		    (long long)version);
	*r = (struct report_file){ .all = baseline_new() };
	for (i = 0; i < json_array_size(units); i++) {
		reader.unit = i + 1;
		unit_read(r, &reader, json_array_get(units, i));
	}
	baseline_end(r->all);
	json_decref(root);
	free(data);
}

void report_file_free(struct report_file *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		baseline_free(r->v[i].pairs);
	baseline_free(r->all);
	free(r->v);
}
