// SPDX-License-Identifier: GPL-2.0-only
/* shell_words.c - command lines split into words as sh does it. */
#include "base/util.h"
#include "shell_words.h"

static bool is_operator(char c)
{
	return c && strchr(";&|()<>\n", c);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/*
 * Copies the quoted text at `s` to `*out` (XCU 2.2.2, 2.2.3).  Returns what follows the closing quote,
 * NULL if there is none.
 */
static const char *copy_quoted(const char *s, char **out)
{
	char quote = *s++;

	while (*s && *s != quote) {
		if (quote == '"' && *s == '\\' && s[1] && strchr("$`\"\\\n", s[1]))
			s++;
		*(*out)++ = *s++;
	}
	return *s ? s + 1 : NULL;
}

/* Copies the word at `s` and ends it.  Returns what follows, NULL if a quote is not closed. */
static const char *copy_word(const char *s, char **out)
{
	while (s && *s && !is_blank(*s) && !is_operator(*s)) {
		if (*s == '\'' || *s == '"') {
			s = copy_quoted(s, out);
			continue;
		}
		if (*s == '\\' && s[1])
			s++;
		*(*out)++ = *s++;
	}
	*(*out)++ = '\0';
	return s;
}

void words_open(struct shell_words *w, const char *line)
{
	/* A word and its NUL take no more room than the word and its separator in the line. */
	w->text = xrealloc(w->text, strlen(line) + 1);
	w->end = w->text;
	w->rest = line;
}

bool words_next(struct shell_words *w)
{
	const char *s = w->rest;

	w->n = 0;
	while (is_blank(*s) || is_operator(*s))
		s++;
	while (*s && *s != '#' && !is_operator(*s)) {
		*vec_add(w->v, w->n, w->cap) = w->end;
		s = copy_word(s, &w->end);
		if (!s)
			return false;
		while (is_blank(*s))
			s++;
	}
	*vec_add(w->v, w->n, w->cap) = NULL;
	w->rest = s;
	return --w->n > 0;
}

void words_close(struct shell_words *w)
{
	free(w->v);
	free(w->text);
	memset(w, 0, sizeof(*w));
}
