// SPDX-License-Identifier: GPL-2.0-only
/* pch_compile.c - compiles a precompiled header and writes the index of its contents. */
#include "clang_args.h"
#include "base/buf.h"
#include "front_state.h"
#include "macro_scan.h"
#include "pch_compile.h"
#include "pch_index.h"
#include "source.h"

/* The main file; it exists in memory only. */
static const char main_name[] = "/racybits-precompiled.h";

/* Give up after so many rounds of dropping headers with errors. */
#define ROUNDS 8

struct pch_builder {
	struct front fr;
	struct buf *reply;
	struct source **files; /* by source.pch */
	size_t nfiles, cap;
	uint64_t *mentions; /* name << 32 | file */
	size_t nmentions, mentions_cap;
	uint32_t file; /* being scanned */
	str guard;     /* name of an #ifndef that was just met */
};

/* --- parsing; #include lines that lead to errors are dropped until there are none */

static CXTranslationUnit parse_text(CXIndex index, const struct pch *pch,
				    const struct front_options *opt)
{
	struct CXUnsavedFile text = { main_name, pch->text, strlen(pch->text) };
	struct clang_args args = { 0 };
	struct arena arena = { 0 };
	CXTranslationUnit parsed = NULL;

	clang_args_make(&args, pch->tu, &arena, opt->annotations, opt->overlay_file, NULL);
	clang_args_add(&args, "-ferror-limit=0");
	clang_args_add(&args, "-xc-header");
	clang_parseTranslationUnit2(index, main_name, args.v, (int)args.n, &text, 1,
				    CXTranslationUnit_Incomplete |
					    CXTranslationUnit_ForSerialization |
					    CXTranslationUnit_DetailedPreprocessingRecord,
				    &parsed);
	free(args.v);
	arena_free(&arena);
	return parsed;
}

struct blame {
	CXFile main, file; /* the error is in `file` */
	unsigned line;	   /* of the main file, that led there; 0: none */
};

static void blame_line(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	struct blame *b = data;
	CXFile at;
	unsigned line;

	if (!clang_File_isEqual(file, b->file))
		return;
	while (depth--) {
		clang_getExpansionLocation(stack[depth], &at, &line, NULL, NULL);
		if (at && clang_File_isEqual(at, b->main))
			b->line = line;
	}
}

/* Blanks out a line of the main file; false if it is blank already. */
static bool drop_line(char *text, unsigned line)
{
	while (text && --line)
		if ((text = strchr(text, '\n')))
			text++;
	if (!text || *text == ' ' || !*text)
		return false;
	memset(text, ' ', strcspn(text, "\n"));
	return true;
}

/* Returns the number of errors; *dropped: how many lines were dropped for them. */
static unsigned drop_errors(CXTranslationUnit parsed, struct pch *pch, unsigned *dropped)
{
	unsigned i, n = clang_getNumDiagnostics(parsed), errors = 0;

	*dropped = 0;
	for (i = 0; i < n; i++) {
		struct blame b = { .main = clang_getFile(parsed, main_name) };
		CXDiagnostic d = clang_getDiagnostic(parsed, i);

		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error) {
			errors++;
			clang_getExpansionLocation(clang_getDiagnosticLocation(d), &b.file, &b.line,
						   NULL, NULL);
			if (b.file && !clang_File_isEqual(b.file, b.main)) {
				b.line = 0;
				clang_getInclusions(parsed, blame_line, &b);
			}
			*dropped += b.line && drop_line(pch->text, b.line);
		}
		clang_disposeDiagnostic(d);
	}
	return errors;
}

static CXTranslationUnit parse(CXIndex index, struct pch *pch, const struct front_options *opt)
{
	CXTranslationUnit parsed;
	unsigned dropped, round;

	for (round = 0; round < ROUNDS; round++) {
		parsed = parse_text(index, pch, opt);
		if (!parsed || !drop_errors(parsed, pch, &dropped))
			return parsed;
		clang_disposeTranslationUnit(parsed);
		if (!dropped)
			break;
	}
	return NULL;
}

/* --- the index: numbers and strings in the order that pch_read.c expects */

static void put_string(struct buf *b, const char *s)
{
	buf_varint(b, strlen(s));
	buf_add(b, s, strlen(s));
}

static uint32_t file_index(struct pch_builder *b, CXFile file)
{
	struct source *s = source_of(&b->fr, file);

	if (s->pch == NONE) {
		s->pch = (uint32_t)b->nfiles;
		*vec_add(b->files, b->nfiles, b->cap) = s;
	}
	return s->pch;
}

static enum CXChildVisitResult take_include(CXCursor c, CXCursor parent, CXClientData data)
{
	struct pch_builder *b = data;
	CXFile from, to;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_InclusionDirective)
		return CXChildVisit_Continue;
	to = clang_getIncludedFile(c);
	clang_getExpansionLocation(clang_getCursorLocation(c), &from, NULL, NULL, NULL);
	if (!to)
		return CXChildVisit_Continue;
	file_index(b, to);
	if (from && clang_File_isEqual(from, b->fr.main))
		return CXChildVisit_Continue;
	/* Index 0 stands for the command line. */
	buf_varint(b->reply, from ? file_index(b, from) + 1 : 0);
	buf_varint(b->reply, file_index(b, to) + 1);
	return CXChildVisit_Continue;
}

static void put_includes(struct pch_builder *b)
{
	clang_visitChildren(clang_getTranslationUnitCursor(b->fr.tu), take_include, b);
	buf_varint(b->reply, 0);
	buf_varint(b->reply, 0);
}

static void put_files(struct pch_builder *b)
{
	buf_varint(b->reply, b->nfiles);
	for (size_t i = 0; i < b->nfiles; i++) {
		CXString s = clang_getFileName(b->files[i]->file);

		put_string(b->reply, str_get(b->files[i]->name));
		put_string(b->reply, clang_getCString(s));
		clang_disposeString(s);
	}
}

static enum CXChildVisitResult take_decl(CXCursor c, CXCursor parent, CXClientData data)
{
	struct pch_builder *b = data;
	unsigned offset;
	CXFile file;

	(void)parent;
	if (!pch_is_indexed(c))
		return CXChildVisit_Continue;
	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL, &offset);
	if (!file || source_of(&b->fr, file)->pch == NONE)
		return CXChildVisit_Continue;
	put_string(b->reply, str_get(source_spelling(c)));
	buf_varint(b->reply, source_of(&b->fr, file)->pch);
	buf_varint(b->reply, offset);
	return CXChildVisit_Continue;
}

static void put_decls(struct pch_builder *b)
{
	clang_visitChildren(clang_getTranslationUnitCursor(b->fr.tu), take_decl, b);
	put_string(b->reply, "");
}

static void mention(struct pch_builder *b, str name)
{
	*vec_add(b->mentions, b->nmentions, b->mentions_cap) = (uint64_t)name << 32 | b->file;
}

/*
 * A file does not depend on a macro that it only defaults (#ifndef X, #define X), such as its
 * include guard.
 */
static void take_mention(void *ctx, enum macro_mention what, const char *name, size_t n)
{
	struct pch_builder *b = ctx;
	str id = what == MENTION_INCLUDE ? 0 : str_intern_n(name, n);

	if (b->guard && (what != MENTION_DEFINED || id != b->guard))
		mention(b, b->guard);
	b->guard = what == MENTION_IFNDEF ? id : 0;
	if (what == MENTION_USED || what == MENTION_UNDEFINED)
		mention(b, id);
}

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void sort_mentions(struct pch_builder *b)
{
	size_t n = 0;

	if (b->nmentions)
		qsort(b->mentions, b->nmentions, sizeof(*b->mentions), compare_numbers);
	for (size_t i = 0; i < b->nmentions; i++)
		if (!n || b->mentions[i] != b->mentions[n - 1])
			b->mentions[n++] = b->mentions[i];
	b->nmentions = n;
}

static void put_mentions(struct pch_builder *b)
{
	for (b->file = 0; b->file < b->nfiles; b->file++) {
		source_read(&b->fr, b->files[b->file]);
		macro_scan(b->files[b->file]->text, b->files[b->file]->bytes, take_mention, b);
		take_mention(b, MENTION_INCLUDE, NULL, 0);
	}
	sort_mentions(b);
	for (size_t i = 0, end; i < b->nmentions; i = end) {
		str name = (str)(b->mentions[i] >> 32);

		for (end = i; end < b->nmentions && b->mentions[end] >> 32 == name; end++)
			;
		put_string(b->reply, str_get(name));
		buf_varint(b->reply, end - i);
		for (; i < end; i++)
			buf_varint(b->reply, (uint32_t)b->mentions[i]);
	}
	put_string(b->reply, "");
}

void pch_compile(struct pch *pch, const struct front_options *opt, const char *path,
		 struct buf *reply)
{
	CXIndex index = front_index(0);
	struct pch_builder b = { .reply = reply };

	front_init(&b.fr, opt, pch->tu, NULL);
	b.fr.tu = parse(index, pch, opt);
	if (b.fr.tu && !clang_saveTranslationUnit(b.fr.tu, path, 0)) {
		b.fr.main = clang_getFile(b.fr.tu, main_name);
		put_includes(&b);
		put_files(&b);
		put_decls(&b);
		put_mentions(&b);
	}
	if (b.fr.tu)
		clang_disposeTranslationUnit(b.fr.tu);
	front_free(&b.fr);
	clang_disposeIndex(index);
	free(b.files);
	free(b.mentions);
}
