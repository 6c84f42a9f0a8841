// SPDX-License-Identifier: GPL-2.0-only
/* relocate.c - facts of a tu whose headers have changed in a way that concerns it only in where things are. */
#include "base/uses.h"
#include "relocate.h"

struct relocating {
	const struct relocation *r;
	size_t n;
	bool moved, lost;
};

/* --- locations */

static const struct relocation *relocation_of(const struct relocating *w, str file)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (!strcmp(w->r[i].file, str_get(file)))
			return &w->r[i];
	return NULL;
}

static void move(struct relocating *w, struct loc *l)
{
	const struct relocation *r = relocation_of(w, l->file);
	int64_t by;

	if (!r)
		return;
	if (!source_change_line(r->change, l->line, &by)) {
		w->lost = true;
		return;
	}
	l->line = (uint32_t)(l->line + by);
	w->moved |= by != 0;
}

static void move_record(struct relocating *w, struct record *r)
{
	uint32_t i;

	move(w, &r->loc);
	for (i = 0; i < r->nfields; i++)
		move(w, &r->fields[i].loc);
}

static void move_function(struct relocating *w, struct function *f)
{
	uint32_t i, k;

	move(w, &f->loc);
	for (i = 0; i < f->ncalls; i++)
		move(w, &f->calls[i].loc);
	for (i = 0; i < f->nblocks; i++)
		for (k = 0; k < f->blocks[i].nevents; k++)
			move(w, &f->blocks[i].events[k].loc);
}

/* --- chunks */

/* Does the file define the record, or the one that it is an unnamed part of, and do members of that change? */
static bool is_changed_record(const struct relocating *w, const struct record *r)
{
	const struct relocation *at = relocation_of(w, r->loc.file);
	const char *name = str_get(r->name);

	return at && args_has(&at->change->records, name, strcspn(name, "."));
}

/* Is it a name that a change concerns? */
static bool is_named(const struct relocating *w, str name)
{
	const char *text = str_get(name);
	size_t i;

	for (i = 0; i < w->n; i++)
		if (args_has(&w->r[i].change->names, text, strlen(text)))
			return true;
	return false;
}

/* May records of the file, and with them functions that use one, have another layout? */
static bool changes_layouts(const struct relocating *w, str file)
{
	const struct relocation *r = relocation_of(w, file);

	return r && r->change->layouts;
}

static enum relocated relocate(struct relocating *w, uint32_t kind, const unsigned char *data,
			       size_t n, struct arena *a, struct buf *out)
{
	union {
		struct record record;
		struct function function;
		struct slot_store slot;
		struct declaration declaration;
		struct member_use use;
	} u;
	bool sound = false;

	switch (kind) {
	case CHUNK_RECORD:
		sound = facts_decode_record(data, n, a, &u.record);
		if (sound && is_changed_record(w, &u.record))
			return RELOCATED_RECORD;
		if (sound)
			move_record(w, &u.record);
		sound = sound && facts_encode_record(out, &u.record);
		break;
	case CHUNK_FUNCTION:
		sound = facts_decode_function(data, n, a, &u.function);
		if (sound && changes_layouts(w, u.function.loc.file) &&
		    is_named(w, u.function.name))
			w->lost = true;
		if (sound)
			move_function(w, &u.function);
		sound = sound && facts_encode_function(out, &u.function);
		break;
	case CHUNK_SLOT:
		sound = facts_decode_slot(data, n, a, &u.slot);
		if (sound)
			move(w, &u.slot.loc);
		sound = sound && facts_encode_slot(out, &u.slot);
		break;
	case CHUNK_DECLARATION:
		sound = facts_decode_declaration(data, n, a, &u.declaration);
		if (sound)
			w->lost = is_named(w, u.declaration.func);
		break;
	case CHUNK_USE:
		sound = facts_decode_use(data, n, a, &u.use);
		if (sound)
			move(w, &u.use.loc);
		sound = sound && facts_encode_use(out, &u.use);
		break;
	}
	if (!sound || w->lost)
		return RELOCATED_LOST;
	return w->moved ? RELOCATED_MOVED : RELOCATED_SAME;
}

/* Is the file, or in a declaration a name of the change, in the bytes? */
static bool may_concern(const struct relocating *w, uint32_t kind, const unsigned char *data,
			size_t n)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (kind == CHUNK_DECLARATION ||
		    memmem(data, n, w->r[i].file, strlen(w->r[i].file)))
			return true;
	return false;
}

enum relocated facts_relocate(uint32_t kind, const unsigned char *data, size_t n,
			      const struct relocation *r, size_t nr, struct buf *out)
{
	struct relocating w = { .r = r, .n = nr };
	struct arena a = { 0 };
	size_t had = out->n;
	enum relocated result;

	if (!may_concern(&w, kind, data, n))
		return RELOCATED_SAME;
	result = relocate(&w, kind, data, n, &a, out);
	if (result != RELOCATED_MOVED)
		out->n = had;
	arena_free(&a);
	return result;
}

/* --- records */

static const struct field *field_in(const struct record *r, str name)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (r->fields[i].name == name)
			return &r->fields[i];
	return NULL;
}

static bool has_bits(const struct record *r)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (r->fields[i].name && r->fields[i].flags & FIELD_BITFIELD)
			return true;
	return false;
}

/* Does the field lie elsewhere, so that code which does not name it may tell? */
static bool has_moved(const struct field *was, const struct field *f)
{
	const uint32_t laid = FIELD_IN_UNION | FIELD_ALTERNATIVE;

	return (was->flags & laid) != (f->flags & laid) || was->record != f->record ||
	       (!(was->flags & f->flags & FIELD_BITFIELD) && was->bit_offset != f->bit_offset);
}

bool facts_record_replaces(const struct record *a, const struct record *b,
			   const struct relocation *r, size_t nr)
{
	const struct relocating w = { .r = r, .n = nr };
	const struct relocation *at = relocation_of(&w, a->loc.file);
	uint32_t i;

	/* (who uses it was parsed) */
	if (at && at->change->layouts)
		return a->key == b->key;
	if (a->key != b->key || a->bytes != b->bytes || a->align != b->align ||
	    a->flags != b->flags || has_bits(a) != has_bits(b))
		return false;
	for (i = 0; i < b->nfields; i++) {
		const struct field *f = &b->fields[i], *was = f->name ? field_in(a, f->name) : NULL;

		if (f->name && is_named(&w, f->name))
			continue;
		if (was ? has_moved(was, f) : f->flags & (FIELD_IN_UNION | FIELD_ALTERNATIVE))
			return false;
	}
	return true;
}
