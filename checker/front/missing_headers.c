// SPDX-License-Identifier: GPL-2.0-only
/*
 * missing_headers.c - of a unit that cannot be parsed: what was read, and where a file was looked for in vain.
 *
 * While all that is as it was, parsing again would say the same again.  An error of another kind, one
 * of reading for instance, may pass: nothing is reported then, and the unit is parsed again.
 */
#include "front_priv.h"

static void report_absent(struct front *fr, const struct tu *tu, const char *dir, size_t n,
			  const char *name)
{
	char *path = *name == '/' ? xstrdup(name) :
		     *dir == '/'  ? xasprintf("%.*s/%s", (int)n, dir, name) :
				    xasprintf("%s/%.*s/%s", tu->dir, (int)n, dir, name);

	fr->sink->absent(fr->sink->ctx, path);
	free(path);
}

/* The word behind an option that names a directory, or what is joined to it; else NULL. */
static const char *include_directory(const char **argv, size_t n, size_t i)
{
	static const char *const options[] = { "-I", "-iquote", "-isystem", "-idirafter" };
	size_t o, length;

	for (o = 0; o < ARRAY_SIZE(options); o++) {
		length = strlen(options[o]);
		if (strncmp(argv[i], options[o], length))
			continue;
		if (argv[i][length])
			return argv[i] + length;
		return i + 1 < n ? argv[i + 1] : NULL;
	}
	return NULL;
}

/* `name` was included by the file `from` ("" for the command line). */
static void report_candidates(struct front *fr, const struct tu *tu, const struct cc_args *args,
			      const char *from, const char *name)
{
	const char *slash = strrchr(from, '/'), *dir;
	size_t i;

	report_absent(fr, tu, slash ? from : ".", slash ? (size_t)(slash - from) : 1, name);
	report_absent(fr, tu, ".", 1, name);
	for (i = 0; *name != '/' && i < args->n; i++) {
		dir = include_directory(args->v, args->n, i);
		if (dir)
			report_absent(fr, tu, dir, strlen(dir), name);
	}
}

/* The header that a diagnostic says was not found, or NULL; caller frees. */
static char *name_not_found(CXDiagnostic d)
{
	CXString message = clang_getDiagnosticSpelling(d);
	const char *text = clang_getCString(message), *end = strstr(text, FILE_NOT_FOUND);
	char *name = *text == '\'' && end ? xasprintf("%.*s", (int)(end - text - 1), text + 1) :
					    NULL;

	clang_disposeString(message);
	return name;
}

static void report_missing_includes(struct front *fr, const struct tu *tu,
				    const struct cc_args *args)
{
	unsigned i, n = clang_getNumDiagnostics(fr->unit);

	for (i = 0; i < n; i++) {
		CXDiagnostic d = clang_getDiagnostic(fr->unit, i);
		char *name = name_not_found(d);
		CXString from;
		CXFile file;

		if (name) {
			clang_getExpansionLocation(clang_getDiagnosticLocation(d), &file, NULL,
						   NULL, NULL);
			from = clang_getFileName(file);
			report_candidates(fr, tu, args, file ? clang_getCString(from) : "", name);
			clang_disposeString(from);
			free(name);
		}
		clang_disposeDiagnostic(d);
	}
}

/* Did clang give up for another reason than a file that is not there? */
static bool gave_up(CXTranslationUnit unit)
{
	unsigned i, n = clang_getNumDiagnostics(unit);
	bool other = false;

	for (i = 0; i < n && !other; i++) {
		CXDiagnostic d = clang_getDiagnostic(unit, i);
		char *name = name_not_found(d);

		other = !name && clang_getDiagnosticSeverity(d) == CXDiagnostic_Fatal;
		free(name);
		clang_disposeDiagnostic(d);
	}
	return other;
}

void absent_report(struct front *fr, const struct tu *tu, const char *source,
		   const struct cc_args *args)
{
	if (!fr->sink->absent)
		return;
	if (!fr->unit) {
		report_absent(fr, tu, tu->dir, strlen(tu->dir), source);
		return;
	}
	if (gave_up(fr->unit))
		return;
	visible_files(fr);
	report_missing_includes(fr, tu, args);
}
