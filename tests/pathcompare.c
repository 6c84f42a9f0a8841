// SPDX-License-Identifier: GPL-2.0-only
/*
 * pathcompare.c - the locks that racybits says are held, against what paths.c found.
 *
 *	pathcompare EXPECTED FOUND.json
 *
 * FOUND.json is the output of `racybits check --all --format=json`.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static unsigned int stores, claims, unsound, imprecise, missing;

static json_t *find_write(json_t *units, const char *record, json_int_t line)
{
	json_t *unit, *field, *w;
	size_t i, j, k;

	json_array_foreach(units, i, unit) {
		if (strcmp(json_string_value(json_object_get(unit, "struct")), record))
			continue;
		json_array_foreach(json_object_get(unit, "fields"), j, field)
			json_array_foreach(json_object_get(field, "writes"), k, w)
				if (json_integer_value(json_object_get(w, "line")) == line)
					return w;
	}
	return NULL;
}

/* Is the lock among the words, at least in this mode? */
static bool expected_has(const char *words, const char *lock, const char *mode)
{
	char word[64];

	snprintf(word, sizeof(word), " %s:exclusive", lock);
	if (strstr(words, word))
		return true;
	snprintf(word, sizeof(word), " %s:%s", lock, mode);
	return strstr(words, word);
}

static void compare_write(const char *words, json_t *w, unsigned int line, const char *record)
{
	json_t *locks = json_object_get(w, "locks"), *lock;
	unsigned int expected = 0;
	const char *p;
	size_t i;

	for (p = words; (p = strchr(p, ':')); p++)
		expected++;
	stores++;
	json_array_foreach(locks, i, lock) {
		const char *name = json_string_value(json_object_get(lock, "lock"));
		const char *mode = json_string_value(json_object_get(lock, "mode"));

		claims++;
		if (expected_has(words, name, mode))
			continue;
		printf("%s line %u: %s (%s) is not held on every path, which hold%s\n", record, line, name, mode,
		       *words && *words != '\n' ? words : " none");
		unsound++;
	}
	if (json_array_size(locks) < expected) {
		if (getenv("PATHS_VERBOSE"))
			printf("%s line %u: %u locks found, expected%s\n", record, line, (unsigned int)json_array_size(locks), words);
		imprecise++;
	}
}

int main(int argc, char **argv)
{
	json_error_t error;
	json_t *root = argc == 3 ? report_load(argv[2], &error) : NULL, *units = json_object_get(root, "units");
	char line[512], record[32], how[16];
	FILE *in = root ? fopen(argv[1], "r") : NULL;
	unsigned int at;
	int used;

	if (!root || !in) {
		fprintf(stderr, "usage: pathcompare EXPECTED FOUND.json, which can be read\n");
		return 2;
	}
	while (fgets(line, sizeof(line), in)) {
		json_t *w;

		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "%u %31s %15s%n", &at, record, how, &used) != 3 || !strcmp(how, "never"))
			continue;
		w = find_write(units, record, at);
		if (!w) {
			printf("%s line %u: the store was not found\n", record, at);
			missing++;
			continue;
		}
		compare_write(line + used, w, at, record);
	}
	printf("stores %u claims %u unsound %u imprecise %u missing %u\n", stores, claims, unsound, imprecise, missing);
	fclose(in);
	json_decref(root);
	return unsound || missing || !stores;
}

