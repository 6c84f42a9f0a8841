// SPDX-License-Identifier: GPL-2.0-only
/* annotation.c - lock annotations, which annotations.h turns into annotate() attributes. */
#include <ctype.h>

#include "annotation.h"
#include "path.h"
#include "pch_visible.h"
#include "source.h"
#include "type.h"
#include "var.h"

static const struct {
	const char *name;
	enum annotation_kind kind;
} kinds[] = {
	{ "must_hold", ANN_MUST_HOLD },
	{ "must_hold_shared", ANN_MUST_HOLD_SHARED },
	{ "acquires", ANN_ACQUIRES },
	{ "acquires_shared", ANN_ACQUIRES_SHARED },
	{ "releases", ANN_RELEASES },
	{ "releases_shared", ANN_RELEASES_SHARED },
	{ "cond_acquires", ANN_COND_ACQUIRES },
	{ "cond_acquires_shared", ANN_COND_ACQUIRES_SHARED },
};

/* --- the lock that an annotation names */

struct lock_parse { /* an expression such as "&p->q.lock" */
	struct front *fr;
	CXCursor function;
	const char *at;
	CXType type; /* canonical, of the path so far as a value */
	struct path path;
};

static size_t identifier(const char *s)
{
	size_t n = 0;

	if (isdigit((unsigned char)*s))
		return 0;
	while (s[n] == '_' || isalnum((unsigned char)s[n]))
		n++;
	return n;
}

static const char *blanks(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static bool parse_parameter(struct lock_parse *p, str name)
{
	int i, n = clang_Cursor_getNumArguments(p->function);

	for (i = 0; i < n; i++) {
		CXCursor arg = clang_Cursor_getArgument(p->function, (unsigned)i);

		if (source_spelling(arg) != name)
			continue;
		p->type = clang_getCanonicalType(clang_getCursorType(arg));
		p->path = (struct path){ .root = ROOT_PARAM, .index = (uint32_t)i };
		return true;
	}
	return false;
}

static bool parse_global(struct lock_parse *p, str name, bool address)
{
	CXCursor decl;

	if (!pch_visible_find(p->fr, name, &decl) || clang_getCursorKind(decl) != CXCursor_VarDecl)
		return false;
	p->type = clang_getCanonicalType(clang_getCursorType(decl));
	p->path = (struct path){ .root = ROOT_GLOBAL, .name = var_global_name(p->fr, decl) };
	if (type_is_pointer(p->type) && !address)
		path_step(&p->path, STEP_DEREF, 0, 0);
	return true;
}

static bool parse_member(struct lock_parse *p)
{
	const struct member_decl *m;
	CXType record = p->type;
	CXCursor field;
	size_t n;

	p->at = blanks(p->at + (*p->at == '.' ? 1 : 2));
	n = identifier(p->at);
	if (type_is_pointer(record))
		record = clang_getCanonicalType(clang_getPointeeType(record));
	if (!n || !record_find(record, p->at, n, &field))
		return false;
	m = record_member(p->fr, field);
	path_member(&p->path, m);
	p->type = m->type;
	p->at = blanks(p->at + n);
	return true;
}

static bool parse_lock(struct lock_parse *p)
{
	bool address = *p->at == '&';
	size_t n;
	str name;

	p->at = blanks(p->at + (address || *p->at == '*'));
	n = identifier(p->at);
	if (!n)
		return false;
	name = str_intern_n(p->at, n);
	p->at = blanks(p->at + n);
	if (!parse_parameter(p, name) && !parse_global(p, name, address || *p->at == '.'))
		return false;
	while (*p->at == '.' || !strncmp(p->at, "->", 2))
		if (!parse_member(p))
			return false;
	p->path.type = type_is_pointer(p->type) ? record_pointee_key(p->fr, p->type) :
						  record_key(p->fr, p->type);
	return !*p->at;
}

/* --- the annotations of a declaration */

struct annotation_vec {
	struct front *fr;
	struct arena *arena;
	CXCursor function;
	struct annotation *v;
	size_t n, cap;
};

static void add_annotation(struct annotation_vec *c, enum annotation_kind kind, str text)
{
	struct lock_parse p = { .fr = c->fr, .function = c->function, .at = str_get(text) };
	struct annotation *a = vec_add(c->v, c->n, c->cap);

	a->kind = kind;
	a->text = text;
	a->lock = parse_lock(&p) ? p.path : path_unknown(0);
}

static bool is_zero(const char *s, size_t n)
{
	static const char *const zeros[] = { "0", "false", "NULL" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(zeros); i++)
		if (strlen(zeros[i]) == n && !strncmp(s, zeros[i], n))
			return true;
	return false;
}

/*
 * Commas separate several locks.  The first part of a conditional acquisition with two parts is the
 * result that means success.
 */
static void split_annotation(struct annotation_vec *c, enum annotation_kind kind, const char *text)
{
	bool conditional = kind == ANN_COND_ACQUIRES || kind == ANN_COND_ACQUIRES_SHARED;
	enum annotation_kind on_zero = kind == ANN_COND_ACQUIRES ? ANN_COND_ACQUIRES_ZERO :
								   ANN_COND_ACQUIRES_ZERO_SHARED;
	const char *end;
	int depth;

	for (text = blanks(text); *text; text = blanks(*end ? end + 1 : end)) {
		for (depth = 0, end = text; *end && (depth || *end != ','); end++)
			depth += (*end == '(') - (*end == ')');
		if (!conditional || !*end)
			add_annotation(c, kind, str_intern_n(text, (size_t)(end - text)));
		else if (is_zero(text, (size_t)(end - text)))
			kind = on_zero;
	}
}

static enum CXChildVisitResult take_annotation(CXCursor c, CXCursor parent, CXClientData data)
{
	const char *text, *colon;
	size_t i;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_AnnotateAttr)
		return CXChildVisit_Continue;
	text = str_get(source_spelling(c));
	colon = strchr(text, ':');
	for (i = 0; colon && i < ARRAY_SIZE(kinds); i++)
		if (strlen(kinds[i].name) == (size_t)(colon - text) &&
		    !strncmp(kinds[i].name, text, (size_t)(colon - text)))
			split_annotation(data, kinds[i].kind, colon + 1);
	return CXChildVisit_Continue;
}

struct annotation *annotation_list(struct front *fr, struct arena *a, CXCursor decl, uint32_t *n)
{
	struct annotation_vec c = { .fr = fr, .arena = a, .function = decl };
	struct annotation *out;

	*n = 0;
	if (!clang_Cursor_hasAttrs(decl))
		return NULL;
	clang_visitChildren(decl, take_annotation, &c);
	out = arena_copy(a, c.v, c.n * sizeof(*c.v));
	free(c.v);
	*n = (uint32_t)c.n;
	return out;
}

void annotation_report(struct front *fr, str name, CXCursor decl)
{
	struct declaration d = { .func = name };

	d.annotations = annotation_list(fr, &fr->arena, decl, &d.nannotations);
	if (d.nannotations && fr->sink->declaration)
		fr->sink->declaration(fr->sink->ctx, &d);
}
