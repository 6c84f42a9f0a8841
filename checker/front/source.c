// SPDX-License-Identifier: GPL-2.0-only
/* source.c - files, source locations and names as facts give them. */
#include <ctype.h>
#include <limits.h>

#include "base/overlay.h"
#include "pch_index.h"
#include "source.h"

str source_spelling(CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	str id = str_intern(clang_getCString(s));

	clang_disposeString(s);
	return id;
}

int source_libclang(void)
{
	static int version;
	const char *text;
	CXString s;

	if (version)
		return version;
	s = clang_getClangVersion();
	text = strstr(clang_getCString(s), "version ");
	version = text ? atoi(text + strlen("version ")) : INT_MAX;
	clang_disposeString(s);
	return version;
}

/* Does the cursor's name stand in the file at the offset, in bytes? */
static bool stands_there(CXCursor c, CXFile file, unsigned int offset)
{
	size_t bytes = 0;
	const char *text = clang_getFileContents(clang_Cursor_getTranslationUnit(c), file, &bytes);
	const char *name = str_get(source_spelling(c));
	size_t n = strlen(name);

	return !text || (offset + n <= bytes && !strncmp(text + offset, name, n));
}

/* (libclang before 19 gives the location of the macro for that of a name made by ##, later ones give none.) */
bool source_is_pasted(CXCursor c)
{
	unsigned int offset;
	CXFile file;

	clang_getSpellingLocation(clang_getCursorLocation(c), &file, NULL, NULL, &offset);
	return !file || (source_libclang() < 19 && !stands_there(c, file, offset));
}

str source_inner_name(CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	const char *name = clang_getCString(s);
	size_t n = name ? strlen(name) : 0;
	str id;

	if (n && isdigit((unsigned char)name[n - 1]) && source_is_pasted(c))
		while (n && isdigit((unsigned char)name[n - 1]))
			n--;
	id = str_intern_n(name, n);
	clang_disposeString(s);
	return id;
}

/* The rest of `path` if it lies below the directory, else NULL. */
static const char *below(const char *path, const char *dir)
{
	size_t n = dir ? strlen(dir) : 0;

	return n && !strncmp(path, dir, n) && path[n] == '/' ? path + n + 1 : NULL;
}

/* The name for facts.  libclang's real path is absolute and free of "." and "..". */
static str file_name(struct front *fr, CXFile file)
{
	CXString s = clang_File_tryGetRealPathName(file);
	const char *path = clang_getCString(s), *rel;
	str name;

	if (!path || !*path) {
		clang_disposeString(s);
		s = clang_getFileName(file);
		path = clang_getCString(s);
	}
	rel = below(path, fr->kdir);
	if (!rel)
		rel = below(path, fr->kdir_real);
	name = str_intern(rel ? rel : path);
	clang_disposeString(s);
	return name;
}

struct source *source_of(struct front *fr, CXFile file)
{
	struct pch_file *known = NULL;
	struct source *s;

	HASH_FIND_PTR(fr->sources, &file, s);
	if (s)
		return s;
	s = arena_alloc(&fr->arena, sizeof(*s));
	s->file = file;
	s->pch = NONE;
	if (file) {
		s->name = file_name(fr, file);
		if (fr->pch)
			HASH_FIND(hh, fr->pch->by_name, &s->name, sizeof(s->name), known);
		if (known)
			s->pch = (uint32_t)(known - fr->pch->files);
		s->ours = clang_File_isEqual(file, fr->main) ||
			  (fr->main_dir &&
			   !strncmp(str_get(s->name), fr->main_dir, strlen(fr->main_dir)));
	}
	HASH_ADD_PTR(fr->sources, file, s);
	return s;
}

/* libclang searches all files for the text of a precompiled one: read it once for all tus. */
static const char *precompiled_text(const struct pch *pch, struct pch_file *f, size_t *bytes)
{
	if (!f->text)
		f->text = overlay_read(pch->overlay, pch->tu->dir, str_get(f->opened), &f->bytes);
	*bytes = f->bytes;
	return f->text;
}

void source_read(struct front *fr, struct source *s)
{
	if (s->text)
		return;
	if (s->pch != NONE && fr->pch && !s->local)
		s->text = precompiled_text(fr->pch, &fr->pch->files[s->pch], &s->bytes);
	else if (s->file)
		s->text = clang_getFileContents(fr->tu, s->file, &s->bytes);
	if (!s->text)
		s->text = "";
}

struct source *source_locate(struct front *fr, CXCursor c, struct loc *loc, size_t *at)
{
	unsigned line, col, offset;
	struct source *s;
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(c), &file, &line, &col, &offset);
	s = source_of(fr, file);
	*loc = (struct loc){ .file = s->name, .line = line, .col = col };
	if (at)
		*at = offset;
	return s;
}

struct loc source_loc(struct front *fr, CXCursor c)
{
	struct loc loc;

	source_locate(fr, c, &loc, NULL);
	return loc;
}

bool source_extent(struct front *fr, CXCursor c, const struct source **s, size_t *from, size_t *to)
{
	CXSourceRange range = clang_getCursorExtent(c);
	struct source *in;
	unsigned first, last;
	CXFile a, b;

	clang_getExpansionLocation(clang_getRangeStart(range), &a, NULL, NULL, &first);
	clang_getExpansionLocation(clang_getRangeEnd(range), &b, NULL, NULL, &last);
	if (!a || !b || !clang_File_isEqual(a, b) || last < first)
		return false;
	in = source_of(fr, a);
	source_read(fr, in);
	*s = in;
	*from = first;
	*to = last;
	return last <= (*s)->bytes;
}

str source_scope(struct front *fr, CXCursor c)
{
	CXCursor in = c;
	struct loc at, from;

	do
		in = clang_getCursorSemanticParent(in);
	while (clang_getCursorKind(in) == CXCursor_StructDecl ||
	       clang_getCursorKind(in) == CXCursor_UnionDecl);
	if (clang_getCursorKind(in) != CXCursor_FunctionDecl)
		return 0;
	at = source_loc(fr, c);
	from = source_loc(fr, in);
	return str_printf("%s+%u.%u", str_get(source_spelling(in)), at.line - from.line, at.col);
}
