// SPDX-License-Identifier: GPL-2.0-only
/* declarators.c - the names that one member declaration declares, each with the comments that are about it. */
#include <ctype.h>

#include "declarators.h"

/* Offset behind the comment that starts at `at`, else `at`. */
static size_t skip_comment(const char *text, size_t at)
{
	return text[at] == '/' ? skip_literal(text, at) : at;
}

/* Offset of the next character that is of no comment and no white space. */
static size_t skip_gap(const char *text, size_t at)
{
	size_t next;

	for (;; at = next) {
		at += strspn(text + at, " \t\n");
		next = skip_comment(text, at);
		if (next == at)
			return at;
	}
}

/* Offset behind the comments that follow on the line, else `at`: there are none, or more than these. */
static size_t line_comments(const char *text, size_t at)
{
	size_t from = at + strspn(text + at, " \t"), to = at, next;

	while ((next = skip_comment(text, from)) != from) {
		to = next;
		from = next + strspn(text + next, " \t");
	}
	return text[from] == '\n' ? to : at;
}

/* Offset of the first of `ends` outside of comments, literals and brackets; `to`: behind what is in front of it. */
static size_t find_end(const char *text, size_t at, const char *ends, size_t *to)
{
	size_t depth = 0, next;

	for (*to = at; text[at] && (depth || !strchr(ends, text[at])); at = next) {
		next = skip_literal(text, at);
		depth += next == at && strchr("([", text[at]);
		depth -= next == at && depth && strchr(")]", text[at]);
		if (next == at)
			next++;
		if (next != skip_comment(text, at) && !isspace((unsigned char)text[at]))
			*to = next;
	}
	return at;
}

/* The field of the record that is declared in text[from, to), or NONE. */
static uint32_t field_in(const char *text, const struct record *r, size_t from, size_t to)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[i];
		size_t at;

		if (!f->name ||
		    !memmem(text + from, to - from, str_get(f->name), strlen(str_get(f->name))))
			continue;
		at = text_offset(text, f->loc.line, f->loc.col);
		if (from <= at && at < to)
			return i;
	}
	return NONE;
}

/* Start of the first declarator: its name, or the `:` of one without name; `type_to`: end of what is in front. */
static size_t first_declarator(const struct record_text *t, const struct declaration_text *d,
			       const struct record *r, size_t *type_to)
{
	size_t end = find_end(t->text, d->from, ":,[=;", type_to), at = *type_to, next;

	while (at > d->from && (isalnum((unsigned char)t->text[at - 1]) || t->text[at - 1] == '_'))
		at--;
	if (field_in(t->text, r, at, *type_to) == NONE)
		return end;
	for (*type_to = next = d->from; next < at;) {
		size_t from = skip_gap(t->text, next);

		if (from >= at)
			break;
		next = skip_literal(t->text, from);
		next += next == from;
		*type_to = next;
	}
	return at;
}

struct declarators declarators_of(const struct record_text *t, const struct declaration_text *d,
				  const struct record *r, struct arena *a)
{
	struct declarators l = { 0 };
	struct declarator *n;
	size_t first = first_declarator(t, d, r, &l.type_to), at, i;

	for (at = d->from, i = 0; at < d->to; at++)
		i += t->text[at] == ',' || t->text[at] == ';';
	l.v = arena_alloc(a, i * sizeof(*l.v));
	l.names_from = line_comments(t->text, l.type_to);
	for (at = l.names_from; at < d->to; at = n->tail.to) {
		n = &l.v[l.n++];
		n->lead = at;
		n->from = l.n == 1 ? first : skip_gap(t->text, at);
		n->sep = find_end(t->text, n->from, ",;", &n->to);
		n->field = field_in(t->text, r, n->from, n->to);
		n->tail = (struct span){ n->sep + 1, n->sep + 1 };
		if (n->sep + 1 < d->to)
			n->tail.to = line_comments(t->text, n->sep + 1);
		else if (!d->shared_line && d->comment_to)
			n->tail.to = d->comment_to;
	}
	return l;
}

bool declares_list(const struct record_text *t, const struct declaration_text *d)
{
	size_t to;

	return t->text[find_end(t->text, d->from, ",;", &to)] == ',';
}

bool next_comment(const char *text, struct span *at, struct span *comment)
{
	size_t from = at->from, next;

	for (; from < at->to; from = next) {
		next = skip_literal(text, from);
		if (next != from && text[from] == '/') {
			*comment = (struct span){ from, next };
			at->from = next;
			return true;
		}
		next += next == from;
	}
	return false;
}
