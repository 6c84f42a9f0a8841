/* SPDX-License-Identifier: GPL-2.0-only */
/* report.h - reads `racybits check --format=json`, version 2, for the programs of the tests. */
#ifndef RACYBITS_TESTS_REPORT_H
#define RACYBITS_TESTS_REPORT_H

#include <jansson.h>

/* Adds to `writes` each way of the store with each of its sets of locks: the members of both, and "locks". */
static inline void report_add_ways(json_t *writes, json_t *store, json_t *locksets)
{
	json_t *way, *reached, *one;
	size_t i, j, lockset;

	json_array_foreach(json_object_get(store, "ways"), i, way)
		json_array_foreach(json_object_get(way, "reached"), j, reached) {
			lockset = (size_t)json_integer_value(json_array_get(reached, 0));
			one = json_copy(store);
			json_object_update(one, way);
			json_object_set(one, "locks", json_array_get(locksets, lockset));
			json_array_append_new(writes, one);
		}
}

/*
 * The report in the file, in which "writes" of a field has objects with file, line, function, phase, context and locks
 * in place of numbers; or NULL, with the reason in *error.
 */
static inline json_t *report_load(const char *path, json_error_t *error)
{
	json_t *root = json_load_file(path, 0, error), *unit, *field, *number, *writes;
	json_t *locksets = json_object_get(root, "locksets");
	size_t i, j, k;

	json_array_foreach(json_object_get(root, "units"), i, unit)
		json_array_foreach(json_object_get(unit, "fields"), j, field) {
			writes = json_array();
			json_array_foreach(json_object_get(field, "writes"), k, number)
				report_add_ways(writes,
						json_array_get(json_object_get(unit, "writes"), (size_t)json_integer_value(number)),
						locksets);
			json_object_set_new(field, "writes", writes);
		}
	return root;
}

#endif
