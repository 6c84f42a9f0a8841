// SPDX-License-Identifier: GPL-2.0-only
/* rewrite.c - the planned text of a file: declarations moved, nothing else changed. */
#include "comments.h"
#include "plan_lookup.h"
#include "rewrite.h"
#include "rewrite_list.h"

/* --- removing fields */

/* Is the comment above the declaration about this field alone? */
static bool owns_comment(const struct rewrite *w, const struct declaration_text *d)
{
	return d->above < d->lines_from && !d->shared_line &&
	       (d->blank_below ||
		!strncmp(w->text.text + d->above + strspn(w->text.text + d->above, " \t"), "/**",
			 3));
}

/* End of the lines to remove: of blank lines in front of and behind them, one is removed, too. */
static size_t without_gap(const struct rewrite *w, size_t from, size_t to)
{
	const char *text = w->text.text;

	return from > 1 && text[from - 1] == '\n' && text[from - 2] == '\n' && text[to] == '\n' ?
		       to + 1 :
		       to;
}

/* Removes the fields that are declared elsewhere, and leaves nothing of the declaration `d`. */
static void remove_all(struct rewrite *w, const struct declaration_text *d, bool in_place)
{
	size_t from = d->from;

	if (d->shared_line) {
		while (from && strchr(" \t", w->text.text[from - 1]))
			from--;
		edits_add(&w->edits, from, d->to, "%s", "");
	} else {
		from = owns_comment(w, d) && !in_place ? d->above : d->lines_from;
		edits_add(&w->edits, from,
			  in_place ? d->lines_to : without_gap(w, from, d->lines_to), "%s", "");
	}
}

/* --- the plan */

static const struct declaration_text *declaration(const struct rewrite *w, uint32_t field)
{
	return decl_of(&w->text, &w->plan->record->fields[field]);
}

/* Is the field declared in the text as a bitfield, and not by a macro? */
static bool is_written_out(struct rewrite *w, uint32_t field)
{
	const struct declaration_text *d = declaration(w, field);
	struct declarators l;
	size_t i;

	if (!d)
		return false;
	l = declarators_of(&w->text, d, w->plan->record, w->a);
	for (i = 0; i < l.n; i++)
		if (l.v[i].field == field)
			return memchr(w->text.text + l.v[i].from, ':', l.v[i].to - l.v[i].from);
	return false;
}

static bool all_written_out(struct rewrite *w)
{
	struct fix_plan *plan = w->plan;
	const char *why = NULL;
	uint32_t i;

	for (i = 0; i < plan->record->nfields && !why; i++) {
		const char *name = str_get(plan->record->fields[i].name);

		if (!plan_changes_unit_of(plan, i) || !plan->record->fields[i].name)
			continue;
		if (!is_written_out(w, i))
			why = arena_printf(w->a, "%s is declared by a macro", name);
		else if (plan_move(plan, i) && declaration(w, i)->divided)
			why = arena_printf(w->a, "a directive divides the declaration of %s", name);
	}
	plan->refusal = why;
	return !why;
}

/* Declares a field behind another member, with the comments that are about it alone. */
static void move_away(struct rewrite *w, uint32_t i)
{
	const struct field_move *m = &w->plan->moves[i];
	const struct declaration_text *anchor = declaration(w, m->behind);
	const struct declaration_text *d = declaration(w, m->field);
	struct declarators l = names_of(w, d);
	const char *above = "";

	if (l.v->field == m->field && all_move_away(w, &l) && owns_comment(w, d))
		above = comments_above(w, d, (struct span){ d->above, d->lines_from });
	edits_add(&w->edits, anchor->lines_to, anchor->lines_to, "%s%s%s",
		  group_comment(w, i, anchor), above, member(w, m, d));
}

/* Declares a field where it was, unless it is one of a list. */
static void change_in_place(struct rewrite *w, uint32_t i)
{
	const struct field_move *m = &w->plan->moves[i];
	const struct declaration_text *d = declaration(w, m->field);
	size_t top = owns_comment(w, d) ? d->above : d->lines_from;

	if (declares_list(&w->text, d) && !d->shared_line)
		return;
	edits_add(&w->edits, top, top, "%s", group_comment(w, i, d));
	edits_add(&w->edits, d->lines_from, d->lines_from, "%s", member(w, m, d));
}

/* Does a field that is declared here move, and stay in its order? */
static bool moves_in_place(const struct rewrite *w, const struct declaration_text *d)
{
	const struct fix_plan *plan = w->plan;
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++)
		if (plan->moves[i].behind == NONE && declaration(w, plan->moves[i].field) == d)
			return true;
	return false;
}

/* Removes the fields that move from the declaration `d`; removes it if no name is left. */
static void remove_from(struct rewrite *w, const struct declaration_text *d)
{
	const char *rest = "";

	if (declares_list(&w->text, d)) {
		w->lists = true;
		rest = list_rest(w, d);
	}
	if (!*rest)
		remove_all(w, d, moves_in_place(w, d));
	else if (d->shared_line)
		edits_add(&w->edits, d->from,
			  d->to + (strchr(" \t", rest[strlen(rest) - 1]) ?
					   strspn(w->text.text + d->to, " \t") :
					   0),
			  "%s", rest);
	else
		edits_add(&w->edits, d->lines_from, d->lines_to, "%s", rest);
}

/* Writes the comment above the fields that stay. */
static void put_kept_comment(struct rewrite *w, const struct unit_verdict *u)
{
	const char *comment = comment_kept(w->plan, u, w->a);
	const struct fix_plan *plan = w->plan;
	const struct declaration_text *d;
	uint32_t i = u->unit->first;

	if (!comment)
		return;
	while (!plan->record->fields[i].name || plan_move(plan, i) ||
	       !plan_changes_unit_of(plan, i))
		i++;
	d = declaration(w, i);
	edits_add(&w->edits, d->lines_from, d->lines_from, "%s",
		  comment_lines(w->a, indent_of(w, d), comment));
}

/* Declares the carried member elsewhere, with the comments that are about it alone. */
static void carry(struct rewrite *w)
{
	const struct fix_plan *plan = w->plan;
	const struct declaration_text *d, *to;
	size_t from, at;

	if (plan->carried == NONE)
		return;
	d = declaration(w, plan->carried);
	to = declaration(w, plan_move(plan, plan->carried_behind)->behind == NONE ?
				    plan->carried_behind :
				    plan_move(plan, plan->carried_behind)->behind);
	from = owns_comment(w, d) ? d->above : d->lines_from;
	at = to->lines_to;
	if (declares_list(&w->text, d)) {
		const struct field_move as_member = {
			.field = plan->carried,
			.type = str_get(plan->record->fields[plan->carried].type),
			.behind = plan->carried_behind
		};

		edits_add(&w->edits, at, at, "%s", member(w, &as_member, d));
		return;
	}
	edits_add(&w->edits, at, at, "%.*s", (int)(d->lines_to - from), w->text.text + from);
	edits_add(&w->edits, from, without_gap(w, from, d->lines_to), "%s", "");
}

/* Does the field leave a declaration that is not moved as a whole? */
static bool leaves(const struct rewrite *w, uint32_t field)
{
	return plan_move(w->plan, field) ||
	       (field == w->plan->carried && declares_list(&w->text, declaration(w, field)));
}

/* Changes each declaration that loses fields, once. */
static void remove_moved(struct rewrite *w)
{
	const struct declaration_text *d, *done = NULL;
	uint32_t i;

	for (i = 0; i < w->plan->record->nfields; i++) {
		if (!leaves(w, i) || (d = declaration(w, i)) == done)
			continue;
		remove_from(w, d);
		done = d;
	}
}

/* Of blank lines that follow each other in the record now, and did not before, keeps one. */
static void drop_blank_lines(const struct rewrite *w, char *planned)
{
	const char *text = w->text.text, *was = strstr(text + w->text.open, "\n\n\n");
	size_t end = strlen(planned) - strlen(text + w->text.close), from, to;

	if (was && was < text + w->text.close)
		return;
	for (from = to = w->text.open; planned[from]; from++) {
		planned[to] = planned[from];
		to += from >= end || planned[from] != '\n' || strncmp(planned + to - 2, "\n\n", 2);
	}
	planned[to] = '\0';
}

char *rewrite_split(struct fix_plan *plan, const char *text, bool *lists, struct arena *a)
{
	struct rewrite w = { .plan = plan, .a = a };
	char *planned = NULL;
	uint32_t i;

	if (!decl_parse(&w.text, text, &plan->record->loc))
		plan->refusal = "its declaration is made by a macro";
	else if (all_written_out(&w)) {
		for (i = 0; i < plan->nunits; i++)
			put_kept_comment(&w, plan->units[i]);
		for (i = 0; i < plan->nmoves; i++) {
			if (plan->moves[i].behind == NONE)
				change_in_place(&w, i);
			else
				move_away(&w, i);
		}
		carry(&w);
		remove_moved(&w);
		planned = edits_apply(&w.edits, text);
		drop_blank_lines(&w, planned);
	}
	*lists = w.lists;
	edits_free(&w.edits);
	decl_free(&w.text);
	return planned;
}
