// SPDX-License-Identifier: GPL-2.0-only
/*
 * pch_visible.c - which part of a precompiled header a tu would have included by itself.
 *
 * The header declares more than the tu includes.  The #include directives of the tu, and then those of
 * the files they lead to, tell which files it would have read.
 */
#include "macro_scan.h"
#include "pch_index.h"
#include "pch_visible.h"
#include "source.h"

struct file_scope_decl {
	str name;
	CXCursor decl;
	UT_hash_handle hh;
};

/* --- the files that are included, and macros of the tu that would have changed them */

struct include_walk {
	struct front *fr;
	bool *late; /* by file of pch: mentions a macro changed before it would be included */
	bool conflict;
};

static void reach(struct include_walk *w, uint32_t file)
{
	const struct pch_file *f = &w->fr->pch->files[file];

	if (w->fr->reached[file])
		return;
	w->fr->reached[file] = true;
	w->conflict |= w->late[file];
	for (uint32_t i = 0; i < f->n; i++)
		reach(w, f->includes[i]);
}

/* A macro is defined or undefined: a file that mentions it must not be reached any more. */
static void change_macro(struct include_walk *w, str name)
{
	const struct pch *pch = w->fr->pch;
	const struct pch_mentions *m;

	HASH_FIND(hh, pch->mentions, &name, sizeof(name), m);
	for (uint32_t i = 0; m && i < m->n; i++)
		w->late[m->files[i]] = true;
}

struct undefs {
	struct include_walk *w;
	str *names;
	size_t n, cap;
	bool early; /* the main file: an #undef behind its last #include has no effect */
};

static void take_undef(void *ctx, enum macro_mention what, const char *name, size_t n)
{
	struct undefs *u = ctx;

	if (what == MENTION_UNDEFINED)
		*vec_add(u->names, u->n, u->cap) = str_intern_n(name, n);
	if (what != MENTION_INCLUDE && u->early)
		return;
	while (u->n)
		change_macro(u->w, u->names[--u->n]);
}

/* libclang does not tell where a macro is undefined: assume the beginning of the file. */
static void enter_local(struct include_walk *w, CXFile file)
{
	struct undefs u = { .w = w, .early = clang_File_isEqual(file, w->fr->main) };
	struct source *s = source_of(w->fr, file);

	source_read(w->fr, s);
	macro_scan(s->text, s->bytes, take_undef, &u);
	free(u.names);
	/* The tu reads this file itself, with its own macros: the precompiled copy is not used. */
	if (s->pch != NONE && !macro_include_guarded(s->text))
		w->late[s->pch] = false;
}

/* Directives come in the order in which they were preprocessed. */
static enum CXChildVisitResult take_directive(CXCursor c, CXCursor parent, CXClientData data)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	struct include_walk *w = data;
	const struct source *s;

	(void)parent;
	if (kind == CXCursor_MacroDefinition) {
		if (source_loc(w->fr, c)
			    .file) /* one of the command line has no file, and is the same for all tus */
			change_macro(w, source_spelling(c));
	} else if (kind == CXCursor_InclusionDirective) {
		s = source_of(w->fr, clang_getIncludedFile(c));
		if (s->file && s->local)
			enter_local(w, s->file);
		if (s->pch != NONE)
			reach(w, s->pch);
	}
	return w->conflict ? CXChildVisit_Break : CXChildVisit_Continue;
}

static void mark_local(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	(void)stack;
	(void)depth;
	source_of(data, file)->local = true;
}

/*
 * A header in the tu's own directory is reported as a whole, so it must have been read for the
 * tu.
 */
static bool ours_is_local(struct front *fr)
{
	size_t n = fr->main_dir ? strlen(fr->main_dir) : 0;

	for (uint32_t i = 0; n && i < fr->pch->nfiles; i++)
		if (fr->reached[i] && !strncmp(str_get(fr->pch->files[i].name), fr->main_dir, n))
			return false;
	return true;
}

bool pch_visible_begin(struct front *fr)
{
	struct include_walk w = { .fr = fr };
	uint32_t n;

	if (!fr->pch)
		return true;
	n = fr->pch->nfiles;
	fr->reached = arena_alloc(&fr->arena, n + 1);
	w.late = arena_alloc(&fr->arena, n + 1);
	clang_getInclusions(fr->tu, mark_local, fr);
	for (uint32_t i = 0; i < n; i++)
		if (fr->pch->files[i].root)
			reach(&w, i);
	enter_local(&w, fr->main);
	clang_visitChildren(clang_getTranslationUnitCursor(fr->tu), take_directive, &w);
	return !w.conflict && ours_is_local(fr);
}

static bool source_visible(const struct front *fr, const struct source *s)
{
	return !fr->pch || s->local || s->pch == NONE || fr->reached[s->pch];
}

bool pch_visible(struct front *fr, CXCursor decl)
{
	CXFile file;

	if (!fr->pch)
		return true;
	clang_getFileLocation(clang_getCursorLocation(decl), &file, NULL, NULL, NULL);
	return source_visible(fr, source_of(fr, file));
}

/* --- files */

static void report_name(struct front *fr, str name)
{
	str annotations = fr->annotations ? source_of(fr, fr->annotations)->name : 0;

	if (name && name != annotations)
		fr->sink->file(fr->sink->ctx, str_get(name));
}

static void report_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	(void)stack;
	(void)depth;
	report_name(data, source_of(data, file)->name);
}

void pch_visible_files(struct front *fr)
{
	if (!fr->sink->file)
		return;
	clang_getInclusions(fr->tu, report_file, fr);
	for (uint32_t i = 0; fr->pch && i < fr->pch->nfiles; i++)
		if (fr->reached[i])
			report_name(fr, fr->pch->files[i].name);
}

/* --- declarations by name */

static enum CXChildVisitResult take_decl(CXCursor c, CXCursor parent, CXClientData data)
{
	struct front *fr = data;
	struct file_scope_decl *g;
	str name;

	(void)parent;
	if (!pch_is_looked_up(c))
		return CXChildVisit_Continue;
	name = source_spelling(c);
	HASH_FIND(hh, fr->decls, &name, sizeof(name), g);
	if (!g) {
		g = arena_alloc(&fr->arena, sizeof(*g));
		g->name = name;
		g->decl = c;
		HASH_ADD(hh, fr->decls, name, sizeof(g->name), g);
	}
	return CXChildVisit_Continue;
}

static bool precompiled_decl(struct front *fr, str name, CXCursor *decl)
{
	const struct pch_decl *g;

	HASH_FIND(hh, fr->pch->decls, &name, sizeof(name), g);
	for (; g; g = g->next) {
		CXFile file;

		if (!fr->reached[g->file])
			continue;
		file = clang_getFile(fr->tu, str_get(fr->pch->files[g->file].opened));
		*decl = clang_getCursor(fr->tu,
					clang_getLocationForOffset(fr->tu, file, g->offset));
		return pch_is_indexed(*decl) && source_spelling(*decl) == name;
	}
	return false;
}

bool pch_visible_find(struct front *fr, str name, CXCursor *decl)
{
	struct file_scope_decl *g;

	if (fr->pch && precompiled_decl(fr, name, decl))
		return true;
	if (!fr->decls_known)
		clang_visitChildren(clang_getTranslationUnitCursor(fr->tu), take_decl, fr);
	fr->decls_known = true;
	HASH_FIND(hh, fr->decls, &name, sizeof(name), g);
	if (g)
		*decl = g->decl;
	return g;
}
