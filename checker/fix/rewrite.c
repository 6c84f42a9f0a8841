// SPDX-License-Identifier: GPL-2.0-only
/* rewrite.c - the planned text of a file: declarations moved, nothing else changed. */
#include <ctype.h>

#include "comment_move.h"
#include "comments.h"
#include "decl.h"
#include "edits.h"
#include "plan_lookup.h"
#include "rewrite.h"

struct rewrite {
	struct fix_plan *plan;
	struct record_text text;
	struct edits edits;
	struct arena *a;
	bool lists; /* a declaration of several names was taken apart */
};

/*
 * White space to put behind column `from` where the text has other white space in front of text[at]: one
 * blank for one blank, else as much as leads to the column of text[at], with tabs if that had a tab.
 */
static const char *padding(struct arena *a, size_t from, const char *text, size_t at)
{
	size_t to = text_column(text, at), n = 0;
	char *pad = arena_alloc(a, to + 2);
	bool tabs = text[at - 1] == '\t';

	if (!tabs && text[at - 2] != ' ')
		return " ";
	if (from >= to)
		return tabs ? "\t" : " ";
	for (; tabs && from / 8 < to / 8; from = (from / 8 + 1) * 8)
		pad[n++] = '\t';
	for (; from < to; from++)
		pad[n++] = ' ';
	return pad;
}

static const char *indent_of(struct rewrite *w, const struct declaration_text *d)
{
	const char *line = w->text.text + d->lines_from;

	return arena_printf(w->a, "%.*s", (int)strspn(line, " \t"), line);
}

/* Offset of the first name that is declared: the word in front of the first `:`, `,`, `[`, `=` or `;`. */
static size_t first_name(const struct rewrite *w, const struct declaration_text *d)
{
	const char *text = w->text.text;
	size_t at = d->from + strcspn(text + d->from, ":,[=;");

	while (at > d->from && isspace((unsigned char)text[at - 1]))
		at--;
	while (at > d->from && (isalnum((unsigned char)text[at - 1]) || text[at - 1] == '_'))
		at--;
	return at;
}

/*
 * The lines, with the comment behind the declaration after them; with `stays`, the line of the declaration
 * alone is replaced by them.
 */
static const char *with_comment(struct rewrite *w, const struct declaration_text *d,
				const char *lines, bool stays)
{
	const char *text = w->text.text;

	if (!d->comment_to)
		return lines;
	lines = arena_printf(w->a, "%s%s", lines,
			     padding(w->a, text_column(lines, strlen(lines)), text,
				     d->comment_from));
	return arena_printf(w->a, "%s%s", lines,
			    comment_carried(w->a, text, d->comment_from, d->comment_to,
					    text_column(lines, strlen(lines)), stays));
}

/* The lines of the comment above the declaration, as they move with it. */
static const char *comment_above(struct rewrite *w, const struct declaration_text *d)
{
	const char *text = w->text.text;
	size_t from = d->above + strspn(text + d->above, " \t"), to = skip_literal(text, from);

	return arena_printf(w->a, "%.*s%s\n", (int)(from - d->above), text + d->above,
			    comment_carried(w->a, text, from, to, text_column(text, from), false));
}

/* The line of a bitfield of width zero, which ends the storage unit, if it is wanted (C11 3.14); or "". */
static const char *fence(struct rewrite *w, const struct field_move *m, bool wanted,
			 const char *indent)
{
	return wanted ? arena_printf(w->a, "%s%s:0;\n", indent, m->type) : "";
}

/* The line that declares the field as a member of its own; with `comment`, the comment behind it too. */
static const char *member_line(struct rewrite *w, const struct field_move *m,
			       const struct declaration_text *d, bool comment)
{
	const char *name = str_get(w->plan->record->fields[m->field].name);
	const char *indent = indent_of(w, d), *text = w->text.text, *line;
	size_t first = first_name(w, d), left = text_column(indent, strlen(indent));

	line = arena_printf(w->a, "%s%s%s%s%s;", indent, m->type,
			    padding(w->a, left + strlen(m->type), text, first), name,
			    move_width(m, w->a));
	if (comment)
		line = with_comment(w, d, line, m->behind == NONE);
	return arena_printf(w->a, "%s%s\n%s", fence(w, m, m->fence_above, indent), line,
			    fence(w, m, m->fence_below, indent));
}

/* --- removing fields */

/* Is the comment above the declaration about this field alone? */
static bool owns_comment(const struct rewrite *w, const struct declaration_text *d)
{
	return d->above < d->lines_from && !d->shared_line &&
	       (d->blank_below ||
		!strncmp(w->text.text + d->above + strspn(w->text.text + d->above, " \t"), "/**",
			 3));
}

/* Does the declaration declare several names? */
static bool is_list(const struct rewrite *w, const struct declaration_text *d)
{
	size_t at, depth = 0;

	for (at = d->from; at < d->to; at++) {
		at = skip_literal(w->text.text, at);
		if (strchr("([", w->text.text[at]))
			depth++;
		else if (strchr(")]", w->text.text[at]))
			depth--;
		else if (w->text.text[at] == ',' && !depth)
			return true;
	}
	return false;
}

/* The move of the declarator text[from, to), or NONE. */
static uint32_t move_at(const struct rewrite *w, size_t from, size_t to)
{
	const struct fix_plan *plan = w->plan;
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++) {
		const struct loc *loc = &plan->record->fields[plan->moves[i].field].loc;
		size_t at = text_offset(w->text.text, loc->line, loc->col);

		if (from <= at && at < to)
			return i;
	}
	return NONE;
}

/* The names of a list that stay, with the white space in front of each but the first, or NULL. */
static const char *list_rest(struct rewrite *w, const struct declaration_text *d, size_t first)
{
	const char *text = w->text.text, *rest = NULL;
	size_t at, next;

	for (at = first; at < d->to; at = next + 1) {
		next = at + strcspn(text + at, ",;");
		if (move_at(w, at, next) != NONE)
			continue;
		if (rest)
			rest = arena_printf(w->a, "%s,%.*s", rest, (int)(next - at), text + at);
		else
			rest = arena_printf(w->a, "%.*s",
					    (int)(next - at - strspn(text + at, " \t\n")),
					    text + at + strspn(text + at, " \t\n"));
	}
	return rest;
}

/* End of the lines to remove: of blank lines in front of and behind them, one is removed, too. */
static size_t without_gap(const struct rewrite *w, size_t from, size_t to)
{
	const char *text = w->text.text;

	return from > 1 && text[from - 1] == '\n' && text[from - 2] == '\n' && text[to] == '\n' ?
		       to + 1 :
		       to;
}

/* Removes the fields that move from the declaration `d`; removes it if no name is left. */
static void remove_from(struct rewrite *w, const struct declaration_text *d, bool in_place)
{
	size_t first = first_name(w, d), from = d->from;
	const char *rest = NULL;

	if (is_list(w, d)) {
		w->lists = true;
		rest = list_rest(w, d, first);
	}
	if (rest) {
		edits_add(&w->edits, first, d->to, "%s;", rest);
	} else if (d->shared_line) {
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
static bool is_written_out(const struct rewrite *w, uint32_t field)
{
	const struct field *f = &w->plan->record->fields[field];
	const char *at = w->text.text + text_offset(w->text.text, f->loc.line, f->loc.col);

	at += strlen(str_get(f->name));
	return declaration(w, field) && at[strspn(at, " \t\n")] == ':';
}

static bool all_written_out(struct rewrite *w)
{
	struct fix_plan *plan = w->plan;
	uint32_t i;

	for (i = 0; i < plan->record->nfields; i++) {
		if (!plan_changes_unit_of(plan, i) || !plan->record->fields[i].name ||
		    is_written_out(w, i))
			continue;
		plan->refusal = arena_printf(w->a, "%s is declared by a macro",
					     str_get(plan->record->fields[i].name));
		return false;
	}
	return true;
}

/* The comment above moves[i], indented as `near` is, if it is the first of its group; else "". */
static const char *group_comment(struct rewrite *w, uint32_t i, const struct declaration_text *near)
{
	if (!plan_group_starts(w->plan, i))
		return "";
	return comment_lines(w->a, indent_of(w, near), comment_moved(&w->plan->moves[i], w->a));
}

/* Declares a field behind another member, with the comments that are about it alone. */
static void move_away(struct rewrite *w, uint32_t i)
{
	const struct field_move *m = &w->plan->moves[i];
	const struct declaration_text *anchor = declaration(w, m->behind);
	const struct declaration_text *d = declaration(w, m->field);
	bool list = is_list(w, d);
	const char *above = "";

	if (!list && owns_comment(w, d))
		above = comment_above(w, d);
	edits_add(&w->edits, anchor->lines_to, anchor->lines_to, "%s%s%s",
		  group_comment(w, i, anchor), above, member_line(w, m, d, !list));
}

/* Declares a field where it was, unless it is one of a list. */
static void change_in_place(struct rewrite *w, uint32_t i)
{
	const struct field_move *m = &w->plan->moves[i];
	const struct declaration_text *d = declaration(w, m->field);
	size_t top = owns_comment(w, d) ? d->above : d->lines_from;

	if (is_list(w, d) && !d->shared_line)
		return;
	edits_add(&w->edits, top, top, "%s", group_comment(w, i, d));
	edits_add(&w->edits, d->lines_from, d->lines_from, "%s", member_line(w, m, d, true));
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

/*
 * Takes a list apart where fields of it stay in their order: lists of those in front of and behind each,
 * without those that are declared elsewhere.
 */
static void take_apart(struct rewrite *w, const struct declaration_text *d)
{
	const char *text = w->text.text, *out = "", *open = NULL;
	size_t first = first_name(w, d), at, next, skip;

	for (at = first; at < d->to; at = next + 1) {
		uint32_t i = move_at(w, at, next = at + strcspn(text + at, ",;"));

		skip = at + strspn(text + at, " \t\n");
		if (i != NONE && w->plan->moves[i].behind != NONE)
			continue;
		if (i == NONE && open) {
			out = arena_printf(w->a, "%s,%.*s", out, (int)(next - at), text + at);
		} else if (i == NONE) {
			open = arena_printf(w->a, "%s%.*s", indent_of(w, d), (int)(first - d->from),
					    text + d->from);
			out = arena_printf(w->a, "%s%s%.*s", out, open, (int)(next - skip),
					   text + skip);
		} else {
			out = arena_printf(w->a, "%s%s%s%s", out, open ? ";\n" : "",
					   group_comment(w, i, d),
					   member_line(w, &w->plan->moves[i], d, false));
			open = NULL;
		}
	}
	w->lists = true;
	edits_add(&w->edits, d->lines_from, d->lines_to, "%s%s",
		  open ? with_comment(w, d, arena_printf(w->a, "%s;", out), false) : out,
		  open ? "\n" : "");
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
	edits_add(&w->edits, at, at, "%.*s", (int)(d->lines_to - from), w->text.text + from);
	edits_add(&w->edits, from, without_gap(w, from, d->lines_to), "%s", "");
}

/* Changes each declaration that loses fields, once. */
static void remove_moved(struct rewrite *w)
{
	const struct declaration_text *d, *done = NULL;
	uint32_t i;

	for (i = 0; i < w->plan->record->nfields; i++) {
		if (!plan_move(w->plan, i) || (d = declaration(w, i)) == done)
			continue;
		if (is_list(w, d) && !d->shared_line && moves_in_place(w, d))
			take_apart(w, d);
		else
			remove_from(w, d, moves_in_place(w, d));
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
