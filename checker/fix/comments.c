// SPDX-License-Identifier: GPL-2.0-only
/* comments.c - the comments that a patch writes above fields. */
#include "comments.h"
#include "plan_lookup.h"

#define COLUMNS 80

/* --- the text */

/* "write locked by LOCK", without the name of the record if the lock is its own. */
static const char *lock_phrase(const struct record *r, str guard, struct arena *a)
{
	const char *name = str_get(guard), *own = str_get(r->name);
	size_t n = strlen(own);

	if (!strncmp(name, own, n) && name[n] == '.')
		name += n + 1;
	return arena_printf(a, "write locked by %s", name);
}

const char *comment_moved(const struct fix_plan *plan, const struct field_move *m, struct arena *a)
{
	if (!m->judged->guard)
		return "Flags modified at runtime - dedicated storage unit";
	return arena_printf(a, "Flags modified at runtime, %s",
			    lock_phrase(plan->record, m->judged->guard, a));
}

/* The fields that stay and are written at runtime: "; FIELD, write locked by LOCK" for each. */
static const char *runtime_list(const struct fix_plan *plan, const struct unit_verdict *u,
				struct arena *a)
{
	const char *list = "";
	uint32_t i;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (uf->lifetime != PHASE_RUNTIME ||
		    plan_move(plan, (uint32_t)(uf->field - u->record->fields)))
			continue;
		list = arena_printf(a, "%s; %s, %s", list, str_get(uf->field->name),
				    uf->guard ? lock_phrase(plan->record, uf->guard, a) :
						"at no time when those are");
	}
	return list;
}

const char *comment_kept(const struct fix_plan *plan, const struct unit_verdict *u, struct arena *a)
{
	uint32_t i, kept = 0, runtime = 0;
	bool one_guard = true;
	str guard = 0;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (plan_move(plan, (uint32_t)(uf->field - u->record->fields)))
			continue;
		kept++;
		if (uf->lifetime != PHASE_RUNTIME)
			continue;
		one_guard &= uf->guard && (!runtime || uf->guard == guard);
		guard = uf->guard;
		runtime++;
	}
	if (!kept)
		return NULL;
	if (!runtime)
		return "Flags only modified on setup/release - bitfield ok";
	if (kept == 1)
		return "The only flag of its storage unit - bitfield ok";
	if (!one_guard)
		return arena_printf(a, "Flags modified on setup/release%s - bitfield ok",
				    runtime_list(plan, u, a));
	return arena_printf(a, "Flags %s after setup - bitfield ok",
			    lock_phrase(plan->record, guard, a));
}

/* --- its lines */

size_t text_column(const char *text, size_t at)
{
	size_t start = at, col = 0;

	while (start && text[start - 1] != '\n')
		start--;
	for (; start < at; start++)
		col = text[start] == '\t' ? (col / 8 + 1) * 8 : col + 1;
	return col;
}

const char *comment_lines(struct arena *a, const char *indent, const char *comment)
{
	size_t left = text_column(indent, strlen(indent)), room = COLUMNS - 3 - left, n;
	char *out;

	if (left + strlen(comment) + 6 <= COLUMNS)
		return arena_printf(a, "%s/* %s */\n", indent, comment);
	out = arena_printf(a, "%s/*\n", indent);
	while (strlen(comment) > room) {
		for (n = room; n && comment[n] != ' '; n--)
			;
		n = n ? n : strcspn(comment, " ");
		out = arena_printf(a, "%s%s * %.*s\n", out, indent, (int)n, comment);
		comment += n + (comment[n] == ' ');
	}
	return arena_printf(a, "%s%s * %s\n%s */\n", out, indent, comment, indent);
}
