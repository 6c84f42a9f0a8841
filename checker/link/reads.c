// SPDX-License-Identifier: GPL-2.0-only
/* reads.c - which functions read a bitfield: what a lost update of it would mislead. */
#include <uthash.h>

#include "reads.h"
#include "symtab.h"

struct field_reads {
	const struct field *field;
	uint32_t *functions; /* indexes; those of one function are side by side */
	size_t n, cap;
	UT_hash_handle hh;
};

struct reads {
	struct field_reads *fields;
};

static struct field_reads *reads_get(struct link *l, const struct field *field)
{
	struct field_reads *r;

	HASH_FIND_PTR(l->reads->fields, &field, r);
	if (!r) {
		r = arena_alloc(l->arena, sizeof(*r));
		r->field = field;
		HASH_ADD_PTR(l->reads->fields, field, r);
	}
	return r;
}

static const struct field *bitfield_read(const struct link *l, const struct event *e)
{
	const struct field *m;

	if (e->kind != EV_ACCESS || e->access != ACCESS_READ || !e->field)
		return NULL;
	m = symtab_member(l, e->obj->type, e->field);
	return m && m->flags & FIELD_BITFIELD ? m : NULL;
}

void reads_collect(struct link *l)
{
	uint32_t f, b, e;

	l->reads = arena_alloc(l->arena, sizeof(*l->reads));
	for (f = 0; f < l->p->nfunctions; f++)
		for (b = 0; b < l->p->functions[f].nblocks; b++) {
			const struct block *block = &l->p->functions[f].blocks[b];

			for (e = 0; e < block->nevents; e++) {
				const struct field *field = bitfield_read(l, &block->events[e]);
				struct field_reads *r = field ? reads_get(l, field) : NULL;

				if (r && (!r->n || r->functions[r->n - 1] != f))
					*vec_add(r->functions, r->n, r->cap) = f;
			}
		}
}

static int by_key(const void *a, const void *b, void *program)
{
	return symtab_compare(program, *(const uint32_t *)a, *(const uint32_t *)b);
}

void reads_of_field(struct link *l, struct unit_field *f)
{
	struct field_reads *reads;
	uint32_t i, n = 0;

	HASH_FIND_PTR(l->reads->fields, &f->field, reads);
	if (!reads)
		return;
	qsort_r(reads->functions, reads->n, sizeof(*reads->functions), by_key, l->p);
	f->readers = arena_alloc(l->arena, reads->n * sizeof(*f->readers));
	for (i = 0; i < reads->n; i++) {
		uint32_t at = reads->functions[i];

		/* (the copies of a function have its key) */
		if (!n || l->p->functions[f->readers[n - 1]].key != l->p->functions[at].key)
			f->readers[n++] = at;
	}
	f->nreaders = n;
}

void reads_free(struct link *l)
{
	struct field_reads *r, *next;

	for (r = l->reads ? l->reads->fields : NULL; r; r = next) {
		next = r->hh.next;
		free(r->functions);
	}
	if (l->reads)
		HASH_CLEAR(hh, l->reads->fields);
}
