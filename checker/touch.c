// SPDX-License-Identifier: GPL-2.0-only
/*
 * touch.c - which bytes a store to a bitfield loads and writes back.
 *
 * Both compilers stay inside the storage unit and the padding behind it: the
 * next member that is no bitfield, or the end of the record, is the limit
 * (C11 3.14 forbids to write the member).
 *
 * gcc: the smallest naturally aligned 1, 2, 4 or 8 bytes with all bits of the
 * field; where that passes the limit, just the bytes that the field is in.
 *
 * clang: bitfields that share a byte are one span.  Spans are joined, first to
 * last, while they fit into 1, 2, 4 or 8 bytes before the limit; a span too long
 * for that is accessed alone (CodeGen, CGRecordLayoutBuilder.cpp, since version 19).
 * Code generation may then narrow a store of a constant to fewer bytes.
 */
#include "out.h"

static uint64_t first_byte(const struct field *f)
{
	return f->bit_offset / 8;
}

static uint64_t last_byte(const struct field *f)
{
	return (f->bit_offset + f->bit_size - 1) / 8;
}

static bool is_run(const struct field *f)
{
	return f->flags & FIELD_BITFIELD && f->bit_size;
}

/* The first byte behind the run of `f` that is no padding. */
static uint64_t run_limit(const struct record *r, const struct field *f)
{
	uint64_t end = last_byte(f) + 1, limit = r->bytes;
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (is_run(&r->fields[i]) && r->fields[i].unit == f->unit &&
		    last_byte(&r->fields[i]) >= end)
			end = last_byte(&r->fields[i]) + 1;
	for (i = 0; i < r->nfields; i++) {
		const struct field *next = &r->fields[i];

		if (next->unit != f->unit && next->bit_size && first_byte(next) >= end &&
		    first_byte(next) < limit)
			limit = first_byte(next);
	}
	return limit > end ? limit : end;
}

struct byte_range touch_gcc(const struct record *r, const struct field *f)
{
	const struct unit *unit = &r->units[f->unit];
	uint64_t limit = run_limit(r, f), size, start;

	for (size = 1; size <= 8; size *= 2) {
		start = first_byte(f) / size * size;
		if (start + size > last_byte(f) && start >= unit->bit_offset / 8 &&
		    start + size <= limit)
			return (struct byte_range){ start, start + size - 1 };
	}
	return (struct byte_range){ first_byte(f), last_byte(f) };
}

/* Index behind the span that starts at field `i`; *end is the byte behind it. */
static uint32_t span_end(const struct record *r, const struct unit *u, uint32_t i, uint64_t *end)
{
	*end = last_byte(&r->fields[i]) + 1;
	for (i++; i <= u->last; i++) {
		if (!is_run(&r->fields[i]))
			continue;
		if (first_byte(&r->fields[i]) >= *end)
			break;
		if (last_byte(&r->fields[i]) >= *end)
			*end = last_byte(&r->fields[i]) + 1;
	}
	return i;
}

/* Joins spans from field `start` on to one access; returns the index behind the last of them. */
static uint32_t join_spans(const struct record *r, const struct unit *u, uint32_t start,
			   uint64_t limit, struct byte_range *access)
{
	uint64_t end, size, stop;
	uint32_t i, next, joined;

	access->first = first_byte(&r->fields[start]);
	joined = span_end(r, u, start, &end);
	access->last = end - 1;
	for (i = start; i <= u->last; i = next) {
		next = span_end(r, u, i, &end);
		stop = next <= u->last ? first_byte(&r->fields[next]) : limit;
		for (size = 1; size < end - access->first; size *= 2)
			;
		if (size > 8)
			break;
		if (access->first + size > stop)
			continue;
		access->last = access->first + size - 1;
		joined = next;
	}
	return joined;
}

struct byte_range touch_clang(const struct record *r, const struct field *f)
{
	const struct unit *u = &r->units[f->unit];
	uint64_t limit = run_limit(r, f);
	struct byte_range access;
	uint32_t start = u->first;

	do
		start = join_spans(r, u, start, limit, &access);
	while (start <= u->last && last_byte(f) > access.last);
	return access;
}
