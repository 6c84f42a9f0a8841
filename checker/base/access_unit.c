// SPDX-License-Identifier: GPL-2.0-only
/*
 * access_unit.c - the access unit of a bitfield: the bytes that a compiler's store to it writes, those it
 * changes and those it loads and writes back unchanged.  tests/codegen.t compares this with the code
 * that the compilers generate for random structs.
 *
 * Both compilers stay inside the run of adjacent bitfields and the padding behind it (C11 3.14).
 *
 * gcc 12, x86-64 (stor-layout.cc, finish_bitfield_representative(); expmed.cc): the bit region is the
 * run, rounded up to 1, 2, 4, 8 or 16 bytes if that fits before the next member, else to whole bytes.
 * A store uses the smallest access of 1, 2, 4 or 8 bytes that contains the field, is aligned relative
 * to the start of the region and lies inside it.  If there is none, the store is done in parts.  A
 * field of whole bytes may be stored alone.
 *
 * clang 19, x86-64 and arm64 (CGRecordLayoutBuilder.cpp, accumulateBitFields()): bitfields that share
 * a byte form a span.  Spans are merged, first to last, while the result fits into 1, 2, 4 or 8 bytes
 * before the next member.  Code generation may use fewer bytes: for constants, for fields of whole
 * bytes, or when the access would not be a power of two.
 */
#include "access_unit.h"

/* Adjacent bitfields of one record, or of one anonymous member of it. */
struct run {
	const struct record *record;
	uint32_t first, last; /* indexes of fields, both included */
	uint64_t start, end;  /* bytes; `end` is one past the last byte of the run */
	uint64_t limit;	      /* byte where the next member begins */
};

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

/* The run that `f` is in.  A `:0` counts as the next member for gcc, but not for clang. */
static struct run run_of(const struct record *r, const struct field *f, bool zero_width_limits)
{
	uint32_t i = (uint32_t)(f - r->fields);
	struct run run = { .record = r, .first = i, .last = i };

	while (run.first && is_run(&r->fields[run.first - 1]) &&
	       r->fields[run.first - 1].group == f->group)
		run.first--;
	while (run.last + 1 < r->nfields && is_run(&r->fields[run.last + 1]) &&
	       r->fields[run.last + 1].group == f->group)
		run.last++;
	run.start = first_byte(&r->fields[run.first]);
	run.end = last_byte(&r->fields[run.last]) + 1;
	run.limit = f->group_end / 8;
	for (i = run.last + 1; i < r->nfields && first_byte(&r->fields[i]) < run.limit; i++) {
		if (first_byte(&r->fields[i]) < run.end ||
		    (!r->fields[i].bit_size && !zero_width_limits))
			continue;
		run.limit = first_byte(&r->fields[i]);
		break;
	}
	return run;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* --- gcc */

/* The bit region: the bits that a store may write. */
struct region {
	uint64_t start;	      /* byte of the record */
	uint64_t bits, align; /* size and alignment in bits */
};

/* Alignment in bits of a byte of the record, given the alignment of the record. */
static uint64_t aligned_at(const struct record *r, uint64_t byte)
{
	return smaller(r->align, byte ? byte & -byte : r->align) * 8;
}

static struct region gcc_region(const struct record *r, const struct field *f)
{
	struct run run = run_of(r, f, true);
	struct region region = { .start = run.start, .bits = (run.end - run.start) * 8 };
	uint64_t size = 8;

	while (size < region.bits)
		size *= 2;
	if (size <= 128 && size <= (run.limit - run.start) * 8)
		region.bits = size;
	region.align = aligned_at(r, run.start);
	return region;
}

/* A store to a member of a union may write all of the union. */
static struct region gcc_union(const struct record *r, const struct field *f)
{
	uint64_t start = first_byte(f);

	return (struct region){ start, f->group_end - start * 8, aligned_at(r, start) };
}

/* Size in bits of the smallest access for `bits` bits at `bit` of the region, or 0. */
static uint64_t gcc_access(const struct region *region, uint64_t bit, uint64_t bits)
{
	uint64_t size;

	for (size = 8; size <= 64 && size <= region->align; size *= 2)
		if (bit % size + bits <= size)
			return bit - bit % size + size <= region->bits ? size : 0;
	return 0;
}

static void range_add(struct byte_range *range, uint64_t first, uint64_t last)
{
	range->first = smaller(range->first, first);
	range->last = last > range->last ? last : range->last;
}

/* A field that no single access contains: gcc's store_split_bit_field(). */
static struct byte_range gcc_parts(const struct region *region, uint64_t bit, uint64_t bits)
{
	struct byte_range range = { UINT64_MAX, 0 };
	uint64_t unit = smaller(region->align, 64), part, size;

	while (bits) {
		if (unit > 8 && bit - bit % unit + unit > region->bits) {
			unit /= 2;
			continue;
		}
		part = smaller(bits, unit - bit % unit);
		size = gcc_access(region, bit, part);
		if (!size)
			size = 8;
		range_add(&range, bit / size * size / 8, (bit / size * size + size) / 8 - 1);
		bit += part;
		bits -= part;
	}
	range.first += region->start;
	range.last += region->start;
	return range;
}

struct byte_range access_unit_gcc(const struct record *r, const struct field *f)
{
	bool alternative = f->flags & FIELD_ALTERNATIVE;
	struct region region = alternative ? gcc_union(r, f) : gcc_region(r, f);
	uint64_t bit = f->bit_offset - region.start * 8, size;

	size = gcc_access(&region, bit, f->bit_size);
	if (!size)
		return gcc_parts(&region, bit, f->bit_size);
	bit = bit / size * size / 8 + region.start;
	return (struct byte_range){ bit, bit + size / 8 - 1 };
}

/* --- clang */

/* The field after the span that starts at field `i`; *end is one past the last byte of the span. */
static uint32_t span_end(const struct run *run, uint32_t i, uint64_t *end)
{
	const struct field *fields = run->record->fields;

	do
		*end = last_byte(&fields[i++]) + 1;
	while (i <= run->last && fields[i].bit_offset % 8);
	return i;
}

/* Merges the spans from field `start` on into one access; returns the field after them. */
static uint32_t join_spans(const struct run *run, uint32_t start, struct byte_range *access)
{
	const struct field *fields = run->record->fields;
	uint64_t end, size, stop;
	uint32_t next, joined;

	access->first = first_byte(&fields[start]);
	joined = next = span_end(run, start, &end);
	access->last = end - 1;
	for (;;) {
		stop = next <= run->last ? first_byte(&fields[next]) : run->limit;
		for (size = 1; size < end - access->first; size *= 2)
			;
		if (size > 8 && joined != next)
			break;
		if (access->first + size <= stop) {
			access->last = access->first + size - 1;
			joined = next;
		}
		if (next > run->last)
			break;
		next = span_end(run, next, &end);
	}
	return joined;
}

/* CGRecordLowering::lowerUnion(): an integer as wide as the field, if the union is not smaller. */
static struct byte_range clang_alternative(const struct field *f)
{
	uint64_t size = 1, most = f->group_end / 8 - first_byte(f);

	while (size * 8 < f->bit_size)
		size *= 2;
	return (struct byte_range){ first_byte(f), first_byte(f) + smaller(size, most) - 1 };
}

struct byte_range access_unit_clang(const struct record *r, const struct field *f)
{
	struct run run = run_of(r, f, false);
	uint32_t start = run.first;
	struct byte_range access;

	if (f->flags & FIELD_ALTERNATIVE)
		return clang_alternative(f);

	do
		start = join_spans(&run, start, &access);
	while (start <= run.last && last_byte(f) > access.last);
	return access;
}
