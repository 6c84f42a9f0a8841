// SPDX-License-Identifier: GPL-2.0-only
/* bitops_text.c - the strategy "bitops": what its files share. */
#include <ctype.h>

#include "bitops_text.h"

bool bitops_refuse(struct bitops *b, const char *file, const char *text, size_t at, const char *why)
{
	unsigned int line = 1;
	size_t i;

	for (i = 0; i < at; i++)
		line += text[i] == '\n';
	b->patch->plan.refusal = arena_printf(b->a, "%s at %s:%u", why, file, line);
	return false;
}

bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

const char *bit_name(struct bitops *b, str field)
{
	char *name = arena_printf(b->a, "%s_%s", str_get(b->patch->plan.record->name),
				  str_get(field)),
	     *c;

	for (c = name; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return name;
}

bool is_bit(const struct fix_plan *plan, str field)
{
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++)
		if (plan->record->fields[plan->moves[i].field].name == field)
			return true;
	return false;
}

void text_replace(char **text, size_t from, size_t to, const char *with)
{
	char *old = *text;

	*text = xasprintf("%.*s%s%s", (int)from, old, with, old + to);
	free(old);
}

size_t value_end(const char *text, size_t at)
{
	size_t depth = 0;

	for (; text[at] && (depth || !strchr(";,)]}", text[at])); at++) {
		depth += strchr("([{", text[at]) != NULL;
		depth -= strchr(")]}", text[at]) != NULL;
	}
	return at;
}

enum constant constant_of(const char *value)
{
	if (!strcmp(value, "1") || !strcmp(value, "true") || !strcmp(value, "1U"))
		return CONST_ONE;
	return !strcmp(value, "0") || !strcmp(value, "false") || !strcmp(value, "0U") ? CONST_ZERO :
											CONST_NONE;
}
