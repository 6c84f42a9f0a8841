// SPDX-License-Identifier: GPL-2.0-only
/* load.c - the facts of many translation units as the flat arrays of one program. */
#include "base/uses.h"
#include "facts/facts.h"
#include "idset.h"
#include "load.h"
#include "tu_row.h"

enum key_kind { KEY_RECORD = 1, KEY_FUNCTION = 2 };

struct load {
	struct program *p;
	struct arena *arena; /* owns all that is put into the program */
	size_t records_cap, functions_cap, slots_cap, declarations_cap, uses_cap;
	unsigned char *seen; /* by str: enum key_kind of the keys there have been */
	size_t seen_cap;
};

static void load_begin(struct load *l, struct program *p, struct arena *arena)
{
	*l = (struct load){ .p = p, .arena = arena };
	p->records = NULL;
	p->functions = NULL;
	p->slots = NULL;
	p->declarations = NULL;
	p->uses = NULL;
	p->nrecords = p->nfunctions = p->nslots = p->ndeclarations = p->nuses = 0;
	p->stats.variants = 0;
}

/* --- chunks */

/* Is this the first of that kind with the key?  Counts the others. */
static bool first_of_key(struct load *l, str key, enum key_kind kind)
{
	size_t cap;

	if (key >= l->seen_cap) {
		cap = (size_t)key * 2 + 4096;
		l->seen = xrealloc(l->seen, cap);
		memset(l->seen + l->seen_cap, 0, cap - l->seen_cap);
		l->seen_cap = cap;
	}
	if (l->seen[key] & kind) {
		l->p->stats.variants++;
		return false;
	}
	l->seen[key] |= kind;
	return true;
}

static bool load_record(struct load *l, const unsigned char *data, size_t n)
{
	struct program *p = l->p;
	struct record r;

	if (!facts_decode_record(data, n, l->arena, &r))
		return false;
	if (first_of_key(l, r.key, KEY_RECORD))
		*vec_add(p->records, p->nrecords, l->records_cap) = r;
	return true;
}

static bool load_function(struct load *l, const unsigned char *data, size_t n)
{
	struct program *p = l->p;
	struct function f;

	if (!facts_decode_function(data, n, l->arena, &f))
		return false;
	if (first_of_key(l, f.key, KEY_FUNCTION))
		*vec_add(p->functions, p->nfunctions, l->functions_cap) = f;
	return true;
}

static bool load_slot(struct load *l, const unsigned char *data, size_t n)
{
	struct program *p = l->p;
	struct slot_store s;

	if (!facts_decode_slot(data, n, l->arena, &s))
		return false;
	*vec_add(p->slots, p->nslots, l->slots_cap) = s;
	return true;
}

static bool load_declaration(struct load *l, const unsigned char *data, size_t n)
{
	struct program *p = l->p;
	struct declaration d;

	if (!facts_decode_declaration(data, n, l->arena, &d))
		return false;
	*vec_add(p->declarations, p->ndeclarations, l->declarations_cap) = d;
	return true;
}

static bool load_use(struct load *l, const unsigned char *data, size_t n)
{
	struct program *p = l->p;
	struct member_use u;

	if (!facts_decode_use(data, n, l->arena, &u))
		return false;
	*vec_add(p->uses, p->nuses, l->uses_cap) = u;
	return true;
}

/* False if the chunk is damaged. */
static bool load_chunk(struct load *l, uint32_t kind, const unsigned char *data, size_t n)
{
	switch (kind) {
	case CHUNK_RECORD:
		return load_record(l, data, n);
	case CHUNK_FUNCTION:
		return load_function(l, data, n);
	case CHUNK_SLOT:
		return load_slot(l, data, n);
	case CHUNK_DECLARATION:
		return load_declaration(l, data, n);
	case CHUNK_USE:
		return load_use(l, data, n);
	default:
		return false;
	}
}

/* Adds the chunks of a list that have not been added before. */
static void load_chunks(struct store *s, struct load *l, struct idset *done, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	struct bytes data;
	struct sqlite3_stmt *st;
	uint64_t id;

	while (at < end) {
		if (!varint_read(&at, end, &id) || id >= done->n)
			db_damaged(&s->db, "a list of chunks");
		if (done->has[id])
			continue;
		done->has[id] = true;
		st = db_query(&s->db, CHUNK_GET);
		db_bind_int(st, 1, (int64_t)id);
		if (!db_row(&s->db, st))
			db_damaged(&s->db, "a chunk is missing");
		data = db_bytes(st, 2);
		if ((uint64_t)db_int(st, 0) != hash_bytes(HASH_SEED, data.p, data.n) ||
		    !load_chunk(l, (uint32_t)db_int(st, 1), data.p, data.n))
			db_damaged(&s->db, "a chunk");
	}
}

/* --- order */

static int compare_str(str a, str b)
{
	return a == b ? 0 : strcmp(str_get(a), str_get(b));
}

static int compare_loc(const struct loc *a, const struct loc *b)
{
	int order = compare_str(a->file, b->file);

	if (order)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->col > b->col) - (a->col < b->col);
}

static int compare_records(const void *pa, const void *pb)
{
	const struct record *a = pa, *b = pb;
	int order = compare_loc(&a->loc, &b->loc);

	return order ? order : compare_str(a->key, b->key);
}

static int compare_functions(const void *pa, const void *pb)
{
	const struct function *a = pa, *b = pb;
	int order = compare_loc(&a->loc, &b->loc);

	return order ? order : compare_str(a->key, b->key);
}

static int compare_slots(const void *pa, const void *pb)
{
	const struct slot_store *a = pa, *b = pb;
	int order = compare_loc(&a->loc, &b->loc);

	if (!order)
		order = compare_str(a->record, b->record);
	if (!order)
		order = compare_str(a->field, b->field);
	if (!order)
		order = compare_str(a->func, b->func);
	return order ? order : compare_str(a->object, b->object);
}

/* Chunks of one function differ in their annotations only. */
static int compare_declarations(const void *pa, const void *pb)
{
	const struct declaration *a = pa, *b = pb;
	int order = compare_str(a->func, b->func);

	for (uint32_t i = 0; !order && i < a->nannotations && i < b->nannotations; i++) {
		order = compare_str(a->annotations[i].text, b->annotations[i].text);
		if (!order && a->annotations[i].kind != b->annotations[i].kind)
			order = a->annotations[i].kind < b->annotations[i].kind ? -1 : 1;
	}
	if (order)
		return order;
	return (a->nannotations > b->nannotations) - (a->nannotations < b->nannotations);
}

static int compare_uses(const void *pa, const void *pb)
{
	const struct member_use *a = pa, *b = pb;
	int order = compare_str(a->record, b->record);

	if (!order)
		order = compare_str(a->field, b->field);
	if (!order)
		order = compare_loc(&a->loc, &b->loc);
	if (!order)
		order = compare_str(a->function, b->function);
	return order ? order : (int)a->kind - (int)b->kind;
}

static void *settle(struct load *l, void *v, size_t n, size_t size,
		    int (*compare)(const void *, const void *))
{
	void *kept;

	if (n)
		qsort(v, n, size, compare);
	kept = arena_copy(l->arena, v, n * size);
	free(v);
	return kept;
}

static void load_end(struct load *l)
{
	struct program *p = l->p;

	p->records = settle(l, p->records, p->nrecords, sizeof(*p->records), compare_records);
	p->functions =
		settle(l, p->functions, p->nfunctions, sizeof(*p->functions), compare_functions);
	p->slots = settle(l, p->slots, p->nslots, sizeof(*p->slots), compare_slots);
	p->declarations = settle(l, p->declarations, p->ndeclarations, sizeof(*p->declarations),
				 compare_declarations);
	p->uses = settle(l, p->uses, p->nuses, sizeof(*p->uses), compare_uses);
	free(l->seen);
}

/* --- the whole */

static void add_failed(struct program *p, struct arena *arena, const struct tu *tu,
		       const char *reason)
{
	p->failed[p->nfailed++] = (struct failed_tu){
		.file = arena_printf(arena, "%s", tu->file),
		.reason = arena_printf(arena, "%s", reason),
	};
}

void store_load(struct store *s, const struct tu_list *tus, struct program *p, struct arena *arena)
{
	struct idset done = idset_make(&s->db, CHUNK_LAST);
	struct load l;

	load_begin(&l, p, arena);
	p->failed = arena_alloc(arena, tus->n * sizeof(*p->failed));
	p->nfailed = 0;
	for (size_t i = 0; i < tus->n; i++) {
		struct sqlite3_stmt *st = tu_row_get(s, &tus->tus[i]);

		if (!st)
			add_failed(p, arena, &tus->tus[i], "not analysed");
		else if (!db_is_null(st, 2))
			add_failed(p, arena, &tus->tus[i], db_text(st, 2));
		else
			load_chunks(s, &l, &done, db_bytes(st, 4));
		db_end(st);
	}
	load_end(&l);
	idset_free(&done);
	p->stats.tus = (uint32_t)tus->n;
	p->stats.failed = (uint32_t)p->nfailed;
	p->stats.functions = (uint32_t)p->nfunctions;
}
