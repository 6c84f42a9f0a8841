// SPDX-License-Identifier: GPL-2.0-only
/*
 * missing_headers.c - for a tu that cannot be parsed: the files it read, and the paths where a missing
 * file was looked for.
 *
 * While none of these changes, parsing again gives the same error, so the store need not try.  After an
 * error that may pass, such as one of reading, nothing is reported and the tu is parsed again.
 */
#include "missing_headers.h"
#include "pch_visible.h"

static void report_missing(struct front *fr, const struct tu *tu, const char *dir, size_t n,
			   const char *name)
{
	char *path = *name == '/' ? xstrdup(name) :
		     *dir == '/'  ? xasprintf("%.*s/%s", (int)n, dir, name) :
				    xasprintf("%s/%.*s/%s", tu->dir, (int)n, dir, name);

	fr->sink->missing(fr->sink->ctx, path);
	free(path);
}

/* The directory that an include option names, joined or as the next argument; else NULL. */
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

/*
 * Every path where `name`, included by the file `from` ("" for the command line), was looked for.
 */
static void report_candidates(struct front *fr, const struct tu *tu, const struct clang_args *args,
			      const char *from, const char *name)
{
	const char *slash = strrchr(from, '/'), *dir;
	size_t i;

	report_missing(fr, tu, slash ? from : ".", slash ? (size_t)(slash - from) : 1, name);
	report_missing(fr, tu, ".", 1, name);
	for (i = 0; *name != '/' && i < args->n; i++) {
		dir = include_directory(args->v, args->n, i);
		if (dir)
			report_missing(fr, tu, dir, strlen(dir), name);
	}
}

/* The header that a diagnostic says was not found, or NULL; the caller frees it. */
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
				    const struct clang_args *args)
{
	unsigned i, n = clang_getNumDiagnostics(fr->tu);

	for (i = 0; i < n; i++) {
		CXDiagnostic d = clang_getDiagnostic(fr->tu, i);
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

/* Did clang give up for another reason than a missing file? */
static bool gave_up(CXTranslationUnit parsed)
{
	unsigned i, n = clang_getNumDiagnostics(parsed);
	bool other = false;

	for (i = 0; i < n && !other; i++) {
		CXDiagnostic d = clang_getDiagnostic(parsed, i);
		char *name = name_not_found(d);

		other = !name && clang_getDiagnosticSeverity(d) == CXDiagnostic_Fatal;
		free(name);
		clang_disposeDiagnostic(d);
	}
	return other;
}

void missing_headers_report(struct front *fr, const struct tu *tu, const char *source,
			    const struct clang_args *args)
{
	if (!fr->sink->missing)
		return;
	if (!fr->tu) {
		report_missing(fr, tu, tu->dir, strlen(tu->dir), source);
		return;
	}
	if (gave_up(fr->tu))
		return;
	pch_visible_files(fr);
	report_missing_includes(fr, tu, args);
}
