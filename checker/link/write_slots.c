// SPDX-License-Identifier: GPL-2.0-only
/* write_slots.c - contexts that no verdict distinguishes share one write. */
#include "write_slots.h"
#include "activity.h"

static bool same_held(const struct held *a, const struct held *b)
{
	return a->name == b->name && a->mode == b->mode && a->relation == b->relation &&
	       a->rel == b->rel && a->in_frame == b->in_frame && a->element == b->element;
}

/* Are the two writes to one field the same for every verdict?  Then the first one is kept. */
static bool same_write(const struct write *a, const struct write *b)
{
	uint32_t i;

	if (!same_loc(&a->loc, &b->loc) || a->phase != b->phase || a->context != b->context ||
	    a->confidence != b->confidence || a->global != b->global || a->own != b->own ||
	    a->once != b->once || a->start != b->start || a->member.record != b->member.record ||
	    a->member.field != b->member.field || a->nheld != b->nheld || activities_compare(a, b))
		return false;
	for (i = 0; i < a->nheld; i++)
		if (!same_held(&a->held[i], &b->held[i]))
			return false;
	return true;
}

static uint64_t hash_pair(uint64_t h, uint32_t a, uint32_t b)
{
	return hash_mix(h, (uint64_t)a << 32 | b);
}

static uint64_t write_hash(const struct write *w, uint32_t field)
{
	uint64_t h = hash_pair(HASH_SEED, w->loc.file, w->loc.line);
	uint32_t i;

	h = hash_pair(h, w->loc.col, field);
	h = hash_pair(h, w->context, w->phase << 8 | w->confidence);
	h = hash_pair(h, w->global, w->once);
	h = hash_pair(h, w->start, 0);
	h = hash_pair(h, w->member.record, w->member.field);
	for (i = 0; i < w->nheld; i++)
		h = hash_pair(h, w->held[i].name, w->held[i].rel << 2 | w->held[i].mode);
	for (i = 0; i < w->nactivities; i++)
		h = hash_pair(h, w->activities[i].rel, w->activities[i].ended);
	return h;
}

/*
 * Where the write stands in the hash table of the unit's writes, or is to stand: index + 1, or 0.
 * Open addressing, at most half full.
 */
static uint32_t *slot_of(const struct collected *c, const struct write *w, uint32_t field)
{
	size_t i = write_hash(w, field) & (c->nslots - 1);
	uint32_t at;

	for (; (at = c->slots[i]); i = (i + 1) & (c->nslots - 1))
		if (c->fields[at - 1] == field && same_write(&c->writes[at - 1], w))
			break;
	return &c->slots[i];
}

static void grow(struct collected *c)
{
	uint32_t i;

	c->nslots = c->nslots ? 2 * c->nslots : 8;
	free(c->slots);
	c->slots = xcalloc(c->nslots, sizeof(*c->slots));
	for (i = 0; i < c->n; i++)
		*slot_of(c, &c->writes[i], c->fields[i]) = i + 1;
}

uint32_t *collected_slot(struct collected *c, const struct write *w, uint32_t field)
{
	if (2 * c->n >= c->nslots)
		grow(c);
	return slot_of(c, w, field);
}
