// SPDX-License-Identifier: GPL-2.0-only
/* front.c - parses one translation unit and reports everything in it. */
#include <unistd.h>

#include "callee.h"
#include "clang_args.h"
#include "function.h"
#include "fn.h"
#include "missing_headers.h"
#include "node_build.h"
#include "pch_visible.h"
#include "record_layout.h"
#include "references.h"
#include "slot_init.h"
#include "source.h"

/* --- parsing */

/* A missing file is usually one that the kernel's build generates: say how to get it. */
static char *with_remedy(const struct tu *tu, char *text)
{
	const char *dot = strrchr(tu->file, '.');
	char *all = xasprintf("%s; if it is generated, 'make %.*s.o' in the tree makes it", text,
			      (int)(dot ? (size_t)(dot - tu->file) : strlen(tu->file)), tu->file);

	free(text);
	return all;
}

/* The reason when libclang returns no tu for `source`, of which it says nothing itself. */
static char *why_not(const struct tu *tu, const char *source)
{
	char *path = xasprintf("%s/%s", *source == '/' ? "" : tu->dir, source);
	bool there = !access(path, F_OK);

	free(path);
	if (!there)
		return with_remedy(tu, xasprintf("%s: no such file", tu->file));
	return xasprintf("%s: clang could not parse it and gave no reason", tu->file);
}

/*
 * The first error as "file:line: message", or NULL; *fatal: it ended the parse, as a missing file
 * does.
 */
static char *first_error(CXTranslationUnit parsed, bool *fatal)
{
	unsigned i, n = clang_getNumDiagnostics(parsed), line;
	char *text = NULL;

	for (i = 0; i < n && !text; i++) {
		CXDiagnostic d = clang_getDiagnostic(parsed, i);

		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error) {
			CXString message = clang_getDiagnosticSpelling(d), name;
			CXFile file;

			*fatal = clang_getDiagnosticSeverity(d) == CXDiagnostic_Fatal;
			clang_getExpansionLocation(clang_getDiagnosticLocation(d), &file, &line,
						   NULL, NULL);
			name = clang_getFileName(file);
			if (file)
				text = xasprintf("%s:%u: %s", clang_getCString(name), line,
						 clang_getCString(message));
			else
				text = xstrdup(clang_getCString(message));
			clang_disposeString(name);
			clang_disposeString(message);
		}
		clang_disposeDiagnostic(d);
	}
	return text;
}

static bool parse(struct front *fr, CXIndex index, const struct tu *tu, const char *annotations,
		  const char *overlay, struct pch *pch, char **reason)
{
	unsigned flags = pch ? CXTranslationUnit_DetailedPreprocessingRecord : 0;
	struct clang_args args = { 0 };
	const char *file = clang_args_make(&args, tu, &fr->arena, annotations, overlay, pch);
	enum CXErrorCode err;

	fr->fatal = false;
	err = clang_parseTranslationUnit2(index, file, args.v, (int)args.n, NULL, 0, flags,
					  &fr->tu);
	*reason = err ? why_not(tu, file) : first_error(fr->tu, &fr->fatal);
	if (*reason && strstr(*reason, FILE_NOT_FOUND))
		*reason = with_remedy(tu, *reason);
	fr->pch = pch;
	if (!err) {
		fr->main = clang_getFile(fr->tu, file);
		fr->annotations = annotations ? clang_getFile(fr->tu, annotations) : NULL;
	}
	if (*reason && !pch)
		missing_headers_report(fr, tu, file, &args);
	free(args.v);
	if (*reason && fr->tu) {
		clang_disposeTranslationUnit(fr->tu);
		fr->tu = NULL;
	}
	return !*reason;
}

/* --- reporting */

/* At file scope: node_build() reports what it depends on. */
static void report_assertion(struct front *fr, CXCursor c)
{
	struct fn f;

	fn_init(&f, fr, c);
	node_build(&f, c);
	fn_drop(&f);
}

static void report_decl(struct front *fr, CXCursor c)
{
	switch (clang_getCursorKind(c)) {
	case CXCursor_FunctionDecl:
		if (clang_isCursorDefinition(c) && references_reach(fr, c))
			function_report(fr, c);
		break;
	case CXCursor_VarDecl:
		slot_init_global(fr, c);
		break;
	case CXCursor_StaticAssert:
		report_assertion(fr, c);
		break;
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl:
		if (clang_isCursorDefinition(c))
			record_of(fr, c);
		break;
	default:
		break;
	}
}

static enum CXChildVisitResult visit_decl(CXCursor c, CXCursor parent, CXClientData data)
{
	struct front *fr = data;
	CXFile file;

	(void)parent;
	clang_getExpansionLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	if (source_of(fr, file)->ours)
		report_decl(fr, c);
	return CXChildVisit_Continue;
}

static void report_all(struct front *fr)
{
	size_t i;

	references_find(fr);
	clang_visitChildren(clang_getTranslationUnitCursor(fr->tu), visit_decl, fr);
	for (i = 0; i < fr->npending; i++)
		function_report(fr, fr->pending[i]->decl);
	record_report(fr);
	pch_visible_files(fr);
}

/* Tries to parse with the precompiled header; false if that fails or may change the facts. */
static bool parse_precompiled(struct front *fr, CXIndex index, const struct tu *tu,
			      const struct front_options *opt, const struct sink *sink)
{
	char *reason;

	if (!opt->pch)
		return false;
	if (parse(fr, index, tu, opt->annotations, opt->overlay_file, opt->pch, &reason)) {
		if (pch_visible_begin(fr))
			return true;
		clang_disposeTranslationUnit(fr->tu);
	} else {
		free(reason);
	}
	front_free(fr);
	front_init(fr, opt, tu, sink);
	return false;
}

int front_extract(const struct tu *tu, const struct front_options *opt, const struct sink *sink,
		  char **reason)
{
	CXIndex index = front_index(1);
	struct front fr;
	bool ok;

	front_init(&fr, opt, tu, sink);
	ok = parse_precompiled(&fr, index, tu, opt, sink) ||
	     parse(&fr, index, tu, opt->annotations, opt->overlay_file, NULL, reason);
	/* Code that is not usual kernel code may not parse with annotations.h. */
	if (!ok && opt->annotations && !fr.fatal) {
		free(*reason);
		ok = parse(&fr, index, tu, NULL, opt->overlay_file, NULL, reason);
	}
	if (ok) {
		report_all(&fr);
		clang_disposeTranslationUnit(fr.tu);
	}
	front_free(&fr);
	clang_disposeIndex(index);
	return ok ? 0 : -1;
}
