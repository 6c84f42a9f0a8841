// SPDX-License-Identifier: GPL-2.0-only
/* comments.c - the comments that a patch writes above fields. */
#include "comments.h"
#include "base/names.h"
#include "plan_lookup.h"

#define COLUMNS 80

/* --- the text */

const struct held *guard_held(const struct unit_verdict *u, const struct unit_field *uf)
{
	uint32_t i, j;

	for (i = 0; i < uf->nwrites; i++) {
		const struct write *w = &u->writes[uf->writes[i]];

		for (j = 0; w->phase == PHASE_RUNTIME && j < w->nheld; j++)
			if (w->held[j].name == uf->guard)
				return &w->held[j];
	}
	return NULL;
}

/* A name "RECORD.MEMBER" without the record if that is `r`. */
static const char *own_name(const struct record *r, const char *name)
{
	size_t n = strlen(str_get(r->name));

	return !strncmp(name, str_get(r->name), n) && name[n] == '.' ? name + n + 1 : name;
}

/* Is it the lock of a device, and not a context that does not run against itself? */
static bool is_of_device(const char *name, const struct held *h)
{
	return (h && h->whose) || strstr(name, "(dev)");
}

const char *lock_words(const struct record *r, const char *name, const struct held *h,
		       struct arena *a)
{
	size_t kind = strcspn(name, "(");

	if (!name[kind])
		return name;
	if (is_queue_lock(name))
		return "the queue of its works";
	if (h && h->whose)
		return arena_printf(a, "%.*s of %s", (int)kind, name,
				    own_name(r, str_get(h->whose)));
	if (is_of_device(name, h))
		return arena_printf(a, "%.*s of its device", (int)kind, name);
	return arena_printf(a, "%.*s %.*s()", (int)kind, name, (int)strcspn(name + kind + 1, ")"),
			    name + kind + 1);
}

/* "write locked by LOCK"; from `a`. */
static const char *lock_phrase(const struct unit_verdict *u, const struct unit_field *uf,
			       struct arena *a)
{
	const struct held *h = guard_held(u, uf);
	const char *name = str_get(uf->guard);

	if (is_queue_lock(name))
		return "written only by works of one queue";
	if (strchr(name, '('))
		return arena_printf(a, "%s by %s",
				    is_of_device(name, h) ? "write locked" : "written only",
				    lock_words(u->record, name, h, a));
	return arena_printf(a, "write locked by %s", own_name(u->record, name));
}

const char *comment_moved(const struct field_move *m, struct arena *a)
{
	if (!m->judged->guard)
		return "Flags modified at runtime - dedicated storage unit";
	return arena_printf(a, "Flags modified at runtime, %s", lock_phrase(m->unit, m->judged, a));
}

#define NAMED_MAX \
	3 /* fields that stay and are written at runtime that are named, each with its lock */

/*
 * "Flags modified on setup/release; a, write locked by LOCK; b - bitfield ok": those that stay, each of those
 * that are written at runtime with its lock.
 */
static const char *comment_each(const struct fix_plan *plan, const struct unit_verdict *u,
				bool setup, struct arena *a)
{
	const char *text = setup ? "Flags modified on setup/release" : NULL;
	uint32_t i;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (uf->lifetime != PHASE_RUNTIME ||
		    plan_move(plan, (uint32_t)(uf->field - u->record->fields)))
			continue;
		text = arena_printf(a, "%s%s%s, %s", text ? text : "", text ? "; " : "",
				    str_get(uf->field->name),
				    uf->guard ? lock_phrase(u, uf, a) :
						"never at the same time as another");
	}
	return arena_printf(a, "%s - bitfield ok", text);
}

const char *comment_kept(const struct fix_plan *plan, const struct unit_verdict *u, struct arena *a)
{
	uint32_t i, kept = 0, runtime = 0;
	const struct unit_field *guarded = NULL;
	bool one_guard = true;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (plan_move(plan, (uint32_t)(uf->field - u->record->fields)))
			continue;
		kept++;
		if (uf->lifetime != PHASE_RUNTIME)
			continue;
		one_guard &= uf->guard && (!guarded || uf->guard == guarded->guard);
		guarded = uf;
		runtime++;
	}
	if (!kept || plan->nonly)
		return NULL;
	if (!runtime)
		return "Flags only modified on setup/release - bitfield ok";
	if (kept == 1)
		return "The only flag of its storage unit - bitfield ok";
	if (!one_guard && runtime > 1 && runtime <= NAMED_MAX)
		return comment_each(plan, u, kept > runtime, a);
	if (!one_guard)
		return runtime == 1 ? "Never modified at the same time as another - bitfield ok" :
				      "Flags never modified at the same time - bitfield ok";
	return arena_printf(a, "Flags %s after setup - bitfield ok", lock_phrase(u, guarded, a));
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
