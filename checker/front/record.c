// SPDX-License-Identifier: GPL-2.0-only
/* record.c - records: their keys, and their members with anonymous records looked through. */
#include <ctype.h>

#include "pch_visible.h"
#include "record.h"
#include "source.h"
#include "source_text.h"
#include "type.h"

static bool is_record_decl(CXCursor c)
{
	enum CXCursorKind k = clang_getCursorKind(c);

	return k == CXCursor_StructDecl || k == CXCursor_UnionDecl;
}

/* --- keys */

struct member_search {
	CXCursor decl;
	const char *name;
	size_t n;
	str found;
	CXCursor *field;
	bool done;
};

static enum CXVisitorResult is_field_of_type(CXCursor field, CXClientData data)
{
	CXType t = type_element(clang_getCursorType(field));
	struct member_search *find = data;

	while (type_is_pointer(t))
		t = type_element(clang_getPointeeType(t));
	if (!type_is_record(t) || !clang_equalCursors(type_declaration(t), find->decl))
		return CXVisit_Continue;
	find->found = source_spelling(field);
	return CXVisit_Break;
}

/* The identifier behind a record's closing brace: the variable declared with it. */
static str declared_name(struct front *fr, CXCursor decl)
{
	const struct source *s;
	size_t from, to, end;

	if (!source_extent(fr, decl, &s, &from, &to))
		return 0;
	to = text_skip(s, to);
	while (to < s->bytes && s->text[to] == '*')
		to = text_skip(s, to + 1);
	for (end = to; end < s->bytes; end++)
		if (s->text[end] != '_' && !isalnum((unsigned char)s->text[end]))
			break;
	return str_intern_n(s->text + to, end - to);
}

static str record_name(struct front *fr, CXCursor decl)
{
	CXCursor parent = clang_getCursorSemanticParent(decl);
	struct member_search find = { .decl = decl };
	CXString s;
	str name;

	if (!clang_Cursor_isAnonymous(decl)) {
		s = clang_getTypeSpelling(clang_getCursorType(decl));
		name = source_spelling(decl);
		if (!name || strchr(str_get(name), ' '))
			name = str_intern(clang_getCString(s));
		clang_disposeString(s);
		return name;
	}
	if (!is_record_decl(parent))
		return declared_name(fr, decl);
	clang_Type_visitFields(clang_getCursorType(parent), is_field_of_type, &find);
	name = record_of(fr, parent)->key;
	return str_printf("%s.%s", str_get(str_unqualified(name)), str_get(find.found));
}

/* "tag@file" of a record that is defined in this tu, with its scope behind if it has one. */
static str record_qualified(struct front *fr, CXCursor decl, str name)
{
	str file = source_loc(fr, decl).file, scope = source_scope(fr, decl);

	if (!scope)
		return str_printf("%s@%s", str_get(name), str_get(file));
	return str_printf("%s@%s@%s", str_get(name), str_get(file), str_get(scope));
}

struct record_decl *record_of(struct front *fr, CXCursor decl)
{
	void **entry;
	struct record_decl *r;
	str name;

	entry = front_memo(fr, decl);
	if (*entry)
		goto out;
	if (clang_Cursor_isAnonymousRecordDecl(decl) &&
	    is_record_decl(clang_getCursorSemanticParent(decl))) {
		r = record_of(fr, clang_getCursorSemanticParent(decl));
		*front_memo(fr, decl) = r;
		return r;
	}
	r = arena_alloc(&fr->arena, sizeof(*r));
	r->decl = decl;
	r->opaque = !clang_isCursorDefinition(decl) || !pch_visible(fr, decl);
	name = record_name(fr, decl);
	if (!name)
		name = str_printf("line%u", source_loc(fr, decl).line);
	r->key = r->opaque ? name : record_qualified(fr, decl, name);
	*entry = r;
	*fr->recs_end = r;
	fr->recs_end = &r->next;
out:
	r = *entry;
	r->touched = true;
	return r;
}

struct record_decl *record_of_type(struct front *fr, CXType type)
{
	type = type_element(type);
	return type_is_record(type) ? record_of(fr, type_declaration(type)) : NULL;
}

str record_key(struct front *fr, CXType type)
{
	struct record_decl *r = record_of_type(fr, type);

	return r ? r->key : 0;
}

str record_pointee_key(struct front *fr, CXType type)
{
	type = clang_getCanonicalType(type);
	if (type_is_array(type))
		return record_key(fr, type);
	return type_is_pointer(type) ? record_key(fr, clang_getPointeeType(type)) : 0;
}

/* --- members */

const struct member_decl *record_member(struct front *fr, CXCursor field)
{
	void **entry = front_memo(fr, field);
	CXCursor parent;
	struct member_decl *m;

	if (*entry)
		return *entry;
	m = arena_alloc(&fr->arena, sizeof(*m));
	*entry = m;
	parent = clang_getCursorSemanticParent(field);
	m->type = clang_getCanonicalType(clang_getCursorType(field));
	m->bitfield = clang_Cursor_isBitField(field);
	if (m->bitfield)
		m->width = (uint32_t)clang_getFieldDeclBitWidth(field);
	m->rec = record_of(fr, parent);
	if (!type_is_record(m->type) ||
	    !clang_Cursor_isAnonymousRecordDecl(type_declaration(m->type)))
		m->name = source_spelling(field);
	return m;
}

static enum CXVisitorResult match_field(CXCursor field, CXClientData data)
{
	struct member_search *find = data;
	const char *name = str_get(source_spelling(field));
	CXType t = clang_getCanonicalType(clang_getCursorType(field));

	if (strlen(name) == find->n && !strncmp(name, find->name, find->n)) {
		*find->field = field;
		find->done = true;
	} else if (type_is_record(t) && clang_Cursor_isAnonymousRecordDecl(type_declaration(t))) {
		clang_Type_visitFields(t, match_field, find);
	}
	return find->done ? CXVisit_Break : CXVisit_Continue;
}

bool record_find(CXType record, const char *name, size_t n, CXCursor *field)
{
	struct member_search find = { .name = name, .n = n, .field = field };

	if (type_is_record(record))
		clang_Type_visitFields(record, match_field, &find);
	return find.done;
}

/* --- bitfields */

struct bits_search {
	struct front *fr;
	bool bits;
};

static enum CXVisitorResult look_for_bits(CXCursor field, CXClientData data)
{
	struct bits_search *look = data;
	CXType t = type_element(clang_getCursorType(field));

	if (clang_Cursor_isBitField(field)) {
		look->bits = source_spelling(field) != 0;
	} else if (type_is_record(t)) {
		CXCursor decl = type_declaration(t);

		if (clang_Cursor_isAnonymousRecordDecl(decl)) {
			clang_Type_visitFields(t, look_for_bits, look);
		} else {
			struct record_decl *r = record_of(look->fr, decl);

			look->bits = record_has_bits(look->fr, r);
		}
	}
	return look->bits ? CXVisit_Break : CXVisit_Continue;
}

bool record_has_bits(struct front *fr, struct record_decl *r)
{
	struct bits_search look = { .fr = fr };

	if (!r->bits && !r->opaque) {
		r->bits = 3;
		clang_Type_visitFields(clang_getCursorType(r->decl), look_for_bits, &look);
		r->bits = look.bits ? 2 : 1;
	}
	return r->bits == 2;
}
