// SPDX-License-Identifier: GPL-2.0-only
/* model_words.c - a model file as statements, and a statement as words. */
#include <errno.h>
#include <limits.h>

#include "model_words.h"

/* --- statements */

void words_begin(struct words *w, const char *path, char *text)
{
	*w = (struct words){ .path = path, .next = text };
}

void words_end(struct words *w)
{
	free(w->words);
	*w = (struct words){ 0 };
}

static void add_words(struct words *w, char *line)
{
	char *text, *rest = line;

	while ((text = strtok_r(NULL, " \t\r", &rest)))
		*vec_add(w->words, w->n, w->cap) = (struct word){ text, w->line };
}

/* Adds the words of one line; true if the statement goes on in the next. */
static bool add_line(struct words *w)
{
	char *line = w->next, *end = strchr(line, '\n');
	size_t n;

	w->next = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	w->line++;
	line[strcspn(line, "#")] = '\0';
	for (n = strlen(line); n && strchr(" \t\r", line[n - 1]); n--)
		;
	line[n] = '\0';
	if (!n || line[n - 1] != '\\') {
		add_words(w, line);
		return false;
	}
	line[n - 1] = '\0';
	add_words(w, line);
	return w->next;
}

bool words_statement(struct words *w)
{
	w->n = w->at = 0;
	while (!w->n && w->next)
		while (add_line(w))
			;
	return w->n;
}

uint32_t words_line(const struct words *w)
{
	return w->words[0].line;
}

/* --- words */

char *word_peek(const struct words *w)
{
	return w->at < w->n ? w->words[w->at].text : NULL;
}

char *word_next(struct words *w)
{
	char *text = word_peek(w);

	w->at += text != NULL;
	return text;
}

char *word_expect(struct words *w, const char *expected)
{
	char *text = word_next(w);

	if (!text)
		word_refuse(w, expected, NULL);
	return text;
}

void word_refuse(const struct words *w, const char *expected, const char *found)
{
	uint32_t line = w->words[w->at ? w->at - 1 : 0].line;

	if (found)
		die("%s:%u: expected %s, found '%.60s'", w->path, line, expected, found);
	die("%s:%u: expected %s, found end of line", w->path, line, expected);
}

/* --- parts of a word */

str word_name(const struct words *w, const char *text, const char *expected)
{
	if (!*text || text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
					"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")])
		word_refuse(w, expected, text);
	return str_intern(text);
}

int word_number(const struct words *w, const char *text)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || n > SCHAR_MAX)
		word_refuse(w, "the number of an argument, from 0", text);
	return (int)n;
}

int word_argument(const struct words *w, const char *text, str *member)
{
	char *number = xstrdup(text), *dot = strchr(number, '.');
	int arg;

	if (dot) {
		*dot = '\0';
		*member = word_name(w, dot + 1, "the name of a member");
	}
	arg = word_number(w, number);
	free(number);
	return arg;
}

const char *word_option(const char *word, const char *key)
{
	size_t n = strlen(key);

	return !strncmp(word, key, n) && word[n] == '=' ? word + n + 1 : NULL;
}

void word_names(const struct words *w, char *text, const char *expected, struct names *out)
{
	char *comma;

	for (; (comma = strchr(text, ',')); text = comma + 1) {
		*comma = '\0';
		*vec_add(out->v, out->n, out->cap) = word_name(w, text, expected);
	}
	*vec_add(out->v, out->n, out->cap) = word_name(w, text, expected);
}

/* "NAME", or "{NAME,NAME...}" */
static void braced_names(const struct words *w, char *text, struct names *out)
{
	size_t n = strlen(text);

	if (*text != '{') {
		*vec_add(out->v, out->n, out->cap) = word_name(w, text, "RECORD.FIELD");
		return;
	}
	if (n < 2 || text[n - 1] != '}')
		word_refuse(w, "{NAME,NAME...}", text);
	text[n - 1] = '\0';
	word_names(w, text + 1, "a name between the braces", out);
}

/* Cuts "RECORD.FIELD" at its last dot and returns "FIELD". */
static char *field_split(const struct words *w, char *text)
{
	char *dot = strrchr(text, '.');

	if (!dot || dot == text || !dot[1])
		word_refuse(w, "RECORD.FIELD", text);
	*dot = '\0';
	return dot + 1;
}

void word_fields(const struct words *w, char *text, bool star, struct names *records,
		 struct names *fields)
{
	struct names r = { 0 }, f = { 0 };
	char *field = field_split(w, text);
	size_t i, k;

	braced_names(w, text, &r);
	if (star && !strcmp(field, "*"))
		*vec_add(f.v, f.n, f.cap) = str_intern("*");
	else
		braced_names(w, field, &f);
	for (i = 0; i < r.n; i++)
		for (k = 0; k < f.n; k++) {
			*vec_add(records->v, records->n, records->cap) = r.v[i];
			*vec_add(fields->v, fields->n, fields->cap) = f.v[k];
		}
	free(r.v);
	free(f.v);
}

void word_field(const struct words *w, char *text, str *record, str *field)
{
	char *name = field_split(w, text);

	*record = word_name(w, text, "RECORD.FIELD");
	*field = word_name(w, name, "RECORD.FIELD");
}
