// SPDX-License-Identifier: GPL-2.0-only
/* load.c - the facts of many translation units as the flat arrays of one program. */
#include "base/uses.h"
#include "facts/facts.h"
#include "load.h"
#include "tu_row.h"
#include "variants.h"

struct load {
	struct program *p;
	struct arena *arena; /* owns all that is put into the program */
	size_t records_cap, functions_cap, slots_cap, declarations_cap, uses_cap;
	struct loaded_chunk *chunks; /* by id */
	size_t nchunks;
	struct sqlite3_stmt *row; /* of chunk `id`; or NULL */
	uint64_t id;
};

/* So many rows are stepped over rather than one looked for: the ids of a list mostly follow one another. */
#define ROWS_SKIPPED 8

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

static bool load_record(struct load *l, const unsigned char *data, size_t n)
{
	struct program *p = l->p;
	struct record r;

	if (!facts_decode_record(data, n, l->arena, &r))
		return false;
	*vec_add(p->records, p->nrecords, l->records_cap) = r;
	return true;
}

static bool load_function(struct load *l, const unsigned char *data, size_t n)
{
	struct program *p = l->p;
	struct function f;

	if (!facts_decode_function(data, n, l->arena, &f))
		return false;
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

/* How many chunks of that kind the program has. */
static uint32_t count_of(const struct program *p, uint32_t kind)
{
	size_t n = kind == CHUNK_RECORD	  ? p->nrecords :
		   kind == CHUNK_FUNCTION ? p->nfunctions :
		   kind == CHUNK_SLOT	  ? p->nslots :
					    p->ndeclarations;

	return (uint32_t)n;
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

/* The row of a chunk, as chunk_row() gives it. */
static struct sqlite3_stmt *row_of(struct store *s, struct load *l, uint64_t id)
{
	if (!l->row || id <= l->id || id - l->id > ROWS_SKIPPED) {
		l->row = db_query(&s->db, CHUNK_FROM);
		db_bind_int(l->row, 1, (int64_t)id);
		l->id = 0;
	}
	while (l->id < id) {
		if (!db_row(&s->db, l->row))
			db_damaged(&s->db, "a chunk is missing");
		l->id = (uint64_t)db_int(l->row, 3);
	}
	if (l->id != id)
		db_damaged(&s->db, "a chunk is missing");
	return l->row;
}

static void load_one(struct store *s, struct load *l, uint64_t id)
{
	struct sqlite3_stmt *st = row_of(s, l, id);
	struct loaded_chunk *c = &l->chunks[id];
	struct bytes data = db_bytes(st, 2);

	c->is_loaded = true;
	c->kind = (uint32_t)db_int(st, 1);
	c->index = count_of(l->p, c->kind);
	if ((uint64_t)db_int(st, 0) != hash_bytes(HASH_SEED, data.p, data.n) ||
	    !load_chunk(l, c->kind, data.p, data.n))
		db_damaged(&s->db, "a chunk");
}

/* Adds the chunks of a list that have not been added before. */
static void load_chunks(struct store *s, struct load *l, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	uint64_t id;

	while (at < end) {
		if (!varint_read(&at, end, &id) || id >= l->nchunks)
			db_damaged(&s->db, "a list of chunks");
		if (!l->chunks[id].is_loaded)
			load_one(s, l, id);
	}
}

/* --- order */

static int compare_loc(const struct loc *a, const struct loc *b)
{
	int order = str_compare(a->file, b->file);

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

	return order ? order : str_compare(a->key, b->key);
}

static int compare_functions(const void *pa, const void *pb)
{
	const struct function *a = pa, *b = pb;
	int order = compare_loc(&a->loc, &b->loc);

	return order ? order : str_compare(a->key, b->key);
}

static int compare_slots(const void *pa, const void *pb)
{
	const struct slot_store *a = pa, *b = pb;
	int order = compare_loc(&a->loc, &b->loc);

	if (!order)
		order = str_compare(a->record, b->record);
	if (!order)
		order = str_compare(a->field, b->field);
	if (!order)
		order = str_compare(a->func, b->func);
	return order ? order : str_compare(a->object, b->object);
}

/* Chunks of one function differ in their annotations only. */
static int compare_declarations(const void *pa, const void *pb)
{
	const struct declaration *a = pa, *b = pb;
	int order = str_compare(a->func, b->func);

	for (uint32_t i = 0; !order && i < a->nannotations && i < b->nannotations; i++) {
		order = str_compare(a->annotations[i].text, b->annotations[i].text);
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
	int order = str_compare(a->record, b->record);

	if (!order)
		order = str_compare(a->field, b->field);
	if (!order)
		order = compare_loc(&a->loc, &b->loc);
	if (!order)
		order = str_compare(a->function, b->function);
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
	free(l->chunks);
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

/* Gives each definition of a key a key of its own, and who refers to it the one that is meant. */
static void load_variants(struct store *s, struct load *l, const struct tu_list *tus)
{
	struct variants *v = variants_find(l->p, l->arena, l->chunks, l->nchunks);
	struct slot_store *more;
	size_t i, n;

	for (i = 0; variants_exist(v) && i < tus->n; i++) {
		struct sqlite3_stmt *st = tu_row_get(s, &tus->tus[i]);

		if (st && db_is_null(st, 2))
			variants_look(v, db_bytes(st, 4));
		db_end(st);
	}
	more = variants_settle(v, &n);
	for (i = 0; i < n; i++)
		*vec_add(l->p->slots, l->p->nslots, l->slots_cap) = more[i];
	free(more);
	variants_drop(l->p);
}

void store_load(struct store *s, const struct tu_list *tus, struct program *p, struct arena *arena)
{
	struct load l;

	load_begin(&l, p, arena);
	l.nchunks = (size_t)db_one(&s->db, db_query(&s->db, CHUNK_LAST), 0) + 1;
	if (l.nchunks > ID_MAX)
		db_damaged(&s->db, "an id is out of range");
	l.chunks = xcalloc(l.nchunks, sizeof(*l.chunks));
	p->failed = arena_alloc(arena, tus->n * sizeof(*p->failed));
	p->nfailed = 0;
	for (size_t i = 0; i < tus->n; i++) {
		struct sqlite3_stmt *st = tu_row_get(s, &tus->tus[i]);

		if (!st)
			add_failed(p, arena, &tus->tus[i], "not analysed");
		else if (!db_is_null(st, 2))
			add_failed(p, arena, &tus->tus[i], db_text(st, 2));
		else
			load_chunks(s, &l, db_bytes(st, 4));
		db_end(st);
	}
	if (l.row)
		db_end(l.row);
	load_variants(s, &l, tus);
	load_end(&l);
	p->stats.tus = (uint32_t)tus->n;
	p->stats.failed = (uint32_t)p->nfailed;
	p->stats.functions = (uint32_t)p->nfunctions;
}
