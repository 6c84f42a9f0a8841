// SPDX-License-Identifier: GPL-2.0-only
/* room.c - how far a record may grow into the padding behind it in the records that embed it. */
#include "relayout.h"
#include "room.h"

/* Is everything in the record where it was, but for the end of what grows? */
static bool same_layout(const struct record *a, const struct record *b)
{
	uint32_t i;

	for (i = 0; i < a->nfields; i++)
		if (a->fields[i].bit_offset != b->fields[i].bit_offset)
			return false;
	return a->bytes == b->bytes;
}

/* Does the record embed an r?  *array: as an array. */
static bool embeds(const struct record *outer, const struct record *r, bool *array)
{
	bool found = false;
	uint32_t i;

	*array = false;
	for (i = 0; i < outer->nfields; i++) {
		const struct field *f = &outer->fields[i];

		if (f->record != r->key || (f->flags & FIELD_POINTER))
			continue;
		found = true;
		*array |= f->flags & FIELD_ARRAY;
	}
	return found;
}

uint64_t record_room(const struct program *p, const struct record *r, struct arena *a)
{
	uint64_t most = 2 * r->bytes + 64, bytes, room;
	bool found = false, array;
	uint32_t field;
	size_t i;

	for (i = 0; i < p->nrecords && most > r->bytes; i++) {
		const struct record *outer = &p->records[i];

		if (!embeds(outer, r, &array))
			continue;
		found = true;
		room = r->bytes;
		for (bytes = r->bytes + r->align;
		     !array && bytes <= most && relayout_explains(outer, &field) &&
		     same_layout(outer, relayout_resized(outer, r->key, bytes, a));
		     bytes += r->align)
			room = bytes;
		most = room;
	}
	return found ? most : r->bytes;
}
