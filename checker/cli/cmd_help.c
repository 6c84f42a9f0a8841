// SPDX-License-Identifier: GPL-2.0-only
/* cmd_help.c - `racybits help`: a command, a section of the manual, a doubt or a limit in words. */
#include "base/limits.h"
#include "base/names.h"
#include "commands.h"
#include "out/nearest.h"

/* The sections of racybits(1), made of it by scripts/manual.awk. */
static const struct manual_section {
	const char *name, *text;
} sections[] = {
#include "manual.inc"
};

static void topics_list(void)
{
	size_t i;

	puts("racybits help TOPIC, where TOPIC is a command, the id of a doubt or of a limit, or one of:");
	for (i = 0; i < ARRAY_SIZE(sections); i++)
		printf("  %s\n", sections[i].name);
	puts("\nDoubts, which lower the confidence of a finding:");
	for (i = 1; i < DOUBT_COUNT; i++)
		printf("  %-22s %s\n", doubt_id((uint32_t)i), doubt_sentence((uint32_t)i));
	puts("\nLimits of the analysis:");
	for (i = 0; i < LIMIT_COUNT; i++)
		printf("  %-22s %s\n", limit_rows[i].id, limit_rows[i].what);
}

static bool section_print(const char *topic)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections) && strcmp(sections[i].name, topic); i++)
		;
	if (i == ARRAY_SIZE(sections))
		return false;
	fputs(sections[i].text, stdout);
	return true;
}

static bool doubt_print(const char *topic)
{
	uint32_t i;

	for (i = 1; i < DOUBT_COUNT && strcmp(doubt_id(i), topic); i++)
		;
	if (i == DOUBT_COUNT)
		return false;
	printf("%s: a doubt about a finding: %s.\nSee racybits help confidence.\n", topic,
	       doubt_sentence(i));
	return true;
}

static bool limit_print(const char *topic)
{
	static const char *const past[] = {
		[LIMIT_KIND_UNSAFE] = "Past it a verdict may be too good",
		[LIMIT_KIND_PRECISION] =
			"Past it a finding may be wrong or less sure than it could be",
	};
	const struct limit_row *l;

	for (l = limit_rows; l < limit_rows + LIMIT_COUNT && strcmp(l->id, topic); l++)
		;
	if (l == limit_rows + LIMIT_COUNT)
		return false;
	printf("%s: a limit of the analysis: at most %u %s.\n%s.\nSee racybits help limits.\n",
	       topic, l->value, l->what, past[l->kind]);
	return true;
}

_Noreturn static void die_unknown_topic(const char *topic)
{
	struct nearest near = { .wanted = topic };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		nearest_add(&near, str_intern(sections[i].name));
	for (i = 1; i < DOUBT_COUNT; i++)
		nearest_add(&near, str_intern(doubt_id((uint32_t)i)));
	for (i = 0; i < LIMIT_COUNT; i++)
		nearest_add(&near, str_intern(limit_rows[i].id));
	nearest_die(&near, "help: unknown topic", "racybits help topics lists them");
}

void help_topic(const char *topic)
{
	if (!strcmp(topic, "topics"))
		topics_list();
	else if (!section_print(topic) && !doubt_print(topic) && !limit_print(topic))
		die_unknown_topic(topic);
}
