// SPDX-License-Identifier: GPL-2.0-only
/* decl.c - the text of a record as a list of member declarations. */
#include <ctype.h>

#include "decl.h"

size_t text_offset(const char *text, uint32_t line, uint32_t col)
{
	const char *at = text;

	for (; line > 1; line--, at++) {
		at = strchr(at, '\n');
		if (!at)
			return strlen(text);
	}
	return (size_t)(at - text) + (col ? col - 1 : 0);
}

size_t skip_literal(const char *text, size_t at)
{
	char quote = text[at];
	const char *end;

	if (!strncmp(text + at, "/*", 2)) {
		end = strstr(text + at + 2, "*/");
		return end ? (size_t)(end - text) + 2 : at + strlen(text + at);
	}
	if (!strncmp(text + at, "//", 2))
		return at + strcspn(text + at, "\n");
	if (quote != '"' && quote != '\'')
		return at;
	for (at++; text[at] && text[at] != quote && text[at] != '\n'; at++)
		if (text[at] == '\\' && text[at + 1])
			at++;
	return text[at] ? at + 1 : at;
}

static size_t line_start(const char *text, size_t at)
{
	while (at && text[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const char *text, size_t at)
{
	at += strcspn(text + at, "\n");
	return text[at] ? at + 1 : at;
}

static bool line_blank(const char *text, size_t at)
{
	at += strspn(text + at, " \t");
	return text[at] == '\n' || !text[at];
}

/* --- the lines and comments around a declaration */

/*
 * Start of the line of the comment that ends in front of the line at `at`, if nothing else is on its
 * lines; else `at`.
 */
static size_t comment_above(const char *text, size_t at)
{
	size_t end = at ? at - 1 : 0, start, from;

	while (end && strchr(" \t", text[end - 1]))
		end--;
	if (end < 4 || strncmp(text + end - 2, "*/", 2)) {
		start = line_start(text, end);
		from = start + strspn(text + start, " \t");
		return at && !strncmp(text + from, "//", 2) ? start : at;
	}
	for (from = end - 3; from && strncmp(text + from, "/*", 2); from--)
		;
	start = line_start(text, from);
	return start + strspn(text + start, " \t") == from ? start : at;
}

/* Is the line at `next` blank, a comment, a directive or the end: a comment above is not about it? */
static bool is_apart(const char *text, size_t next)
{
	size_t at = next + strspn(text + next, " \t");

	return line_blank(text, next) || text[at] == '}' || text[at] == '#' ||
	       !strncmp(text + at, "/*", 2) || !strncmp(text + at, "//", 2);
}

/* Fills in the lines and comments of a declaration. */
static void look_around(const struct record_text *t, struct declaration_text *d)
{
	const char *text = t->text;
	size_t end = d->to, next;

	end += strspn(text + end, " \t");
	next = skip_literal(text, end);
	if (next != end && text[end] == '/') {
		d->comment_from = end;
		d->comment_to = next;
		end = next + strspn(text + next, " \t");
	}
	d->lines_from = line_start(text, d->from);
	d->lines_to = line_end(text, end);
	d->shared_line = text[end] != '\n' ||
			 d->lines_from + strspn(text + d->lines_from, " \t") != d->from;
	d->above = d->lines_from;
	if (!d->shared_line && d->lines_from > t->open + 1)
		d->above = comment_above(text, d->lines_from);
	if (d->above <= t->open)
		d->above = d->lines_from;
	d->blank_below = is_apart(text, d->lines_to);
}

/* --- splitting a record into declarations */

#define NOWHERE SIZE_MAX

struct decl_scan {
	struct record_text *t;
	size_t at;	 /* the next character */
	size_t from;	 /* start of the current declaration, or NOWHERE */
	uint32_t depth;	 /* of braces */
	uint32_t parens; /* depth of parentheses */
	bool divided;	 /* the current declaration has a directive in it */
	uint32_t condition,
		conditions; /* the current preprocessor section, and how many there were */
};

static void declaration_end(struct decl_scan *s)
{
	struct declaration_text *d;

	if (s->from == NOWHERE)
		return;
	d = vec_add(s->t->decls, s->t->n, s->t->cap);
	*d = (struct declaration_text){
		.from = s->from, .to = s->at + 1, .divided = s->divided, .condition = s->condition
	};
	s->divided = false;
	s->from = NOWHERE;
}

/* A directive begins another section: no declaration may be moved from one to another. */
static void directive(struct decl_scan *s)
{
	const char *text = s->t->text;

	s->condition = ++s->conditions;
	s->divided |= s->from != NOWHERE;
	do
		s->at = line_end(text, s->at);
	while (text[s->at] && s->at >= 2 && text[s->at - 2] == '\\');
}

static void punctuation(struct decl_scan *s, char c)
{
	if (c == '(')
		s->parens++;
	else if (c == ')' && s->parens)
		s->parens--;
	else if (c == '{' && s->depth++)
		s->from = NOWHERE;
	else if (c == '}' && --s->depth)
		s->from = s->at;
	else if (c == ';' && !s->parens)
		declaration_end(s);
}

/* Reads a character, comment or directive; returns false at the record's closing brace. */
static bool scan_step(struct decl_scan *s)
{
	const char *text = s->t->text;
	size_t next = skip_literal(text, s->at);
	char c = text[s->at];

	if (next != s->at) {
		s->at = next;
		return true;
	}
	if (c == '#' &&
	    line_start(text, s->at) + strspn(text + line_start(text, s->at), " \t") == s->at) {
		directive(s);
		return true;
	}
	if (s->from == NOWHERE && !isspace((unsigned char)c) && !strchr("{};", c))
		s->from = s->at;
	punctuation(s, c);
	if (!s->depth)
		return false;
	s->at++;
	return true;
}

bool decl_parse(struct record_text *t, const char *text, const struct loc *loc)
{
	struct decl_scan s = { .t = t, .from = NOWHERE };
	size_t i;

	*t = (struct record_text){ .text = text };
	s.at = text_offset(text, loc->line, loc->col);
	while (text[s.at] && text[s.at] != '{' && text[s.at] != ';')
		s.at = skip_literal(text, s.at) != s.at ? skip_literal(text, s.at) : s.at + 1;
	if (text[s.at] != '{')
		return false;
	t->open = s.at;
	while (text[s.at] && scan_step(&s))
		;
	t->close = s.at;
	for (i = 0; i < t->n; i++)
		look_around(t, &t->decls[i]);
	return text[s.at] == '}';
}

void decl_free(struct record_text *t)
{
	free(t->decls);
	*t = (struct record_text){ 0 };
}

const struct declaration_text *decl_of(const struct record_text *t, const struct field *f)
{
	size_t at = text_offset(t->text, f->loc.line, f->loc.col), n = strlen(str_get(f->name)), i;

	if (strncmp(t->text + at, str_get(f->name), n))
		return NULL;
	for (i = 0; i < t->n; i++)
		if (t->decls[i].from <= at && at < t->decls[i].to)
			return &t->decls[i];
	return NULL;
}
