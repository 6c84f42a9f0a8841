// SPDX-License-Identifier: GPL-2.0-only
/* same_tokens.c - do two files differ in comments and white space alone? */
#include <ctype.h>

#include "base/buf.h"
#include "base/util.h"
#include "same_tokens.h"
#include "tokens.h"

/* What is said of the white space in front of a token, as far as it counts. */
enum token_space {
	TOKEN_ON_NEW_LINE =
		1,	 /* of a # or in a directive, or behind one: it is the first of its line */
	TOKEN_APART = 2, /* in a directive: there is white space in front of it */
	TOKEN_SPLICED = 4, /* in a directive: a backslash and a newline are in front of it */
	TOKEN_BLANK_LINE = 8,
};

struct lexed {
	char *data;
	size_t end;	       /* of the token before */
	struct buf text;       /* each token: a byte of spaces, its text, NUL */
	struct buf with_lines; /* the same, with TOKEN_BLANK_LINE */
	bool speaks;	       /* has a comment that counts */
	bool directive;	       /* the token before is in one */
	unsigned int newlines; /* since the token before, but for those in comments */
	bool apart, spliced;
	bool (*is_spoken)(const char *comment, void *ctx);
	void *ctx;
};

/* --- white space */

/* Is there a backslash in front of a newline? */
static bool is_spliced(const struct lexed *l, const char *at)
{
	at -= at > l->data && at[-1] == '\r';
	return at > l->data && at[-1] == '\\';
}

static void gap_add(struct lexed *l, const char *at, const char *end)
{
	l->apart |= at < end;
	for (; at < end; at++) {
		if (*at == '\n' && is_spliced(l, at))
			l->spliced = true;
		else if (*at == '\n')
			l->newlines++;
	}
}

static unsigned char gap_take(struct lexed *l, bool hash)
{
	unsigned char space = l->newlines > 1 ? TOKEN_BLANK_LINE : 0;

	if (l->newlines && (hash || l->directive))
		space |= TOKEN_ON_NEW_LINE;
	if (l->newlines)
		l->directive = hash;
	if (l->directive && l->apart && !l->newlines)
		space |= TOKEN_APART;
	if (l->directive && l->spliced)
		space |= TOKEN_SPLICED;
	l->newlines = 0;
	l->apart = l->spliced = false;
	return space;
}

/* --- tokens */

static void token_put(struct lexed *l, const char *text, size_t n, bool hash)
{
	unsigned char space = gap_take(l, hash), less = space & (unsigned char)~TOKEN_BLANK_LINE;

	buf_add(&l->with_lines, &space, 1);
	buf_add(&l->with_lines, text, n);
	buf_add(&l->with_lines, "", 1);
	buf_add(&l->text, &less, 1);
	buf_add(&l->text, text, n);
	buf_add(&l->text, "", 1);
}

/* A comment that is not spoken is a blank. */
static void comment_put(struct lexed *l, const char *text, size_t n)
{
	char *words = xmalloc(n + 1);
	size_t i, kept = 0;

	for (i = 0; i < n; i++) {
		bool blank = text[i] == '*' || text[i] == '/' || isspace((unsigned char)text[i]);

		if (!blank)
			words[kept++] = text[i];
		else if (kept && words[kept - 1] != ' ')
			words[kept++] = ' ';
	}
	words[kept] = '\0';
	if (l->is_spoken(words, l->ctx)) {
		l->speaks = true;
		token_put(l, words, kept, false);
	} else {
		l->apart = true;
	}
	free(words);
}

static void token_take(void *ctx, const struct token *t)
{
	struct lexed *l = ctx;
	const char *at = l->data + t->from;
	size_t n = t->to - t->from;

	gap_add(l, l->data + l->end, at);
	l->end = t->to;
	if (t->kind == TOKEN_COMMENT)
		comment_put(l, at, n);
	else
		token_put(l, at, n, n == 1 && *at == '#');
}

static bool lex_file(struct lexed *l, const char *path)
{
	size_t n;
	bool done;

	l->data = read_file(path, &n);
	l->newlines = 1;
	done = l->data && tokens_each(l->data, n, token_take, l);
	free(l->data);
	return done;
}

static bool is_same(const struct buf *a, const struct buf *b)
{
	return a->n == b->n && (!a->n || !memcmp(a->data, b->data, a->n));
}

bool tokens_same(const char *path_a, const char *path_b,
		 bool (*speaks)(const char *comment, void *ctx), void *ctx)
{
	struct lexed a = { .is_spoken = speaks, .ctx = ctx }, b = a;
	bool same = lex_file(&a, path_a) && lex_file(&b, path_b) &&
		    (a.speaks ? is_same(&a.with_lines, &b.with_lines) : is_same(&a.text, &b.text));

	free(a.text.data);
	free(a.with_lines.data);
	free(b.text.data);
	free(b.with_lines.data);
	return same;
}
