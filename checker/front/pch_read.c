// SPDX-License-Identifier: GPL-2.0-only
/* pch_read.c - reads the index of a precompiled header that pch_compile.c wrote. */
#include "base/buf.h"
#include "pch_index.h"
#include "pch_read.h"

struct pch_reader {
	const unsigned char *at, *end;
	struct pch *pch;
	uint64_t *edges; /* from << 32 | to; 0 is the command line, others are indexes + 1 */
	size_t nedges, cap;
};

static uint64_t number(struct pch_reader *r)
{
	uint64_t v;

	return varint_read(&r->at, r->end, &v) ? v : 0;
}

static str string(struct pch_reader *r)
{
	uint64_t n = number(r);
	str s;

	if (n > (uint64_t)(r->end - r->at))
		return 0;
	s = str_intern_n((const char *)r->at, (size_t)n);
	r->at += n;
	return s;
}

static void read_edges(struct pch_reader *r)
{
	uint64_t from, to;

	for (;;) {
		from = number(r);
		to = number(r);
		if (!to)
			break;
		*vec_add(r->edges, r->nedges, r->cap) = from << 32 | (to - 1);
	}
}

static void read_files(struct pch_reader *r)
{
	struct pch *pch = r->pch;

	pch->nfiles = (uint32_t)number(r);
	pch->files = arena_alloc(&pch->arena, pch->nfiles * sizeof(*pch->files));
	for (uint32_t i = 0; i < pch->nfiles; i++) {
		struct pch_file *f = &pch->files[i];

		f->name = string(r);
		f->opened = string(r);
		HASH_ADD(hh, pch->by_name, name, sizeof(f->name), f);
	}
}

static int compare_edges(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void link_files(struct pch_reader *r)
{
	struct pch *pch = r->pch;
	uint32_t *to = arena_alloc(&pch->arena, r->nedges * sizeof(*to));

	if (r->nedges)
		qsort(r->edges, r->nedges, sizeof(*r->edges), compare_edges);
	for (size_t i = 0; i < r->nedges; i++) {
		uint32_t from = (uint32_t)(r->edges[i] >> 32);
		struct pch_file *f;

		to[i] = (uint32_t)r->edges[i];
		if (!from) {
			pch->files[to[i]].root = true;
			continue;
		}
		f = &pch->files[from - 1];
		if (!f->n++)
			f->includes = &to[i];
	}
}

static void read_decls(struct pch_reader *r)
{
	struct pch *pch = r->pch;
	struct pch_decl *first, *g;
	str name;

	while ((name = string(r))) {
		g = arena_alloc(&pch->arena, sizeof(*g));
		g->name = name;
		g->file = (uint32_t)number(r);
		g->offset = (uint32_t)number(r);
		HASH_FIND(hh, pch->decls, &name, sizeof(name), first);
		if (!first) {
			HASH_ADD(hh, pch->decls, name, sizeof(g->name), g);
			continue;
		}
		while (first->next)
			first = first->next;
		first->next = g;
	}
}

static void read_mentions(struct pch_reader *r)
{
	struct pch *pch = r->pch;
	struct pch_mentions *m;
	str name;

	while ((name = string(r))) {
		m = arena_alloc(&pch->arena, sizeof(*m));
		m->name = name;
		m->n = (uint32_t)number(r);
		m->files = arena_alloc(&pch->arena, m->n * sizeof(*m->files));
		for (uint32_t i = 0; i < m->n; i++)
			m->files[i] = (uint32_t)number(r);
		HASH_ADD(hh, pch->mentions, name, sizeof(m->name), m);
	}
}

bool pch_read(struct pch *pch, const unsigned char *data, size_t n)
{
	struct pch_reader r = { .at = data, .end = data + n, .pch = pch };

	read_edges(&r);
	read_files(&r);
	link_files(&r);
	read_decls(&r);
	read_mentions(&r);
	free(r.edges);
	return n && r.at == r.end;
}
