// SPDX-License-Identifier: GPL-2.0-only
/*
 * tokens.c - the tokens of a file as the lexer of clang sees them.
 *
 * The text is put between #if 0 and #endif and tokenized: nothing of it is parsed or executed, no #pragma
 * either.
 */
#include "base/buf.h"
#include "front_state.h"
#include "tokens.h"

static const char before[] = "#if 0\n", behind[] = "\n#endif\n";

static size_t offset_of(CXSourceLocation at)
{
	unsigned int offset;

	clang_getFileLocation(at, NULL, NULL, NULL, &offset);
	return offset - strlen(before);
}

static enum token_kind kind_of(CXToken t)
{
	switch (clang_getTokenKind(t)) {
	case CXToken_Comment:
		return TOKEN_COMMENT;
	case CXToken_Identifier:
		return TOKEN_NAME;
	default:
		return TOKEN_OTHER;
	}
}

/* (the last one may be the # behind the text) */
static void give(CXTranslationUnit tu, const CXToken *tokens, unsigned int n, size_t bytes,
		 void (*take)(void *ctx, const struct token *t), void *ctx)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		CXSourceRange range = clang_getTokenExtent(tu, tokens[i]);
		struct token t = { .kind = kind_of(tokens[i]),
				   .from = offset_of(clang_getRangeStart(range)),
				   .to = offset_of(clang_getRangeEnd(range)) };

		if (t.to <= bytes)
			take(ctx, &t);
	}
}

/* `all` is the text with what is put around it. */
static bool lex(CXIndex index, const struct buf *all,
		void (*take)(void *ctx, const struct token *t), void *ctx)
{
	struct CXUnsavedFile file = { .Filename = "tokens.h",
				      .Contents = (const char *)all->data,
				      .Length = all->n };
	static const char *const args[] = { "-xc" };
	CXTranslationUnit tu = NULL;
	unsigned int n = 0, end = (unsigned int)(all->n - strlen(behind));
	CXToken *tokens = NULL;
	CXFile whole;

	if (clang_parseTranslationUnit2(index, file.Filename, args, 1, &file, 1, 0, &tu))
		return false;
	whole = clang_getFile(tu, file.Filename);
	clang_tokenize(tu,
		       clang_getRange(clang_getLocationForOffset(tu, whole, strlen(before)),
				      clang_getLocationForOffset(tu, whole, end)),
		       &tokens, &n);
	give(tu, tokens, n, all->n - strlen(before) - strlen(behind), take, ctx);
	clang_disposeTokens(tu, tokens, n);
	clang_disposeTranslationUnit(tu);
	return true;
}

bool tokens_each(const char *text, size_t bytes, void (*take)(void *ctx, const struct token *t),
		 void *ctx)
{
	CXIndex index = front_index(0);
	struct buf all = { 0 };
	bool done;

	buf_add(&all, before, strlen(before));
	buf_add(&all, text, bytes);
	buf_add(&all, behind, strlen(behind));
	done = lex(index, &all, take, ctx);
	clang_disposeIndex(index);
	free(all.data);
	return done;
}
