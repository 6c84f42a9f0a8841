// SPDX-License-Identifier: GPL-2.0-only
/* source_text.c - comments and preprocessor conditionals around a declaration. */
#include <ctype.h>

#include "source_text.h"

/* The text without comment marks, runs of white space as one blank. */
static str clean_comment(const char *text, size_t n)
{
	char *out = xmalloc(n + 1);
	size_t i, len = 0;
	bool line_start = true;
	str id;

	for (i = 0; i < n; i++) {
		char c = text[i];

		if (c == '/' && i + 1 < n && (text[i + 1] == '*' || text[i + 1] == '/')) {
			i++;
			line_start = true;
			continue;
		}
		if (c == '*' && (line_start || (i + 1 < n && text[i + 1] == '/'))) {
			if (i + 1 < n && text[i + 1] == '/')
				i++;
			continue;
		}
		if (c == '\n')
			line_start = true;
		else if (!isspace((unsigned char)c))
			line_start = false;
		if (!isspace((unsigned char)c))
			out[len++] = c;
		else if (len && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	while (len && out[len - 1] == ' ')
		len--;
	id = str_intern_n(out, len);
	free(out);
	return id;
}

static bool starts(const struct source *s, size_t at, const char *what)
{
	size_t n = strlen(what);

	return at + n <= s->bytes && !strncmp(s->text + at, what, n);
}

static size_t line_start(const struct source *s, size_t at)
{
	while (at && s->text[at - 1] != '\n')
		at--;
	return at;
}

static size_t skip_blanks(const struct source *s, size_t at)
{
	while (at < s->bytes && (s->text[at] == ' ' || s->text[at] == '\t'))
		at++;
	return at;
}

/*
 * Where the comment that ends before `end` begins; `end` if there is none, or code before it on
 * its line.
 */
static size_t comment_begin(const struct source *s, size_t end)
{
	size_t line, at, first = end;

	if (end >= 4 && !strncmp(s->text + end - 2, "*/", 2)) {
		for (at = end - 2; at >= 2 && strncmp(s->text + at - 2, "/*", 2); at--)
			;
		first = at >= 2 ? at - 2 : end;
		return skip_blanks(s, line_start(s, first)) == first ? first : end;
	}
	for (line = line_start(s, end);; line = line_start(s, line - 1)) {
		at = skip_blanks(s, line);
		if (!starts(s, at, "//"))
			return first;
		first = at;
		if (!line)
			return first;
	}
}

static str comment_over(const struct source *s, size_t from)
{
	size_t line = line_start(s, from), end, first;

	if (!line || skip_blanks(s, line) != from)
		return 0;
	for (end = line - 1; end && (s->text[end - 1] == ' ' || s->text[end - 1] == '\t' ||
				     s->text[end - 1] == '\r');
	     end--)
		;
	first = comment_begin(s, end);
	return first < end ? clean_comment(s->text + first, end - first) : 0;
}

static str comment_behind(const struct source *s, size_t to)
{
	size_t at = to, end;

	while (at < s->bytes && s->text[at] != ';' && s->text[at] != ',' && s->text[at] != '\n')
		at++;
	if (at >= s->bytes || s->text[at] == '\n')
		return 0;
	at = skip_blanks(s, at + 1);
	if (starts(s, at, "//")) {
		for (end = at; end < s->bytes && s->text[end] != '\n'; end++)
			;
	} else if (starts(s, at, "/*")) {
		for (end = at + 2; end < s->bytes && !starts(s, end, "*/"); end++)
			;
	} else {
		return 0;
	}
	return clean_comment(s->text + at, end - at);
}

str text_comment(const struct source *s, size_t from, size_t to)
{
	str over = comment_over(s, from), behind = comment_behind(s, to);

	if (over && behind)
		return str_printf("%s %s", str_get(over), str_get(behind));
	return over ? over : behind;
}

/* The offset behind the comment at `at`; 0: there is none. */
static size_t comment_end(const struct source *s, size_t at)
{
	if (starts(s, at, "//"))
		return at + strcspn(s->text + at, "\n");
	if (!starts(s, at, "/*"))
		return 0;
	for (at += 2; at < s->bytes && !starts(s, at, "*/"); at++)
		;
	return at < s->bytes ? at + 2 : s->bytes;
}

static bool is_blank_line(const struct source *s, size_t line)
{
	line = skip_blanks(s, line);
	return line >= s->bytes || s->text[line] == '\n' || s->text[line] == '\r';
}

static void scan_line(const struct source *s, struct group_scan *g)
{
	size_t at = skip_blanks(s, g->at), end = comment_end(s, at), next;

	next = end ? end : at;
	next += strcspn(s->text + next, "\n");
	next += next < s->bytes;
	if (end && is_blank_line(s, end)) { /* a comment with nothing behind it */
		if (is_blank_line(s, next)) {
			g->alone = clean_comment(s->text + at, end - at);
			g->run = 0;
		} else {
			g->run = clean_comment(s->text + at, end - at);
		}
	} else if (is_blank_line(s, g->at)) {
		g->run = 0;
	}
	g->at = next;
}

str text_group_comment(const struct source *s, struct group_scan *g, size_t from)
{
	size_t line = line_start(s, from);

	while (g->at < line)
		scan_line(s, g);
	if (g->alone && g->run)
		return str_printf("%s; %s", str_get(g->alone), str_get(g->run));
	return g->run ? g->run : g->alone;
}

bool text_is_conditional(const struct source *s, size_t from, size_t at)
{
	size_t line = line_start(s, from), i;
	int depth = 0;

	for (; line < at; line++) {
		i = skip_blanks(s, line);
		if (i < s->bytes && s->text[i] == '#') {
			i = skip_blanks(s, i + 1);
			if (starts(s, i, "if"))
				depth++;
			else if (starts(s, i, "endif"))
				depth--;
		}
		while (line < at && s->text[line] != '\n')
			line++;
	}
	return depth > 0;
}

size_t text_skip(const struct source *s, size_t at)
{
	for (;;) {
		while (at < s->bytes && isspace((unsigned char)s->text[at]))
			at++;
		if (starts(s, at, "//")) {
			while (at < s->bytes && s->text[at] != '\n')
				at++;
		} else if (starts(s, at, "/*")) {
			for (at += 2; at < s->bytes && !starts(s, at, "*/"); at++)
				;
			at += 2;
		} else {
			return at < s->bytes ? at : s->bytes;
		}
	}
}
