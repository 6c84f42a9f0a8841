// SPDX-License-Identifier: GPL-2.0-only
/* macro_scan.c - scans a file for names that may be macros, without preprocessing it. */
#include <ctype.h>
#include <string.h>

#include "macro_scan.h"

struct scan {
	const char *at, *end;
	void (*use)(void *ctx, enum macro_mention what, const char *name, size_t n);
	void *ctx;
};

static bool is_word(char c)
{
	return c == '_' || isalnum((unsigned char)c);
}

static bool ahead(const struct scan *s, const char *what)
{
	size_t n = strlen(what);

	return (size_t)(s->end - s->at) >= n && !memcmp(s->at, what, n);
}

static void skip_literal(struct scan *s)
{
	char quote = *s->at++;

	while (s->at < s->end && *s->at != quote && *s->at != '\n')
		s->at += *s->at == '\\' && s->at + 1 < s->end ? 2 : 1;
	if (s->at < s->end && *s->at == quote)
		s->at++;
}

/* Skips a comment, literal or line continuation if there is one here. */
static bool skip_opaque(struct scan *s)
{
	if (ahead(s, "/*")) {
		const char *close = memmem(s->at + 2, (size_t)(s->end - s->at) - 2, "*/", 2);

		s->at = close ? close + 2 : s->end;
	} else if (ahead(s, "//")) {
		while (s->at < s->end && *s->at != '\n')
			s->at++;
	} else if (*s->at == '"' || *s->at == '\'') {
		skip_literal(s);
	} else if (ahead(s, "\\\n")) {
		s->at += 2;
	} else {
		return false;
	}
	return true;
}

/* Finds the next name of the line; false at its end. */
static bool next_word(struct scan *s, const char **word, size_t *n)
{
	while (s->at < s->end && *s->at != '\n') {
		if (skip_opaque(s))
			continue;
		*word = s->at;
		while (s->at < s->end && is_word(*s->at))
			s->at++;
		*n = (size_t)(s->at - *word);
		if (*n && !isdigit((unsigned char)**word))
			return true;
		if (!*n)
			s->at++;
	}
	return false;
}

static bool is(const char *word, size_t n, const char *what)
{
	return n == strlen(what) && !memcmp(word, what, n);
}

static void use_rest(struct scan *s)
{
	const char *word;
	size_t n;

	while (next_word(s, &word, &n))
		s->use(s->ctx, MENTION_USED, word, n);
}

/* A directive.  Of a #define only the name counts: its body is expanded elsewhere. */
static void directive(struct scan *s)
{
	enum macro_mention what = MENTION_USED;
	const char *word;
	size_t n;

	s->at++;
	if (!next_word(s, &word, &n))
		return;
	if (is(word, n, "define"))
		what = MENTION_DEFINED;
	else if (is(word, n, "undef"))
		what = MENTION_UNDEFINED;
	else if (is(word, n, "ifndef"))
		what = MENTION_IFNDEF;
	else if (is(word, n, "include"))
		what = MENTION_INCLUDE;
	if (what != MENTION_USED) {
		if (next_word(s, &word, &n) || what == MENTION_INCLUDE)
			s->use(s->ctx, what, word, n);
		while (next_word(s, &word, &n))
			;
	} else {
		use_rest(s);
	}
}

void macro_scan(const char *text, size_t bytes,
		void (*use)(void *ctx, enum macro_mention what, const char *name, size_t n),
		void *ctx)
{
	struct scan s = { .at = text, .end = text + bytes, .use = use, .ctx = ctx };

	while (s.at < s.end) {
		if (isspace((unsigned char)*s.at) || skip_opaque(&s)) {
			s.at += s.at < s.end && isspace((unsigned char)*s.at);
			continue;
		}
		if (*s.at == '#')
			directive(&s);
		else
			use_rest(&s);
	}
}

bool macro_include_guarded(const char *text)
{
	for (;;) {
		text += strspn(text, " \t\r\n");
		if (!strncmp(text, "/*", 2) && strstr(text, "*/"))
			text = strstr(text, "*/") + 2;
		else if (!strncmp(text, "//", 2))
			text += strcspn(text, "\n");
		else
			return !strncmp(text, "#ifndef", 7) || !strncmp(text, "#pragma once", 12);
	}
}
