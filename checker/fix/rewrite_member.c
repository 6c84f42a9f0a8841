// SPDX-License-Identifier: GPL-2.0-only
/* rewrite_member.c - the lines that declare a member, with the comments that are about it. */
#include "comment_move.h"
#include "comments.h"
#include "plan_lookup.h"
#include "rewrite_member.h"

const char *padding(struct arena *a, size_t from, const char *text, size_t at)
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

const char *indent_of(struct rewrite *w, const struct declaration_text *d)
{
	const char *line = w->text.text + d->lines_from;

	return arena_printf(w->a, "%.*s", (int)strspn(line, " \t"), line);
}

const char *with_comments(struct rewrite *w, const char *out, struct span at, bool stays)
{
	const char *text = w->text.text;
	struct span c;

	while (next_comment(text, &at, &c)) {
		out = arena_printf(w->a, "%s%s", out,
				   padding(w->a, text_column(out, strlen(out)), text, c.from));
		out = arena_printf(w->a, "%s%s", out,
				   comment_carried(w->a, text, c.from, c.to,
						   text_column(out, strlen(out)), stays));
	}
	return out;
}

const char *comments_above(struct rewrite *w, const struct declaration_text *d, struct span at)
{
	const char *indent = indent_of(w, d), *out = "";
	size_t col = text_column(indent, strlen(indent));
	struct span c;

	while (next_comment(w->text.text, &at, &c))
		out = arena_printf(w->a, "%s%s%s\n", out, indent,
				   comment_carried(w->a, w->text.text, c.from, c.to, col, false));
	return out;
}

const struct field_move *move_of(const struct rewrite *w, const struct declarator *n)
{
	return n->field == NONE ? NULL : plan_move(w->plan, n->field);
}

bool is_left(const struct rewrite *w, const struct declarator *n)
{
	return n->field == NONE || (!plan_move(w->plan, n->field) && n->field != w->plan->carried);
}

struct declarators names_of(struct rewrite *w, const struct declaration_text *d)
{
	struct declarators l = declarators_of(&w->text, d, w->plan->record, w->a);
	size_t i, j;

	for (i = 1; i < l.n; i++) {
		for (j = i; j && !is_left(w, &l.v[j]) &&
			    !memchr(w->text.text + l.v[j].lead, '\n', l.v[j].from - l.v[j].lead);
		     j--)
			;
		if (j == i || !is_left(w, &l.v[j]))
			continue;
		l.v[j].tail = l.v[i].tail;
		l.v[i].tail.to = l.v[i].tail.from;
	}
	return l;
}

bool all_move_away(const struct rewrite *w, const struct declarators *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (is_left(w, &l->v[i]) ||
		    (move_of(w, &l->v[i]) && move_of(w, &l->v[i])->behind == NONE))
			return false;
	return true;
}

/* The line of a bitfield of width zero, which ends the storage unit, if it is wanted (C11 3.14); or "". */
static const char *fence(struct rewrite *w, const struct field_move *m, bool wanted,
			 const char *indent)
{
	return wanted ? arena_printf(w->a, "%s%s:0;\n", indent, m->type) : "";
}

const char *member(struct rewrite *w, const struct field_move *m, const struct declaration_text *d)
{
	struct declarators l = names_of(w, d);
	const char *indent = indent_of(w, d), *text = w->text.text, *line, *above;
	const struct declarator *n = l.v;

	while (n->field != m->field)
		n++;
	line = arena_printf(w->a, "%s%s%s%s%s;", indent, m->type,
			    padding(w->a, text_column(indent, strlen(indent)) + strlen(m->type),
				    text, l.v->from),
			    str_get(w->plan->record->fields[m->field].name), move_width(m, w->a));
	line = with_comments(w, line, (struct span){ n->from, n->sep }, false);
	line = with_comments(w, line, n->tail, m->behind == NONE);
	above = comments_above(w, d, (struct span){ n->lead, n->from });
	if (n == l.v && (l.n == 1 || all_move_away(w, &l)))
		above = arena_printf(w->a, "%s%s",
				     comments_above(w, d, (struct span){ d->from, n->lead }),
				     above);
	return arena_printf(w->a, "%s%s%s\n%s", above, fence(w, m, m->fence_above, indent), line,
			    fence(w, m, m->fence_below, indent));
}

const char *group_comment(struct rewrite *w, uint32_t i, const struct declaration_text *near)
{
	if (!plan_group_starts(w->plan, i))
		return "";
	return comment_lines(w->a, indent_of(w, near), comment_moved(&w->plan->moves[i], w->a));
}
