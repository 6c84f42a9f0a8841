// SPDX-License-Identifier: GPL-2.0-only
/* bitops_init.c - the strategy "bitops": initialisers of the record. */
#include <ctype.h>

#include "bitops_init.h"

/* The opening brace around `at`, or 0. */
static size_t brace_around(const char *text, size_t at)
{
	size_t depth = 0;

	while (at--) {
		depth += text[at] == '}';
		if (text[at] == '{' && !depth--)
			return at;
	}
	return 0;
}

/* Does the brace at `at` open an initialiser of the record: is there its name in the declaration? */
static bool initialises(const struct bitops *b, const char *text, size_t at)
{
	const char *name = str_get(b->patch->plan.record->name), *head;
	size_t from = at;

	while (from && !strchr(";{}", text[from - 1]))
		from--;
	head = strstr(text + from, name);
	return head && head < text + at && !is_word(head[strlen(name)]) &&
	       !strncmp(head - strlen("struct "), "struct ", strlen("struct "));
}

/*
 * Removes the designators of bits from the initialiser that opens at `open`: *first is the offset of the
 * first one, *bits the bits that are set, "BIT(A) | BIT(B)".
 */
static bool take_designators(struct bitops *b, const char *file, char **text, size_t open,
			     size_t *first, const char **bits)
{
	const struct fix_plan *plan = &b->patch->plan;
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++) {
		const struct field *f = &plan->record->fields[plan->moves[i].field];
		char *designator = arena_printf(b->a, ".%s", str_get(f->name));
		char *at = strstr(*text + open, designator), *value;
		size_t from, stop;
		enum constant c;

		if (!at || is_word(at[strlen(designator)]) ||
		    brace_around(*text, (size_t)(at - *text)) != open)
			continue;
		from = (size_t)(at - *text);
		value = at + strlen(designator);
		value += strspn(value, " \t\n=");
		stop = value_end(*text, (size_t)(value - *text));
		while (isspace((unsigned char)(*text)[stop - 1]))
			stop--;
		c = constant_of(arena_printf(b->a, "%.*s", (int)(*text + stop - value), value));
		if (c == CONST_NONE)
			return bitops_refuse(b, file, *text, from,
					     "it is initialised with what is no constant");
		if (c == CONST_ONE)
			*bits = arena_printf(b->a, "%s%sBIT(%s)", *bits, **bits ? " | " : "",
					     bit_name(b, f->name));
		*first = !*first || from < *first ? from : *first;
		stop += (*text)[stop] == ',';
		stop += strspn(*text + stop, " \t");
		if ((*text)[stop] == '\n' && from && strchr("\t ", (*text)[from - 1]))
			stop += 1 + strspn(*text + stop + 1, " \t");
		text_replace(text, from, stop, "");
	}
	return true;
}

/* The opening brace of the first initialiser, from `at` on, that has a designator of a bit; or 0. */
static size_t next_initialiser(const struct bitops *b, const char *text, size_t at)
{
	const struct fix_plan *plan = &b->patch->plan;
	const char *dot;
	uint32_t i;

	for (dot = text + at; (dot = strchr(dot, '.')); dot++) {
		for (i = 0; i < plan->nmoves; i++) {
			const char *name = str_get(plan->record->fields[plan->moves[i].field].name);
			size_t n = strlen(name), open;

			if (dot == text || !strchr(" \t\n{,", dot[-1]) ||
			    strncmp(dot + 1, name, n) || is_word(dot[1 + n]))
				continue;
			open = brace_around(text, (size_t)(dot - text));
			if (open && initialises(b, text, open))
				return open;
		}
	}
	return 0;
}

bool bit_initialisers_change(struct bitops *b, const char *file, char **text)
{
	size_t open = 0;

	while ((open = next_initialiser(b, *text, open))) {
		const char *bits = "", *line;
		size_t first = 0;

		if (!take_designators(b, file, text, open, &first, &bits))
			return false;
		line = arena_printf(b->a, ".%s = %s", b->member, *bits ? bits : "0");
		if ((*text)[first - 1] == '\t')
			line = arena_printf(b->a, "%s,\n%s", line,
					    (*text)[first] == '}' ? "" : "\t");
		else
			line = arena_printf(b->a, "%s%s", line, (*text)[first] == '}' ? " " : ", ");
		text_replace(text, first, first, line);
	}
	return true;
}

size_t bit_initialiser_at(const struct bitops *b, const char *text)
{
	return next_initialiser(b, text, 0);
}
