// SPDX-License-Identifier: GPL-2.0-only
/* opinion.c - finds the units of a program in the report of racybits. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "opinion.h"

static json_t *units;

void opinions_load(const char *path)
{
	static json_t *report;
	json_error_t error;

	json_decref(report);
	report = json_load_file(path, 0, &error);
	units = json_object_get(report, "units");
	if (!units) {
		fprintf(stderr, "interleave: %s: no report: %s\n", path, error.text);
		exit(2);
	}
}

static const char *text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* The one with the record's name and the field's. */
static json_t *find_unit(const char *record, const char *field)
{
	json_t *unit, *f;
	size_t i, k;

	json_array_foreach(units, i, unit)
	{
		if (strcmp(text_of(unit, "struct"), record))
			continue;
		json_array_foreach(json_object_get(unit, "fields"), k,
				   f) if (!strcmp(text_of(f, "name"), field)) return unit;
	}
	return NULL;
}

static void note_conflicts(struct opinion *o, json_t *unit)
{
	json_t *conflict;
	size_t i;

	json_array_foreach(json_object_get(unit, "conflicts"), i, conflict)
	{
		int a = text_of(conflict, "a")[0] - 'a', b = text_of(conflict, "b")[0] - 'a';

		if (a >= 0 && a < FIELDS && b >= 0 && b < FIELDS)
			o->pairs[a][b] = o->pairs[b][a] = true;
	}
}

struct opinion opinion_of(const struct program *p, unsigned int unit)
{
	static const char *const verdicts[] = { "", "stable", "serialized", "unknown", "racy" };
	static const char *const confidences[] = { "low", "medium", "high" };
	struct opinion o = { .verdict = VERDICT_NONE };
	char record[32], field[2] = "a";
	unsigned int f = 0, i;
	json_t *found;

	while (p->fields[f].unit != unit)
		f++;
	field[0] = (char)('a' + f);
	if (group_has_record(&p->groups[p->fields[f].group]))
		snprintf(record, sizeof(record), "dev%u_st%u", p->number, p->fields[f].group);
	else
		snprintf(record, sizeof(record), "dev%u", p->number);
	found = find_unit(record, field);
	for (i = 0; found && i < 5; i++)
		if (!strcmp(text_of(found, "verdict"), verdicts[i]))
			o.verdict = i;
	for (i = 0; found && i < 3; i++)
		if (!strcmp(text_of(found, "confidence"), confidences[i]))
			o.confidence = i;
	if (found)
		note_conflicts(&o, found);
	return o;
}

enum truth truth_of(const struct program *p, const struct losses *losses, unsigned int unit)
{
	if (unit_loses(p, losses, unit))
		return TRUTH_LOST;
	if (unit_disturbed(p, losses, unit))
		return TRUTH_UNDONE;
	return losses->cut ? TRUTH_CUT : TRUTH_SAFE;
}

/* (a unit that is not in the report was not looked at: as good as silent) */
bool is_miss(enum truth truth, const struct opinion *o)
{
	return truth == TRUTH_LOST && o->verdict < VERDICT_UNKNOWN;
}

bool is_false_alarm(enum truth truth, const struct opinion *o)
{
	return truth == TRUTH_SAFE && o->verdict == VERDICT_RACY;
}

const char *opinion_text(const struct opinion *o)
{
	static const char *const texts[] = { "not in the report", "stable", "serialized",
					     "unknown" };
	static const char *const racy[] = { "racy/low", "racy/medium", "racy/high" };

	return o->verdict == VERDICT_RACY ? racy[o->confidence] : texts[o->verdict];
}
