// SPDX-License-Identifier: GPL-2.0-only
/*
 * same_tokens.c - do two files differ in comments and white space alone?
 *
 * A file is put between #if 0 and #endif and tokenized: nothing of it is parsed or executed, no #pragma
 * either.
 */
#include <ctype.h>

#include "base/buf.h"
#include "front_state.h"
#include "same_tokens.h"

static const char before[] = "#if 0\n", behind[] = "\n#endif\n";

/* What is said of the white space in front of a token, as far as it counts. */
enum token_space {
	TOKEN_ON_NEW_LINE =
		1,	 /* of a # or in a directive, or behind one: it is the first of its line */
	TOKEN_APART = 2, /* in a directive: there is white space in front of it */
	TOKEN_SPLICED = 4, /* in a directive: a backslash and a newline are in front of it */
	TOKEN_BLANK_LINE = 8,
};

struct lexed {
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

static void gap_add(struct lexed *l, const char *at, const char *end)
{
	l->apart |= at < end;
	for (; at < end; at++) {
		if (*at == '\n' && (at[-1] == '\\' || (at[-1] == '\r' && at[-2] == '\\')))
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

static unsigned int offset_of(CXSourceLocation at)
{
	unsigned int offset;

	clang_getFileLocation(at, NULL, NULL, NULL, &offset);
	return offset;
}

static void tokens_put(struct lexed *l, CXTranslationUnit tu, const char *text,
		       const CXToken *tokens, unsigned int n)
{
	unsigned int i, end = strlen(before);

	l->newlines = 1;
	for (i = 0; i < n; i++) {
		CXSourceRange range = clang_getTokenExtent(tu, tokens[i]);
		unsigned int from = offset_of(clang_getRangeStart(range));
		const char *at = text + from;
		size_t bytes = offset_of(clang_getRangeEnd(range)) - from;

		gap_add(l, text + end, at);
		end = from + (unsigned int)bytes;
		if (clang_getTokenKind(tokens[i]) == CXToken_Comment)
			comment_put(l, at, bytes);
		else
			token_put(l, at, bytes, bytes == 1 && *at == '#');
	}
}

/* Lexes `text`, which stands between `before` and `behind`. */
static bool lex(struct lexed *l, CXIndex index, const char *text, size_t bytes)
{
	struct CXUnsavedFile file = { .Filename = "tokens.h", .Contents = text, .Length = bytes };
	static const char *const args[] = { "-xc" };
	CXTranslationUnit tu = NULL;
	unsigned int n = 0;
	CXToken *tokens = NULL;
	CXFile whole;

	if (clang_parseTranslationUnit2(index, file.Filename, args, 1, &file, 1, 0, &tu))
		return false;
	whole = clang_getFile(tu, file.Filename);
	clang_tokenize(tu,
		       clang_getRange(clang_getLocationForOffset(tu, whole, strlen(before)),
				      clang_getLocationForOffset(
					      tu, whole, (unsigned int)(bytes - strlen(behind)))),
		       &tokens, &n);
	tokens_put(l, tu, text, tokens, n);
	clang_disposeTokens(tu, tokens, n);
	clang_disposeTranslationUnit(tu);
	return true;
}

static bool lex_file(struct lexed *l, const char *path)
{
	size_t n;
	char *data = read_file(path, &n);
	CXIndex index = data ? front_index(0) : NULL;
	struct buf all = { 0 };
	bool done;

	if (!data)
		return false;
	buf_add(&all, before, strlen(before));
	buf_add(&all, data, n);
	buf_add(&all, behind, sizeof(behind));
	done = lex(l, index, (const char *)all.data, all.n - 1);
	clang_disposeIndex(index);
	free(all.data);
	free(data);
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
