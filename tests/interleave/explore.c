// SPDX-License-Identifier: GPL-2.0-only
/* explore.c - breadth-first search of the states of a program. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "machine.h"

#define BUCKETS (1U << 19)
#define STARTS 64

/* States are numbered from 1. Only the threads that there are, are kept. */
struct entry {
	uint32_t parent, offset;
	uint16_t action, size;
};

static struct entry entries[STATES + 1];
static uint32_t buckets[BUCKETS], nentries;
static unsigned char *bytes;
static size_t used, allocated;

static uint32_t hash(const void *data, size_t size)
{
	const unsigned char *c = data;
	uint64_t h = 0xcbf29ce484222325ULL, word;

	for (; size >= 8; size -= 8, c += 8) {
		memcpy(&word, c, 8);
		h = (h ^ word) * 0x9e3779b97f4a7c15ULL;
		h ^= h >> 29;
	}
	while (size--)
		h = (h ^ *c++) * 0x100000001b3ULL;
	return (uint32_t)(h ^ h >> 32);
}

static void keep(const struct state *s, size_t size)
{
	if (used + size > allocated) {
		allocated = allocated ? allocated * 2 : 1 << 20;
		bytes = realloc(bytes, allocated);
		if (!bytes) {
			fprintf(stderr, "interleave: out of memory\n");
			exit(2);
		}
	}
	memcpy(bytes + used, s, size);
	used += size;
}

/* Adds a state if it is new. Returns its number if it is, else 0. */
static uint32_t add(const struct state *s, uint32_t parent, unsigned int action)
{
	size_t size = offsetof(struct state, threads) + s->nthreads * sizeof(s->threads[0]);
	uint32_t b = hash(s, size) % BUCKETS;

	for (; buckets[b]; b = (b + 1) % BUCKETS) {
		const struct entry *e = &entries[buckets[b]];

		if (e->size == size && !memcmp(bytes + e->offset, s, size))
			return 0;
	}
	if (nentries == STATES)
		return 0;
	buckets[b] = ++nentries;
	entries[nentries] =
		(struct entry){ parent, (uint32_t)used, (uint16_t)action, (uint16_t)size };
	keep(s, size);
	return nentries;
}

static void load(struct state *s, uint32_t number)
{
	memset(s, 0, sizeof(*s));
	memcpy(s, bytes + entries[number].offset, entries[number].size);
}

uint32_t explore_parent(uint32_t state, uint16_t *action)
{
	*action = entries[state].action;
	return entries[state].parent;
}

static void note_losses(const struct program *p, struct losses *losses, const struct state *s,
			uint32_t number)
{
	unsigned int o, f, copy;

	for (o = 0; o < p->nobjects; o++)
		for (f = 0; f < p->nfields; f++)
			for (copy = 0; copy < 2; copy++) {
				const struct cell *c = &s->objects[o].cells[cell_of(f, copy)];
				uint32_t *lost;

				if (c->value == c->ghost || s->objects[o].life == LIFE_DEAD)
					continue;
				lost = c->teardown ? &losses->lost_at_end[f][c->culprit - 1] :
						     &losses->lost[f][c->culprit - 1];
				if (!*lost)
					*lost = number;
			}
}

static void follow(struct machine *m, struct losses *losses, const struct state *from,
		   uint32_t parent)
{
	struct start starts[STARTS];
	unsigned int i, n = machine_starts(m, from, starts, STARTS);
	struct state s;

	for (i = 0; i < n + from->nthreads; i++) {
		unsigned int action;
		enum result result;
		uint32_t number;

		s = *from;
		if (i < n) {
			action = ACTION_START | (unsigned int)starts[i].role << 6 |
				 (unsigned int)starts[i].object << 3 | starts[i].arg;
			result = machine_start(m, &s, starts[i]);
		} else {
			action = i - n;
			result = machine_step(m, &s, i - n);
		}
		if (result != STEP_DONE)
			continue;
		machine_sort(&s, NULL);
		number = add(&s, parent, action);
		if (number && !s.nthreads)
			note_losses(m->p, losses, &s, number);
	}
}

void explore(const struct program *p, int effort, struct losses *losses)
{
	static struct machine m;
	struct state s;
	uint32_t next;

	memset(losses, 0, sizeof(*losses));
	memset(buckets, 0, sizeof(buckets));
	nentries = 0;
	used = 0;
	machine_init(&m, p, effort);
	machine_first_state(&m, &s);
	add(&s, 0, 0);
	for (next = 1; next <= nentries; next++) {
		load(&s, next);
		follow(&m, losses, &s, next);
	}
	memcpy(losses->undone, m.undone, sizeof(m.undone));
	losses->states = nentries;
	losses->cut = nentries == STATES;
}

bool unit_loses(const struct program *p, const struct losses *losses, unsigned int unit)
{
	unsigned int a, b;

	for (a = 0; a < p->nfields; a++)
		for (b = 0; b < p->nfields; b++)
			if (p->fields[a].unit == unit && losses->lost[a][b])
				return true;
	return false;
}

bool unit_disturbed(const struct program *p, const struct losses *losses, unsigned int unit)
{
	unsigned int a, b;

	for (a = 0; a < p->nfields; a++)
		for (b = 0; b < p->nfields; b++)
			if (p->fields[a].unit == unit &&
			    (losses->lost[a][b] || losses->lost_at_end[a][b] ||
			     losses->undone[a][b]))
				return true;
	return false;
}
