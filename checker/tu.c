// SPDX-License-Identifier: GPL-2.0-only
/* tu.c - parses one translation unit and sees to it that everything in it is reported. */
#include <limits.h>

#include "front_priv.h"

/* --- the command line */

struct args {
	const char **v;
	size_t n, cap;
};

static void add_arg(struct args *a, const char *s)
{
	*vec_add(a->v, a->n, a->cap) = s;
}

/* Flags of the output and of dependency files; *skip: the next argument belongs to it. */
static bool is_output_flag(const char *s, bool *skip)
{
	static const char *const alone[] = { "-c", "-S", "-E", "-MD", "-MMD", "-MP", "-M", "-MM" };
	static const char *const with_value[] = { "-o", "-MF", "-MT", "-MQ" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(with_value); i++)
		if (!strcmp(s, with_value[i])) {
			*skip = true;
			return true;
		}
	for (i = 0; i < ARRAY_SIZE(alone); i++)
		if (!strcmp(s, alone[i]))
			return true;
	return !strncmp(s, "-Wp,-M", 6);
}

/* Is it the source file itself, be it spelled with a directory before it? */
static bool is_source(const char *arg, const char *file)
{
	size_t n = strlen(arg), m = strlen(file);

	return *arg != '-' && n >= m && !strcmp(arg + n - m, file) &&
	       (n == m || arg[n - m - 1] == '/');
}

static const char *build_args(struct args *a, const struct tu *tu, struct arena *arena,
			      const char *annotations)
{
	const char *file = tu->file;
	bool skip = false;
	size_t i;

	for (i = 1; tu->argv[0] && tu->argv[i]; i++) {
		const char *s = tu->argv[i];

		if (skip)
			skip = false;
		else if (is_source(s, tu->file))
			file = s;
		else if (!is_output_flag(s, &skip))
			add_arg(a, s);
	}
	add_arg(a, "-w");
	add_arg(a, "-Wno-everything");
	add_arg(a, "-Wno-error");
	add_arg(a, "-Wno-unknown-warning-option");
	add_arg(a, "-Qunused-arguments");
	add_arg(a, "-ferror-limit=1");
	add_arg(a, arena_printf(arena, "-working-directory=%s", tu->dir));
	if (annotations) {
		add_arg(a, "-include");
		add_arg(a, annotations);
	}
	return file;
}

/* --- parsing */

/* The first error as "file:line: message", or NULL. */
static char *first_error(CXTranslationUnit unit)
{
	unsigned i, n = clang_getNumDiagnostics(unit), line;
	char *text = NULL;

	for (i = 0; i < n && !text; i++) {
		CXDiagnostic d = clang_getDiagnostic(unit, i);

		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error) {
			CXString message = clang_getDiagnosticSpelling(d), name;
			CXFile file;

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

static CXTranslationUnit parse(CXIndex index, const struct tu *tu, const char *annotations,
			       struct front *fr, char **reason)
{
	struct args args = { 0 };
	const char *file = build_args(&args, tu, &fr->arena, annotations);
	CXTranslationUnit unit = NULL;
	enum CXErrorCode err;

	err = clang_parseTranslationUnit2(index, file, args.v, (int)args.n, NULL, 0,
					  CXTranslationUnit_None, &unit);
	free(args.v);
	*reason = err ? xasprintf("%s: clang cannot parse it (error %d)", tu->file, (int)err)
		      : first_error(unit);
	if (*reason) {
		clang_disposeTranslationUnit(unit);
		return NULL;
	}
	fr->main = clang_getFile(unit, file);
	fr->annotations = annotations ? clang_getFile(unit, annotations) : NULL;
	return unit;
}

/* --- what is in the unit */

static void report_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	struct front *fr = data;
	const struct source *s = source_of(fr, file);

	(void)stack;
	(void)depth;
	if (s->name && !clang_File_isEqual(file, fr->annotations) && fr->sink->file)
		fr->sink->file(fr->sink->ctx, str_get(s->name));
}

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
	clang_getInclusions(fr->unit, report_file, fr);
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

static void front_init(struct front *fr, const struct front_options *opt, const struct tu *tu,
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

static void front_free(struct front *fr)
{
	HASH_CLEAR(hh, fr->sources);
	HASH_CLEAR(hh, fr->memos);
	free(fr->pending);
	free(fr->kids);
	free(fr->kdir);
	free(fr->kdir_real);
	arena_free(&fr->arena);
}

int front_extract(const struct tu *tu, const struct front_options *opt, const struct sink *sink,
		  char **reason)
{
	CXIndex index = clang_createIndex(0, 0);
	struct front fr;

	front_init(&fr, opt, tu, sink);
	fr.unit = parse(index, tu, opt->annotations, &fr, reason);
	/* Units that are no usual kernel code may not take the header. */
	if (!fr.unit && opt->annotations) {
		free(*reason);
		fr.unit = parse(index, tu, NULL, &fr, reason);
	}
	if (fr.unit) {
		report_all(&fr);
		clang_disposeTranslationUnit(fr.unit);
	}
	front_free(&fr);
	clang_disposeIndex(index);
	return fr.unit ? 0 : -1;
}
