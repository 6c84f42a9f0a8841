// SPDX-License-Identifier: GPL-2.0-only
/* source.c - files, places and the text around declarations. */
#include <ctype.h>
#include <limits.h>

#include "front_priv.h"

void **front_memo(struct front *fr, CXCursor decl)
{
	return memo_place(&fr->memos, &fr->arena, decl);
}

void **memo_place(struct memo **memos, struct arena *a, CXCursor decl)
{
	unsigned hash = clang_hashCursor(decl);
	struct memo *head, *m;

	HASH_FIND(hh, *memos, &hash, sizeof(hash), head);
	for (m = head; m; m = m->next)
		if (clang_equalCursors(m->cursor, decl))
			return &m->value;
	m = arena_alloc(a, sizeof(*m));
	m->hash = hash;
	m->cursor = decl;
	if (head) {
		m->next = head->next;
		head->next = m;
	} else {
		HASH_ADD(hh, *memos, hash, sizeof(hash), m);
	}
	return &m->value;
}

str source_spelling(CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	str id = str_intern(clang_getCString(s));

	clang_disposeString(s);
	return id;
}

/* Was the name made by ## in a macro?  It is then spelled in no file. */
static bool is_pasted(CXCursor c)
{
	CXFile file;

	clang_getSpellingLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	return !file;
}

str source_inner_name(CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	const char *name = clang_getCString(s);
	size_t n = name ? strlen(name) : 0;
	str id;

	if (n && isdigit((unsigned char)name[n - 1]) && is_pasted(c))
		while (n && isdigit((unsigned char)name[n - 1]))
			n--;
	id = str_intern_n(name, n);
	clang_disposeString(s);
	return id;
}

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

/* libclang finds the text of a precompiled file by a look at all files: read it once for all units. */
static const char *precompiled_text(const struct pch *pch, struct pch_file *f, size_t *bytes)
{
	char *path;

	if (!f->text) {
		path = xasprintf("%s/%s", *str_get(f->opened) == '/' ? "" : pch->tu->dir,
				 str_get(f->opened));
		f->text = read_file(path, &f->bytes);
		free(path);
	}
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
		s->text = clang_getFileContents(fr->unit, s->file, &s->bytes);
	if (!s->text)
		s->text = "";
}

struct source *source_place(struct front *fr, CXCursor c, struct loc *loc, size_t *at)
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

	source_place(fr, c, &loc, NULL);
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

/* Without the marks of the comment, blanks run together. */
static str clean_comment(const char *text, size_t n)
{
	char *out = xmalloc(n + 1);
	size_t i, len = 0;
	bool line_start = true;
	str id;

	for (i = 0; i < n; i++) {
		char c = text[i];

		if (c == '/' && i + 1 < n && (text[i + 1] == '*' || text[i + 1] == '/')) {
			i++;
			line_start = true;
			continue;
		}
		if (c == '*' && (line_start || (i + 1 < n && text[i + 1] == '/'))) {
			if (i + 1 < n && text[i + 1] == '/')
				i++;
			continue;
		}
		if (c == '\n')
			line_start = true;
		else if (!isspace((unsigned char)c))
			line_start = false;
		if (!isspace((unsigned char)c))
			out[len++] = c;
		else if (len && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	while (len && out[len - 1] == ' ')
		len--;
	id = str_intern_n(out, len);
	free(out);
	return id;
}

static bool starts(const struct source *s, size_t at, const char *what)
{
	size_t n = strlen(what);

	return at + n <= s->bytes && !strncmp(s->text + at, what, n);
}

static size_t line_start(const struct source *s, size_t at)
{
	while (at && s->text[at - 1] != '\n')
		at--;
	return at;
}

static size_t skip_blanks(const struct source *s, size_t at)
{
	while (at < s->bytes && (s->text[at] == ' ' || s->text[at] == '\t'))
		at++;
	return at;
}

/* Where a comment that ends before `end` begins; `end` if none does or other text is before it. */
static size_t comment_begin(const struct source *s, size_t end)
{
	size_t line, at, first = end;

	if (end >= 4 && !strncmp(s->text + end - 2, "*/", 2)) {
		for (at = end - 2; at >= 2 && strncmp(s->text + at - 2, "/*", 2); at--)
			;
		first = at >= 2 ? at - 2 : end;
		return skip_blanks(s, line_start(s, first)) == first ? first : end;
	}
	for (line = line_start(s, end);; line = line_start(s, line - 1)) {
		at = skip_blanks(s, line);
		if (!starts(s, at, "//"))
			return first;
		first = at;
		if (!line)
			return first;
	}
}

static str comment_over(const struct source *s, size_t from)
{
	size_t line = line_start(s, from), end, first;

	if (!line || skip_blanks(s, line) != from)
		return 0;
	for (end = line - 1; end && (s->text[end - 1] == ' ' || s->text[end - 1] == '\t' ||
				     s->text[end - 1] == '\r');
	     end--)
		;
	first = comment_begin(s, end);
	return first < end ? clean_comment(s->text + first, end - first) : 0;
}

static str comment_behind(const struct source *s, size_t to)
{
	size_t at = to, end;

	while (at < s->bytes && s->text[at] != ';' && s->text[at] != ',' && s->text[at] != '\n')
		at++;
	if (at >= s->bytes || s->text[at] == '\n')
		return 0;
	at = skip_blanks(s, at + 1);
	if (starts(s, at, "//")) {
		for (end = at; end < s->bytes && s->text[end] != '\n'; end++)
			;
	} else if (starts(s, at, "/*")) {
		for (end = at + 2; end < s->bytes && !starts(s, end, "*/"); end++)
			;
	} else {
		return 0;
	}
	return clean_comment(s->text + at, end - at);
}

str source_comment(const struct source *s, size_t from, size_t to)
{
	str over = comment_over(s, from), behind = comment_behind(s, to);

	if (over && behind)
		return str_printf("%s %s", str_get(over), str_get(behind));
	return over ? over : behind;
}

/* Behind the comment at `at`; 0: there is none. */
static size_t comment_end(const struct source *s, size_t at)
{
	if (starts(s, at, "//"))
		return at + strcspn(s->text + at, "\n");
	if (!starts(s, at, "/*"))
		return 0;
	for (at += 2; at < s->bytes && !starts(s, at, "*/"); at++)
		;
	return at < s->bytes ? at + 2 : s->bytes;
}

static bool is_blank_line(const struct source *s, size_t line)
{
	line = skip_blanks(s, line);
	return line >= s->bytes || s->text[line] == '\n' || s->text[line] == '\r';
}

static void scan_line(const struct source *s, struct group_scan *g)
{
	size_t at = skip_blanks(s, g->at), end = comment_end(s, at), next;

	next = end ? end : at;
	next += strcspn(s->text + next, "\n");
	next += next < s->bytes;
	if (end && is_blank_line(s, end)) { /* a comment with nothing behind it */
		if (is_blank_line(s, next)) {
			g->alone = clean_comment(s->text + at, end - at);
			g->run = 0;
		} else {
			g->run = clean_comment(s->text + at, end - at);
		}
	} else if (is_blank_line(s, g->at)) {
		g->run = 0;
	}
	g->at = next;
}

str source_group_comment(const struct source *s, struct group_scan *g, size_t from)
{
	size_t line = line_start(s, from);

	while (g->at < line)
		scan_line(s, g);
	if (g->alone && g->run)
		return str_printf("%s; %s", str_get(g->alone), str_get(g->run));
	return g->run ? g->run : g->alone;
}

bool source_conditional(const struct source *s, size_t from, size_t at)
{
	size_t line = line_start(s, from), i;
	int depth = 0;

	for (; line < at; line++) {
		i = skip_blanks(s, line);
		if (i < s->bytes && s->text[i] == '#') {
			i = skip_blanks(s, i + 1);
			if (starts(s, i, "if"))
				depth++;
			else if (starts(s, i, "endif"))
				depth--;
		}
		while (line < at && s->text[line] != '\n')
			line++;
	}
	return depth > 0;
}

size_t source_skip(const struct source *s, size_t at)
{
	for (;;) {
		while (at < s->bytes && isspace((unsigned char)s->text[at]))
			at++;
		if (starts(s, at, "//")) {
			while (at < s->bytes && s->text[at] != '\n')
				at++;
		} else if (starts(s, at, "/*")) {
			for (at += 2; at < s->bytes && !starts(s, at, "*/"); at++)
				;
			at += 2;
		} else {
			return at < s->bytes ? at : s->bytes;
		}
	}
}
