// SPDX-License-Identifier: GPL-2.0-only
/* statement_text.c - the text of a statement and the lines that it is on. */
#include "bitops_use.h"
#include "decl.h"
#include "statement_text.h"

/* Finds the lines of a statement whose `from` and `to` are known; false: other code is on them. */
static bool find_lines(struct statement_text *st, const char *text)
{
	size_t end = st->to + strspn(text + st->to, " \t"), start = st->from;

	while (start && strchr(" \t", text[start - 1]))
		start--;
	if (text[end] == '/')
		end = skip_literal(text, end);
	end += strspn(text + end, " \t");
	if ((start && text[start - 1] != '\n') || text[end] != '\n')
		return false;
	st->lines_from = start;
	st->lines_to = end + 1;
	return true;
}

/* Does an assignment `=` end in front of `at`? */
static bool ends_in_assignment(const char *text, size_t at)
{
	return at > 1 && text[at - 1] == '=' && !strchr("=!<>+-*/%&|^", text[at - 2]);
}

/* Is a word of these letters at `at`? */
static bool is_word_at(const char *text, size_t at, const char *word)
{
	size_t n = strlen(word);

	return !strncmp(text + at, word, n) && !is_word(text[at + n]) &&
	       (!at || !is_word(text[at - 1]));
}

/*
 * Finds the end of the if or loop, without an else, whose body the statement is, on the next line and one tab
 * further to the right.
 */
static bool find_header(struct statement_text *st, const char *text)
{
	size_t end = before_space(text, st->from), open = end, depth = 0, word, next;

	if (!end || text[end - 1] != ')' || st->lines_from == st->from ||
	    text[st->from - 1] != '\t' || text[end] != '\n')
		return false;
	do {
		open--;
		depth += text[open] == ')';
		depth -= text[open] == '(';
	} while (open && depth);
	word = object_start(text, before_space(text, open));
	next = st->to + strspn(text + st->to, " \t\n");
	if (!is_statement(text, word, false) || is_word_at(text, next, "else"))
		return false;
	st->header = end;
	return true;
}

bool statement_of_store(struct statement_text *st, const char *text, size_t at, size_t object[2])
{
	size_t before;

	if (at < 3 || (text[at - 1] != '.' && strncmp(text + at - 2, "->", 2)))
		return false;
	object[1] = text[at - 1] == '.' ? at - 1 : at - 2;
	object[0] = object_start(text, object[1]);
	/* a = b = 0; */
	st->from = object[0];
	for (before = before_space(text, st->from); ends_in_assignment(text, before);
	     before = before_space(text, st->from))
		st->from = object_start(text, before_space(text, before - 1));
	st->to = value_end(text, at);
	if (text[st->to] != ';')
		return false;
	st->to++;
	st->header = 0;
	return find_lines(st, text) &&
	       (is_statement(text, st->from, false) || find_header(st, text));
}

bool statement_of_call(struct statement_text *st, const char *text, size_t at)
{
	size_t open = at;

	while (is_word(text[open]))
		open++;
	st->from = at;
	if (open == at || text[open] != '(' || !is_statement(text, at, false))
		return false;
	st->to = value_end(text, at);
	if (text[st->to] != ';' || text[before_space(text, st->to) - 1] != ')')
		return false;
	st->to++;
	return find_lines(st, text);
}

/* Offset behind the bracket that closes the one at `open`, or 0. */
static size_t behind_bracket(const char *text, size_t open)
{
	size_t at = open + 1;

	for (at = value_end(text, at); text[at] == ',';)
		at = value_end(text, at + 1);
	return text[at] == ')' ? at + 1 : 0;
}

bool guard_of_call(struct guard_text *g, const char *text, size_t at)
{
	size_t open = at, end, class, from;

	*g = (struct guard_text){ .from = at };
	while (is_word(text[open]))
		open++;
	end = text[open] == '(' ? behind_bracket(text, open) : 0;
	if (!end || open == at)
		return false;
	for (class = open + 1; is_word(text[class]); class ++)
		;
	g->class = str_intern_n(text + open + 1, class - open - 1);
	from = class + 1;
	if (text[end] == '(') { /* the second brackets have the argument */
		from = end + 1;
		end = behind_bracket(text, end);
	}
	if (!g->class || !end || from >= end)
		return false;
	from += strspn(text + from, " \t\n");
	g->lock = str_intern_n(text + from, end - 1 - from);
	g->to = end;
	return g->lock;
}

bool text_is_straight(const char *text, size_t from, size_t to)
{
	size_t at, next;

	for (at = from; at < to; at = next) {
		next = skip_literal(text, at);
		if (next == at && strchr("{}#", text[at]))
			return false;
		next = next == at ? at + 1 : next;
	}
	return true;
}
