// SPDX-License-Identifier: GPL-2.0-only
/* comment_move.c - comments of the tree that move with a declaration. */
#include "comment_move.h"
#include "comments.h"

/* Bytes of the line at `line` that are no blanks at its end; the comment ends at `end`. */
static int line_bytes(const char *line, const char *end)
{
	size_t n = strcspn(line, "\n");

	if (n > (size_t)(end - line))
		n = (size_t)(end - line);
	while (n && strchr(" \t", line[n - 1]))
		n--;
	return (int)n;
}

/* The line behind the one at `line`, or NULL. */
static const char *next_line(const char *line, const char *end)
{
	line += strcspn(line, "\n") + 1;
	return line < end ? line : NULL;
}

/* Has each line behind the first its star below that of the first, and is the last one that star alone? */
static bool is_in_style(const char *text, const char *line, const char *end, size_t col)
{
	while ((line = next_line(line, end))) {
		const char *star = line + strspn(line, " \t");

		if (*star != '*' || text_column(text, (size_t)(star - text)) != col + 1)
			return false;
		if (!next_line(line, end))
			return star + 2 == end || end[-3] == '*';
	}
	return true;
}

/* As it is, without blanks at the ends of its lines. */
static const char *stripped(struct arena *a, const char *line, const char *end)
{
	const char *out = arena_printf(a, "%.*s", line_bytes(line, end), line);

	while ((line = next_line(line, end)))
		out = arena_printf(a, "%s\n%.*s", out, line_bytes(line, end), line);
	return out;
}

/* White space that leads to a column at the start of a line. */
static const char *indentation(struct arena *a, size_t col)
{
	char *out = arena_alloc(a, col + 1);

	memset(out, '\t', col / 8);
	memset(out + col / 8, ' ', col % 8);
	return out;
}

/* What the line says behind its star, if it has one. */
static const char *line_words(const char *line, const char *end)
{
	line += strspn(line, " \t");
	if (line < end && *line == '*')
		line += line + 1 < end && strchr(" \t", line[1]) ? 2 : 1;
	return line < end ? line : end;
}

/* What each line says behind a star of its own, below that of the first line, which says nothing. */
static const char *restyled(struct arena *a, const char *line, const char *end, size_t col)
{
	const char *left = indentation(a, col), *first = line + (line[2] == '*' ? 3 : 2), *out,
		   *words;

	out = arena_printf(a, "%.*s", (int)(first - line), line);
	for (end -= 2, line = first; line; line = next_line(line, end)) {
		words = line_words(line, end);
		if (line_bytes(words, end))
			out = arena_printf(a, "%s\n%s * %.*s", out, left, line_bytes(words, end),
					   words);
		else if (line != first && next_line(line, end))
			out = arena_printf(a, "%s\n%s *", out, left);
	}
	return arena_printf(a, "%s\n%s */", out, left);
}

const char *comment_carried(struct arena *a, const char *text, size_t from, size_t to, size_t col,
			    bool stays)
{
	const char *line = text + from, *end = text + to;
	size_t first = strcspn(line, "\n");

	if (stays && first < to - from && text_column(text, from) == col)
		return arena_printf(a, "%.*s%.*s", line_bytes(line, end), line,
				    (int)(to - from - first), line + first);
	if (is_in_style(text, line, end, col))
		return stripped(a, line, end);
	return restyled(a, line, end, col);
}
