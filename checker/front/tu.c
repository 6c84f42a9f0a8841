// SPDX-License-Identifier: GPL-2.0-only
/* tu.c - parses one translation unit and sees to it that everything in it is reported. */
#include <limits.h>
#include <unistd.h>

#include "front_priv.h"

/* --- parsing */

/* What is not there is made by the kernel's build, as its object is: the one thing to try. */
static char *with_remedy(const struct tu *tu, char *text)
{
	const char *dot = strrchr(tu->file, '.');
	char *all = xasprintf("%s: 'make %.*s.o' in the tree may make it", text,
			      (int)(dot ? (size_t)(dot - tu->file) : strlen(tu->file)), tu->file);

	free(text);
	return all;
}

/* libclang says no more than that it has no unit of `source`. */
static char *why_not(const struct tu *tu, const char *source)
{
	char *path = xasprintf("%s/%s", *source == '/' ? "" : tu->dir, source);
	bool there = !access(path, F_OK);

	free(path);
	if (!there)
		return with_remedy(tu, xasprintf("%s: the file is not there", tu->file));
	return xasprintf("%s: clang cannot parse it", tu->file);
}

/* The first error as "file:line: message", or NULL; *fatal: such as a file that is missing. */
static char *first_error(CXTranslationUnit unit, bool *fatal)
{
	unsigned i, n = clang_getNumDiagnostics(unit), line;
	char *text = NULL;

	for (i = 0; i < n && !text; i++) {
		CXDiagnostic d = clang_getDiagnostic(unit, i);

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
	struct cc_args args = { 0 };
	const char *file = cc_args_make(&args, tu, &fr->arena, annotations, overlay, pch);
	enum CXErrorCode err;

	fr->fatal = false;
	err = clang_parseTranslationUnit2(index, file, args.v, (int)args.n, NULL, 0, flags,
					  &fr->unit);
	*reason = err ? why_not(tu, file) : first_error(fr->unit, &fr->fatal);
	if (*reason && strstr(*reason, FILE_NOT_FOUND))
		*reason = with_remedy(tu, *reason);
	fr->pch = pch;
	if (!err) {
		fr->main = clang_getFile(fr->unit, file);
		fr->annotations = annotations ? clang_getFile(fr->unit, annotations) : NULL;
	}
	if (*reason && !pch)
		absent_report(fr, tu, file, &args);
	free(args.v);
	if (*reason && fr->unit) {
		clang_disposeTranslationUnit(fr->unit);
		fr->unit = NULL;
	}
	return !*reason;
}

/* --- what is in the unit */

static void report_decl(struct front *fr, CXCursor c)
{
	switch (clang_getCursorKind(c)) {
	case CXCursor_FunctionDecl:
		if (clang_isCursorDefinition(c))
			function_report(fr, c);
		break;
	case CXCursor_VarDecl:
		slot_global(fr, c);
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

	clang_visitChildren(clang_getTranslationUnitCursor(fr->unit), visit_decl, fr);
	for (i = 0; i < fr->npending; i++)
		function_report(fr, fr->pending[i]->decl);
	record_report(fr);
	visible_files(fr);
}

/* --- set-up */

static char *without_slash(const char *path)
{
	char *s = xstrdup(path);
	size_t n = strlen(s);

	while (n > 1 && s[n - 1] == '/')
		s[--n] = '\0';
	return s;
}

void front_init(struct front *fr, const struct front_options *opt, const struct tu *tu,
		const struct sink *sink)
{
	char resolved[PATH_MAX];
	const char *slash;

	memset(fr, 0, sizeof(*fr));
	fr->sink = sink;
	fr->recs_end = &fr->recs;
	fr->kdir = without_slash(opt->kdir);
	fr->kdir_real = without_slash(realpath(opt->kdir, resolved) ? resolved : opt->kdir);
	slash = strrchr(tu->file, '/');
	if (slash)
		fr->main_dir =
			arena_printf(&fr->arena, "%.*s", (int)(slash - tu->file + 1), tu->file);
}

void front_free(struct front *fr)
{
	HASH_CLEAR(hh, fr->sources);
	HASH_CLEAR(hh, fr->memos);
	free(fr->pending);
	free(fr->kids);
	free(fr->kdir);
	free(fr->kdir_real);
	arena_free(&fr->arena);
}

/* Parses with the precompiled header where that makes no difference. */
static bool parse_precompiled(struct front *fr, CXIndex index, const struct tu *tu,
			      const struct front_options *opt, const struct sink *sink)
{
	char *reason;

	if (!opt->pch)
		return false;
	if (parse(fr, index, tu, opt->annotations, NULL, opt->pch, &reason)) {
		if (visible_begin(fr))
			return true;
		clang_disposeTranslationUnit(fr->unit);
	} else {
		free(reason);
	}
	front_free(fr);
	front_init(fr, opt, tu, sink);
	return false;
}

CXIndex front_index(int exclude_precompiled)
{
	if (setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1))
		die("cannot set an environment variable:");
	return clang_createIndex(exclude_precompiled, 0);
}

int front_extract(const struct tu *tu, const struct front_options *opt, const struct sink *sink,
		  char **reason)
{
	CXIndex index = front_index(1);
	struct front fr;
	bool ok;

	front_init(&fr, opt, tu, sink);
	ok = parse_precompiled(&fr, index, tu, opt, sink) ||
	     parse(&fr, index, tu, opt->annotations, opt->overlay, NULL, reason);
	/* Units that are no usual kernel code may not take the header. */
	if (!ok && opt->annotations && !fr.fatal) {
		free(*reason);
		ok = parse(&fr, index, tu, NULL, opt->overlay, NULL, reason);
	}
	if (ok) {
		report_all(&fr);
		clang_disposeTranslationUnit(fr.unit);
	}
	front_free(&fr);
	clang_disposeIndex(index);
	return ok ? 0 : -1;
}
