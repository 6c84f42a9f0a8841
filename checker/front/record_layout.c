// SPDX-License-Identifier: GPL-2.0-only
/* record_layout.c - the layout of records as reported: anonymous members are flattened. */
#include "attribute.h"
#include "record_layout.h"
#include "source.h"
#include "source_text.h"
#include "type.h"

struct layout_walk {
	struct front *fr;
	struct record_decl *rec;
	struct field *fields;
	size_t n, cap;
	const struct source *source; /* of the record; NULL: it spans files */
	size_t from;
	struct group_scan groups_read;
	uint64_t base, end; /* offset in bits of the anonymous member at hand, and of its end */
	uint32_t group, groups;
	bool in_union, alternative;
};

static void fill_members(struct layout_walk *fill, CXType record);

static uint64_t bits_of(CXType type)
{
	long long size = clang_Type_getSizeOf(type);

	return size > 0 ? (uint64_t)size * 8 : 0;
}

static void fill_anonymous(struct layout_walk *fill, CXCursor field, CXType type)
{
	struct layout_walk outer = *fill;
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

static uint32_t field_flags(const struct layout_walk *fill, CXCursor field, CXType type)
{
	uint32_t flags = 0;

	if (clang_Cursor_isBitField(field))
		flags |= FIELD_BITFIELD;
	if (type.kind == CXType_Bool)
		flags |= FIELD_BOOL;
	if (type.kind >= CXType_Char_S && type.kind <= CXType_Int128)
		flags |= FIELD_SIGNED;
	if (type.kind == CXType_Enum) {
		CXType under = clang_getEnumDeclIntegerType(type_declaration(type));

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

/* The comments beside the declaration; an attribute that names the lock counts as one. */
static void field_text(struct layout_walk *fill, CXCursor field, struct field *f)
{
	str guard = attribute_text(field, "guarded_by");
	const struct source *s;
	size_t from, to;

	if (attribute_text(field, "data_racy"))
		f->flags |= FIELD_RACE_OK;
	if (fill->source && source_extent(fill->fr, field, &s, &from, &to) && s == fill->source) {
		f->comment = text_comment(s, from, to);
		f->group_comment = text_group_comment(s, &fill->groups_read, from);
		if (text_is_conditional(s, fill->from, from))
			f->flags |= FIELD_CONDITIONAL;
	}
	if (guard)
		f->comment = str_printf("guarded by %s%s%s", str_get(guard), f->comment ? "; " : "",
					str_get(f->comment));
}

/*
 * As written; for a nameless record "struct (unnamed struct)" without its location, which clang appends.
 * (From clang 22 on the keyword inside the parentheses is missing.)
 */
static str type_spelling(CXType type)
{
	CXString s = clang_getTypeSpelling(type);
	const char *text = clang_getCString(s), *at = strstr(text, "(unnamed "),
		   *end = strrchr(text, ')'), *word;
	str name;

	if (at && end && strstr(at, " at ")) {
		for (word = at; word > text + 1 && word[-2] != ' '; word--)
			;
		word -= word > text;
		name = str_printf("%.*s(unnamed %.*s%s", (int)(at - text), text,
				  (int)(at - 1 - word), word, end);
	} else {
		name = str_intern(text);
	}
	clang_disposeString(s);
	return name;
}

static enum CXVisitorResult fill_member(CXCursor field, CXClientData data)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(field));
	long long at = clang_Cursor_getOffsetOfField(field);
	struct layout_walk *fill = data;
	struct field *f;

	if (type_is_record(type) && clang_Cursor_isAnonymousRecordDecl(type_declaration(type))) {
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

static void fill_members(struct layout_walk *fill, CXType record)
{
	CXCursor decl = type_declaration(record);

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

static uint32_t record_flags(struct record_decl *r, struct loc loc)
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

const struct record *record_layout(struct front *fr, struct record_decl *r)
{
	CXType type = clang_getCursorType(r->decl);
	struct layout_walk fill = { .fr = fr, .rec = r, .end = bits_of(type) };
	struct record *rec;
	size_t to;
	uint32_t i;

	if (r->record)
		return r->record;
	rec = r->record = arena_alloc(&fr->arena, sizeof(*rec));
	if (!source_extent(fr, r->decl, &fill.source, &fill.from, &to))
		fill.source = NULL;
	else
		rec->comment = text_comment(fill.source, fill.from, to);
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

static const struct field *find_field(const struct record *rec, str name)
{
	uint32_t i;

	for (i = 0; i < rec->nfields; i++)
		if (rec->fields[i].name == name)
			return &rec->fields[i];
	return NULL;
}

long long record_member_offset(struct front *fr, const struct member_decl *m)
{
	const struct field *f = find_field(record_layout(fr, m->rec), m->name);

	return f ? (long long)f->bit_offset : 0;
}

struct record_decl *record_embedded(struct front *fr, const struct record_decl *r, str member)
{
	const char *name = str_get(member);
	CXCursor field;

	return record_find(clang_getCursorType(r->decl), name, strlen(name), &field) ?
		       record_of_type(fr, clang_getCursorType(field)) :
		       NULL;
}

bool record_overlays(struct front *fr, const struct member_decl *m)
{
	const struct record *rec;
	const struct field *f;

	if (m->bitfield || !m->name || !record_has_bits(fr, m->rec))
		return false;
	rec = record_layout(fr, m->rec);
	f = m->rec->overlays ? find_field(rec, m->name) : NULL;
	return f && is_overlay(rec, f);
}

void record_report(struct front *fr)
{
	struct record_decl *r;

	if (!fr->sink->record)
		return;
	/* Filling in a record touches those it embeds, which come later in the list. */
	for (r = fr->recs; r; r = r->next)
		if (r->touched && record_has_bits(fr, r))
			fr->sink->record(fr->sink->ctx, record_layout(fr, r));
}
