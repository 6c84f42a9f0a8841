// SPDX-License-Identifier: GPL-2.0-only
/* rewrite.c - the planned text of a file: declarations moved, nothing else changed. */
#include <ctype.h>
#include <stdarg.h>

#include "fix.h"

#define COLUMNS 80

/* --- edits */

void edits_add(struct edits *e, size_t from, size_t to, const char *fmt, ...)
{
	struct edit *edit = vec_add(e->v, e->n, e->cap);
	va_list ap;

	edit->from = from;
	edit->to = to;
	va_start(ap, fmt);
	if (vasprintf(&edit->with, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
}

/* Stable, and an insertion goes before what is replaced at its place. */
static void edits_sort(struct edits *e)
{
	size_t i, j;

	for (i = 1; i < e->n; i++) {
		struct edit edit = e->v[i];

		for (j = i; j && (e->v[j - 1].from > edit.from ||
				  (e->v[j - 1].from == edit.from && edit.to == edit.from &&
				   e->v[j - 1].to > edit.from));
		     j--)
			e->v[j] = e->v[j - 1];
		e->v[j] = edit;
	}
}

char *edits_apply(struct edits *e, const char *text)
{
	size_t i, at = 0, bytes;
	char *out;
	FILE *f = open_memstream(&out, &bytes);

	if (!f)
		die("out of memory");
	edits_sort(e);
	for (i = 0; i < e->n; i++) {
		fwrite(text + at, 1, e->v[i].from - at, f);
		fputs(e->v[i].with, f);
		at = e->v[i].to;
	}
	fputs(text + at, f);
	fclose(f);
	return out;
}

void edits_free(struct edits *e)
{
	size_t i;

	for (i = 0; i < e->n; i++)
		free(e->v[i].with);
	free(e->v);
	*e = (struct edits){ 0 };
}

/* --- lines in the file's own style */

struct rewrite {
	struct plan *plan;
	struct record_text text;
	struct edits edits;
	struct arena *a;
	bool lists;
};

/* Column, from 0, that text[at] has on its line; tabs are 8 wide. */
static size_t column(const char *text, size_t at)
{
	size_t start = at, col = 0;

	while (start && text[start - 1] != '\n')
		start--;
	for (; start < at; start++)
		col = text[start] == '\t' ? (col / 8 + 1) * 8 : col + 1;
	return col;
}

/*
 * White space from column `from` that takes the place of that before text[at]: up to the same column
 * if it was more than one blank, with tabs if it had any.
 */
static const char *padding(struct arena *a, size_t from, const char *text, size_t at)
{
	size_t to = column(text, at), n = 0;
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

const char *comment_lines(struct arena *a, const char *indent, const char *comment)
{
	size_t left = column(indent, strlen(indent)), room = COLUMNS - 3 - left, n;
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

/* Offset of the first name of the declaration: the word before its first `:`, `,`, `[`, `=` or `;`. */
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

/* The comment behind the declaration, with the white space before it, for a line that ends at `col`. */
static const char *comment_behind(struct rewrite *w, const struct declaration_text *d, size_t col)
{
	const char *text = w->text.text;

	if (!d->comment_to)
		return "";
	return arena_printf(w->a, "%s%.*s", padding(w->a, col, text, d->comment_from),
			    (int)(d->comment_to - d->comment_from), text + d->comment_from);
}

/* The line that declares the field as a member of its own; `comment`: with the comment behind it. */
static const char *member_line(struct rewrite *w, const struct move *m,
			       const struct declaration_text *d, bool comment)
{
	const char *name = str_get(w->plan->record->fields[m->field].name);
	const char *indent = indent_of(w, d), *text = w->text.text, *line;
	size_t first = first_name(w, d), left = column(indent, strlen(indent));

	line = arena_printf(w->a, "%s%s%s%s;", indent, m->type,
			    padding(w->a, left + strlen(m->type), text, first), name);
	return arena_printf(w->a, "%s%s\n", line,
			    comment ? comment_behind(w, d, column(line, strlen(line))) : "");
}

/* --- removing */

/* Is the comment above the declaration for this field alone? */
static bool owns_comment(const struct rewrite *w, const struct declaration_text *d)
{
	return d->above < d->lines_from && !d->shared_line &&
	       (d->blank_below ||
		!strncmp(w->text.text + d->above + strspn(w->text.text + d->above, " \t"), "/**",
			 3));
}

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

/* Does the declarator text[from, to) declare a field that moves away? */
static bool leaves(const struct rewrite *w, size_t from, size_t to)
{
	const struct plan *plan = w->plan;
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++) {
		const struct loc *loc = &plan->record->fields[plan->moves[i].field].loc;
		size_t at = text_offset(w->text.text, loc->line, loc->col);

		if (from <= at && at < to)
			return true;
	}
	return false;
}

/* What is left of a list: the names that stay, with the white space before them, or NULL. */
static const char *list_rest(struct rewrite *w, const struct declaration_text *d, size_t first)
{
	const char *text = w->text.text, *rest = NULL;
	size_t at, next;

	for (at = first; at < d->to; at = next + 1) {
		next = at + strcspn(text + at, ",;");
		if (leaves(w, at, next))
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

/* Where lines that go away end: of the blank lines in front of and behind them, one goes as well. */
static size_t without_gap(const struct rewrite *w, size_t from, size_t to)
{
	const char *text = w->text.text;

	return from > 1 && text[from - 1] == '\n' && text[from - 2] == '\n' && text[to] == '\n' ?
		       to + 1 :
		       to;
}

/* Takes the fields that move out of the declaration `d`; all of it if nothing is left. */
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

/* Does the field's declaration stand in the text, with its width? */
static bool is_written_out(const struct rewrite *w, uint32_t field)
{
	const struct field *f = &w->plan->record->fields[field];
	const char *at = w->text.text + text_offset(w->text.text, f->loc.line, f->loc.col);

	at += strlen(str_get(f->name));
	return declaration(w, field) && at[strspn(at, " \t\n")] == ':';
}

static bool all_written_out(struct rewrite *w)
{
	struct plan *plan = w->plan;
	uint32_t i;

	for (i = 0; i < plan->record->nfields; i++) {
		if (!plan_touches(plan, i) || !plan->record->fields[i].name || is_written_out(w, i))
			continue;
		plan->refusal = arena_printf(w->a, "%s is declared by a macro",
					     str_get(plan->record->fields[i].name));
		return false;
	}
	return true;
}

/* The comment over moves[i] if it is the first of a group, for lines like that of `near`. */
static const char *group_comment(struct rewrite *w, uint32_t i, const struct declaration_text *near)
{
	if (!plan_group_starts(w->plan, i))
		return "";
	return comment_lines(w->a, indent_of(w, near),
			     plan_moved_comment(w->plan, &w->plan->moves[i], w->a));
}

/* A field goes behind another member, and the comments that are its own go with it. */
static void move_away(struct rewrite *w, uint32_t i)
{
	const struct move *m = &w->plan->moves[i];
	const struct declaration_text *anchor = declaration(w, m->behind);
	const struct declaration_text *d = declaration(w, m->field);
	bool list = is_list(w, d);
	const char *above = "";

	if (!list && owns_comment(w, d))
		above = arena_printf(w->a, "%.*s", (int)(d->lines_from - d->above),
				     w->text.text + d->above);
	edits_add(&w->edits, anchor->lines_to, anchor->lines_to, "%s%s%s",
		  group_comment(w, i, anchor), above, member_line(w, m, d, !list));
}

/* A field that stays where it is: its line is replaced; a list's lines go where the list was. */
static void change_in_place(struct rewrite *w, uint32_t i)
{
	const struct move *m = &w->plan->moves[i];
	const struct declaration_text *d = declaration(w, m->field);
	bool list = is_list(w, d);
	size_t top = !list && owns_comment(w, d) ? d->above : d->lines_from;

	edits_add(&w->edits, top, top, "%s", group_comment(w, i, d));
	edits_add(&w->edits, d->lines_from, d->lines_from, "%s", member_line(w, m, d, !list));
}

static void comment_kept(struct rewrite *w, const struct unit_verdict *u)
{
	const char *comment = plan_kept_comment(w->plan, u, w->a);
	const struct plan *plan = w->plan;
	const struct declaration_text *d;
	uint32_t i = u->unit->first;

	if (!comment)
		return;
	while (!plan->record->fields[i].name || plan_move(plan, i) || !plan_touches(plan, i))
		i++;
	d = declaration(w, i);
	edits_add(&w->edits, d->lines_from, d->lines_from, "%s",
		  comment_lines(w->a, indent_of(w, d), comment));
}

/* The member that is carried elsewhere, with the comments that are its own. */
static void carry(struct rewrite *w)
{
	const struct plan *plan = w->plan;
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

/* Each declaration that loses fields is changed once, however many those are. */
static void remove_moved(struct rewrite *w)
{
	const struct declaration_text *d, *done = NULL;
	uint32_t i;

	for (i = 0; i < w->plan->record->nfields; i++) {
		if (!plan_move(w->plan, i) || (d = declaration(w, i)) == done)
			continue;
		remove_from(w, d, plan_move(w->plan, i)->behind == NONE);
		done = d;
	}
}

char *rewrite_split(struct plan *plan, const char *text, bool *lists, struct arena *a)
{
	struct rewrite w = { .plan = plan, .a = a };
	char *planned = NULL;
	uint32_t i;

	if (!decl_parse(&w.text, text, &plan->record->loc))
		plan->refusal = "its declaration is made by a macro";
	else if (all_written_out(&w)) {
		for (i = 0; i < plan->nunits; i++)
			comment_kept(&w, plan->units[i]);
		for (i = 0; i < plan->nmoves; i++) {
			if (plan->moves[i].behind == NONE)
				change_in_place(&w, i);
			else
				move_away(&w, i);
		}
		carry(&w);
		remove_moved(&w);
		planned = edits_apply(&w.edits, text);
	}
	*lists = w.lists;
	edits_free(&w.edits);
	decl_free(&w.text);
	return planned;
}
