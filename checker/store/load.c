// SPDX-License-Identifier: GPL-2.0-only
/* load.c - chunks of many translation units into the flat arrays of one program. */
#include "load.h"

enum key_kind { KEY_RECORD = 1, KEY_FUNCTION = 2 };

void merge_begin(struct merge *m, struct program *p, struct arena *arena)
{
	*m = (struct merge){ .p = p, .arena = arena };
	p->records = NULL;
	p->functions = NULL;
	p->slots = NULL;
	p->declarations = NULL;
	p->nrecords = p->nfunctions = p->nslots = p->ndeclarations = 0;
	p->stats.variants = 0;
}

/* True the first time; counts the others.  Keys are small numbers: an array by key will do. */
static bool first_of_key(struct merge *m, str key, enum key_kind kind)
{
	size_t cap;

	if (key >= m->seen_cap) {
		cap = (size_t)key * 2 + 4096;
		m->seen = xrealloc(m->seen, cap);
		memset(m->seen + m->seen_cap, 0, cap - m->seen_cap);
		m->seen_cap = cap;
	}
	if (m->seen[key] & kind) {
		m->p->stats.variants++;
		return false;
	}
	m->seen[key] |= kind;
	return true;
}

static bool merge_record(struct merge *m, const unsigned char *data, size_t n)
{
	struct program *p = m->p;
	struct record r;

	if (!facts_decode_record(data, n, m->arena, &r))
		return false;
	if (first_of_key(m, r.key, KEY_RECORD))
		*vec_add(p->records, p->nrecords, m->records_cap) = r;
	return true;
}

static bool merge_function(struct merge *m, const unsigned char *data, size_t n)
{
	struct program *p = m->p;
	struct function f;

	if (!facts_decode_function(data, n, m->arena, &f))
		return false;
	if (first_of_key(m, f.key, KEY_FUNCTION))
		*vec_add(p->functions, p->nfunctions, m->functions_cap) = f;
	return true;
}

static bool merge_slot(struct merge *m, const unsigned char *data, size_t n)
{
	struct program *p = m->p;
	struct slot_store s;

	if (!facts_decode_slot(data, n, m->arena, &s))
		return false;
	*vec_add(p->slots, p->nslots, m->slots_cap) = s;
	return true;
}

static bool merge_declaration(struct merge *m, const unsigned char *data, size_t n)
{
	struct program *p = m->p;
	struct declaration d;

	if (!facts_decode_declaration(data, n, m->arena, &d))
		return false;
	*vec_add(p->declarations, p->ndeclarations, m->declarations_cap) = d;
	return true;
}

bool merge_chunk(struct merge *m, uint32_t kind, const unsigned char *data, size_t n)
{
	switch (kind) {
	case CHUNK_RECORD:
		return merge_record(m, data, n);
	case CHUNK_FUNCTION:
		return merge_function(m, data, n);
	case CHUNK_SLOT:
		return merge_slot(m, data, n);
	case CHUNK_DECLARATION:
		return merge_declaration(m, data, n);
	default:
		return false;
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

static void *settle(struct merge *m, void *v, size_t n, size_t size,
		    int (*compare)(const void *, const void *))
{
	void *kept;

	if (n)
		qsort(v, n, size, compare);
	kept = arena_copy(m->arena, v, n * size);
	free(v);
	return kept;
}

void merge_end(struct merge *m)
{
	struct program *p = m->p;

	p->records = settle(m, p->records, p->nrecords, sizeof(*p->records), compare_records);
	p->functions =
		settle(m, p->functions, p->nfunctions, sizeof(*p->functions), compare_functions);
	p->slots = settle(m, p->slots, p->nslots, sizeof(*p->slots), compare_slots);
	p->declarations = settle(m, p->declarations, p->ndeclarations, sizeof(*p->declarations),
				 compare_declarations);
	free(m->seen);
}
