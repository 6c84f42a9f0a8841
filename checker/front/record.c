// SPDX-License-Identifier: GPL-2.0-only
/* record.c - records: their keys, their members with anonymous ones flattened, their report. */
#include <ctype.h>

#include "front_priv.h"

bool type_is_record(CXType t)
{
	return t.kind == CXType_Record;
}

bool type_is_array(CXType t)
{
	return t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray ||
	       t.kind == CXType_VariableArray || t.kind == CXType_DependentSizedArray;
}

bool type_is_pointer(CXType t)
{
	return t.kind == CXType_Pointer;
}

bool type_is_function(CXType t)
{
	if (t.kind == CXType_Pointer)
		t = clang_getPointeeType(t);
	return t.kind == CXType_FunctionProto || t.kind == CXType_FunctionNoProto;
}

static CXType element_type(CXType t)
{
	t = clang_getCanonicalType(t);
	while (type_is_array(t))
		t = clang_getCanonicalType(clang_getArrayElementType(t));
	return t;
}

static bool is_record_decl(CXCursor c)
{
	enum CXCursorKind k = clang_getCursorKind(c);

	return k == CXCursor_StructDecl || k == CXCursor_UnionDecl;
}

/* --- keys */

struct find {
	CXCursor decl;
	const char *name;
	size_t n;
	str found;
	CXCursor *field;
	bool done;
};

static enum CXVisitorResult is_field_of_type(CXCursor field, CXClientData data)
{
	CXType t = element_type(clang_getCursorType(field));
	struct find *find = data;

	while (type_is_pointer(t))
		t = element_type(clang_getPointeeType(t));
	if (!type_is_record(t) || !clang_equalCursors(clang_getTypeDeclaration(t), find->decl))
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
	to = source_skip(s, to);
	while (to < s->bytes && s->text[to] == '*')
		to = source_skip(s, to + 1);
	for (end = to; end < s->bytes; end++)
		if (s->text[end] != '_' && !isalnum((unsigned char)s->text[end]))
			break;
	return str_intern_n(s->text + to, end - to);
}

static str record_name(struct front *fr, CXCursor decl)
{
	CXCursor parent = clang_getCursorSemanticParent(decl);
	struct find find = { .decl = decl };
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

struct rec *record_of(struct front *fr, CXCursor decl)
{
	void **place;
	struct rec *r;
	str name;

	place = front_memo(fr, decl);
	if (*place)
		goto out;
	if (clang_Cursor_isAnonymousRecordDecl(decl) &&
	    is_record_decl(clang_getCursorSemanticParent(decl))) {
		r = record_of(fr, clang_getCursorSemanticParent(decl));
		*front_memo(fr, decl) = r;
		return r;
	}
	r = arena_alloc(&fr->arena, sizeof(*r));
	r->decl = decl;
	r->opaque = !clang_isCursorDefinition(decl) || !visible(fr, decl);
	name = record_name(fr, decl);
	if (!name)
		name = str_printf("line%u", source_loc(fr, decl).line);
	r->key = name;
	if (!r->opaque)
		r->key = str_printf("%s@%s", str_get(name), str_get(source_loc(fr, decl).file));
	*place = r;
	*fr->recs_end = r;
	fr->recs_end = &r->next;
out:
	r = *place;
	r->touched = true;
	return r;
}

struct rec *record_of_type(struct front *fr, CXType type)
{
	type = element_type(type);
	return type_is_record(type) ? record_of(fr, clang_getTypeDeclaration(type)) : NULL;
}

str record_key(struct front *fr, CXType type)
{
	struct rec *r = record_of_type(fr, type);

	return r ? r->key : 0;
}

str record_pointee_key(struct front *fr, CXType type)
{
	type = clang_getCanonicalType(type);
	if (type_is_array(type))
		return record_key(fr, type);
	return type_is_pointer(type) ? record_key(fr, clang_getPointeeType(type)) : 0;
}

const struct member *record_member(struct front *fr, CXCursor field)
{
	void **place = front_memo(fr, field);
	CXCursor parent;
	struct member *m;

	if (*place)
		return *place;
	m = arena_alloc(&fr->arena, sizeof(*m));
	*place = m;
	parent = clang_getCursorSemanticParent(field);
	m->type = clang_getCanonicalType(clang_getCursorType(field));
	m->bitfield = clang_Cursor_isBitField(field);
	m->rec = record_of(fr, parent);
	if (!type_is_record(m->type) ||
	    !clang_Cursor_isAnonymousRecordDecl(clang_getTypeDeclaration(m->type)))
		m->name = source_spelling(field);
	return m;
}

static enum CXVisitorResult match_field(CXCursor field, CXClientData data)
{
	struct find *find = data;
	const char *name = str_get(source_spelling(field));
	CXType t = clang_getCanonicalType(clang_getCursorType(field));

	if (strlen(name) == find->n && !strncmp(name, find->name, find->n)) {
		*find->field = field;
		find->done = true;
	} else if (type_is_record(t) &&
		   clang_Cursor_isAnonymousRecordDecl(clang_getTypeDeclaration(t))) {
		clang_Type_visitFields(t, match_field, find);
	}
	return find->done ? CXVisit_Break : CXVisit_Continue;
}

bool record_find(CXType record, const char *name, size_t n, CXCursor *field)
{
	struct find find = { .name = name, .n = n, .field = field };

	if (type_is_record(record))
		clang_Type_visitFields(record, match_field, &find);
	return find.done;
}

/* --- what is in them */

struct look {
	struct front *fr;
	bool bits;
};

static enum CXVisitorResult look_for_bits(CXCursor field, CXClientData data)
{
	struct look *look = data;
	CXType t = element_type(clang_getCursorType(field));

	if (clang_Cursor_isBitField(field)) {
		look->bits = source_spelling(field) != 0;
	} else if (type_is_record(t)) {
		CXCursor decl = clang_getTypeDeclaration(t);

		if (clang_Cursor_isAnonymousRecordDecl(decl)) {
			clang_Type_visitFields(t, look_for_bits, look);
		} else {
			struct rec *r = record_of(look->fr, decl);

			look->bits = record_has_bits(look->fr, r);
		}
	}
	return look->bits ? CXVisit_Break : CXVisit_Continue;
}

bool record_has_bits(struct front *fr, struct rec *r)
{
	struct look look = { .fr = fr };

	if (!r->bits && !r->opaque) {
		r->bits = 3;
		clang_Type_visitFields(clang_getCursorType(r->decl), look_for_bits, &look);
		r->bits = look.bits ? 2 : 1;
	}
	return r->bits == 2;
}

struct fill {
	struct front *fr;
	struct rec *rec;
	struct field *fields;
	size_t n, cap;
	const struct source *source; /* of the record, NULL: not one file's text */
	size_t from;
	struct group_scan groups_read;
	uint64_t base, end; /* bits before the anonymous member at hand, and to its end */
	uint32_t group, groups;
	bool in_union, alternative;
};

static void fill_members(struct fill *fill, CXType record);

static uint64_t bits_of(CXType type)
{
	long long size = clang_Type_getSizeOf(type);

	return size > 0 ? (uint64_t)size * 8 : 0;
}

static void fill_anonymous(struct fill *fill, CXCursor field, CXType type)
{
	struct fill outer = *fill;
	long long at = clang_Cursor_getOffsetOfField(field);

	fill->base += at > 0 ? (uint64_t)at : 0;
	fill->end = fill->base + bits_of(type);
	fill->group = ++fill->groups;
	fill_members(fill, type);
	fill->base = outer.base;
	fill->end = outer.end;
	fill->group = outer.group;
	fill->in_union = outer.in_union;
	fill->alternative = outer.alternative;
}

static uint32_t field_flags(const struct fill *fill, CXCursor field, CXType type)
{
	uint32_t flags = 0;

	if (clang_Cursor_isBitField(field))
		flags |= FIELD_BITFIELD;
	if (type.kind == CXType_Bool)
		flags |= FIELD_BOOL;
	if (type.kind >= CXType_Char_S && type.kind <= CXType_Int128)
		flags |= FIELD_SIGNED;
	if (type.kind == CXType_Enum) {
		CXType under = clang_getEnumDeclIntegerType(clang_getTypeDeclaration(type));

		under = clang_getCanonicalType(under);
		if (under.kind >= CXType_Char_S && under.kind <= CXType_Int128)
			flags |= FIELD_SIGNED;
	}
	if (type_is_pointer(type))
		flags |= FIELD_POINTER;
	if (type_is_array(type))
		flags |= FIELD_ARRAY;
	if (fill->in_union)
		flags |= FIELD_IN_UNION;
	if (fill->alternative)
		flags |= FIELD_ALTERNATIVE;
	return flags;
}

/* What stands beside the declaration; an attribute that names the lock is such a comment, too. */
static void field_text(struct fill *fill, CXCursor field, struct field *f)
{
	str guard = lock_attribute(field, "guarded_by");
	const struct source *s;
	size_t from, to;

	if (lock_attribute(field, "data_racy"))
		f->flags |= FIELD_RACE_OK;
	if (fill->source && source_extent(fill->fr, field, &s, &from, &to) && s == fill->source) {
		f->comment = source_comment(s, from, to);
		f->group_comment = source_group_comment(s, &fill->groups_read, from);
		if (source_conditional(s, fill->from, from))
			f->flags |= FIELD_CONDITIONAL;
	}
	if (guard)
		f->comment = str_printf("guarded by %s%s%s", str_get(guard), f->comment ? "; " : "",
					str_get(f->comment));
}

/* As written; of a record without a name without the place that clang tells it by. */
static str type_spelling(CXType type)
{
	CXString s = clang_getTypeSpelling(type);
	const char *text = clang_getCString(s), *at = strstr(text, " at "),
		   *end = strrchr(text, ')');
	str name = strstr(text, "(unnamed ") && at && end ?
			   str_printf("%.*s%s", (int)(at - text), text, end) :
			   str_intern(text);

	clang_disposeString(s);
	return name;
}

static enum CXVisitorResult fill_member(CXCursor field, CXClientData data)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(field));
	long long at = clang_Cursor_getOffsetOfField(field);
	struct fill *fill = data;
	struct field *f;

	if (type_is_record(type) &&
	    clang_Cursor_isAnonymousRecordDecl(clang_getTypeDeclaration(type))) {
		fill_anonymous(fill, field, type);
		return CXVisit_Continue;
	}
	f = vec_add(fill->fields, fill->n, fill->cap);
	*f = (struct field){ .unit = NONE, .group = fill->group, .group_end = fill->end };
	f->name = source_spelling(field);
	f->type = type_spelling(clang_getCursorType(field));
	f->flags = field_flags(fill, field, type);
	f->record = record_key(fill->fr, type);
	f->loc = source_loc(fill->fr, field);
	f->bit_offset = fill->base + (at > 0 ? (uint64_t)at : 0);
	if (f->flags & FIELD_BITFIELD)
		f->bit_size = (uint64_t)clang_getFieldDeclBitWidth(field);
	else
		f->bit_size = bits_of(type);
	field_text(fill, field, f);
	return CXVisit_Continue;
}

static void fill_members(struct fill *fill, CXType record)
{
	CXCursor decl = clang_getTypeDeclaration(record);

	fill->alternative = clang_getCursorKind(decl) == CXCursor_UnionDecl;
	fill->in_union |= fill->alternative;
	clang_Type_visitFields(record, fill_member, fill);
}

static enum CXChildVisitResult find_packed(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_PackedAttr)
		return CXChildVisit_Continue;
	*(bool *)data = true;
	return CXChildVisit_Break;
}

static uint32_t record_flags(struct rec *r, struct loc loc)
{
	const char *file = str_get(loc.file);
	uint32_t flags = 0;
	bool packed = false;

	clang_visitChildren(r->decl, find_packed, &packed);
	if (packed)
		flags |= RECORD_PACKED;
	if (clang_getCursorKind(r->decl) == CXCursor_UnionDecl)
		flags |= RECORD_UNION;
	if (strstr(file, "/uapi/") || !strncmp(file, "uapi/", 5))
		flags |= RECORD_UAPI;
	return flags;
}

static bool overlay(const struct record *rec, const struct field *f)
{
	const struct field *b;

	for (b = rec->fields; b < rec->fields + rec->nfields; b++)
		if ((b->flags & FIELD_BITFIELD) && b->bit_size && b != f &&
		    b->bit_offset < f->bit_offset + f->bit_size &&
		    f->bit_offset < b->bit_offset + b->bit_size)
			return true;
	return false;
}

static bool is_overlay(const struct record *rec, const struct field *f)
{
	return (f->flags & FIELD_IN_UNION) && !(f->flags & FIELD_BITFIELD) && overlay(rec, f);
}

/* The record as it will be reported. */
static const struct record *record_fill(struct front *fr, struct rec *r)
{
	CXType type = clang_getCursorType(r->decl);
	struct fill fill = { .fr = fr, .rec = r, .end = bits_of(type) };
	struct record *rec;
	size_t to;
	uint32_t i;

	if (r->record)
		return r->record;
	rec = r->record = arena_alloc(&fr->arena, sizeof(*rec));
	if (!source_extent(fr, r->decl, &fill.source, &fill.from, &to))
		fill.source = NULL;
	else
		rec->comment = source_comment(fill.source, fill.from, to);
	fill.groups_read.at = fill.from;
	fill_members(&fill, type);
	rec->key = r->key;
	rec->name = str_unqualified(r->key);
	rec->loc = source_loc(fr, r->decl);
	rec->bytes = (uint64_t)clang_Type_getSizeOf(type);
	rec->align = (uint64_t)clang_Type_getAlignOf(type);
	rec->flags = record_flags(r, rec->loc);
	rec->nfields = (uint32_t)fill.n;
	rec->fields = arena_copy(&fr->arena, fill.fields, fill.n * sizeof(*fill.fields));
	free(fill.fields);
	for (i = 0; i < rec->nfields; i++)
		r->overlays |= is_overlay(rec, &rec->fields[i]);
	return rec;
}

bool record_overlays(struct front *fr, const struct member *m)
{
	const struct record *rec;
	uint32_t i;

	if (m->bitfield || !m->name || !record_has_bits(fr, m->rec))
		return false;
	rec = record_fill(fr, m->rec);
	if (!m->rec->overlays)
		return false;
	for (i = 0; i < rec->nfields; i++)
		if (rec->fields[i].name == m->name)
			return is_overlay(rec, &rec->fields[i]);
	return false;
}

void record_report(struct front *fr)
{
	struct rec *r;

	if (!fr->sink->record)
		return;
	/* Filling a record touches those it embeds: they come later in the list. */
	for (r = fr->recs; r; r = r->next)
		if (r->touched && record_has_bits(fr, r))
			fr->sink->record(fr->sink->ctx, record_fill(fr, r));
}
