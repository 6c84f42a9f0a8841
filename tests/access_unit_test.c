// SPDX-License-Identifier: GPL-2.0-only
/*
 * access_unit_test.c - bytes of a bitfield store, as `gcc -O2` (12, x86-64) and `clang -O2` (19, x86-64)
 * compile `void f(struct s *p, T v) { p->field = v; }` for the structs in the comments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "link/storage_unit.h"
#include "base/access_unit.h"

struct member {
	const char *name;
	uint64_t bit, width; /* width of a plain member in bits */
	bool plain;
};

static struct arena arena;

static struct record *make(const struct member *members, uint32_t n, uint64_t bytes,
			   uint64_t align)
{
	struct record *r = arena_alloc(&arena, sizeof(*r));
	uint32_t i;

	r->bytes = bytes;
	r->align = align;
	r->nfields = n;
	r->fields = arena_alloc(&arena, n * sizeof(*r->fields));
	for (i = 0; i < n; i++) {
		struct field *f = &r->fields[i];

		f->name = str_intern(members[i].name);
		f->bit_offset = members[i].bit;
		f->bit_size = members[i].width;
		f->flags = members[i].plain ? 0 : FIELD_BITFIELD;
		f->unit = NONE;
		f->group_end = bytes * 8;
	}
	layout_units(r, &arena);
	return r;
}

static void expect(const struct record *r, const char *name, struct byte_range gcc,
		   struct byte_range clang)
{
	const struct field *f = r->fields;
	struct byte_range range;

	while (strcmp(str_get(f->name), name))
		f++;
	range = access_unit_gcc(r, f);
	assert_int_equal(range.first, gcc.first);
	assert_int_equal(range.last, gcc.last);
	range = access_unit_clang(r, f);
	assert_int_equal(range.first, clang.first);
	assert_int_equal(range.last, clang.last);
}

#define RANGE(a, b) ((struct byte_range){ a, b })
#define MAKE(bytes, align, ...) \
	make((const struct member[]){ __VA_ARGS__ }, \
	     sizeof((const struct member[]){ __VA_ARGS__ }) / sizeof(struct member), bytes, align)

/* long x; bool b0:1, ... b11:1 (drawn as three); char after; */
static void twelve_flags(void **state)
{
	const struct record *r = MAKE(16, 8, { "x", 0, 64, true }, { "low", 64, 8, false },
				      { "b8", 72, 1, false }, { "b9", 73, 3, false },
				      { "after", 80, 8, true });

	(void)state;
	expect(r, "b9", RANGE(9, 9), RANGE(8, 9));
}

/* u32 a:12, b:12, c:12; */
static void thirty_six_bits(void **state)
{
	const struct record *r = MAKE(8, 4, { "a", 0, 12, false }, { "b", 12, 12, false },
				      { "c", 32, 12, false });

	(void)state;
	expect(r, "a", RANGE(0, 1), RANGE(0, 7));
	expect(r, "b", RANGE(0, 3), RANGE(0, 7));
	expect(r, "c", RANGE(4, 5), RANGE(0, 7));
}

/* u32 a:1; u32 :31; u32 b:1; u32 :31; */
static void padding_isolates_nothing(void **state)
{
	const struct record *r = MAKE(8, 4, { "a", 0, 1, false }, { "", 1, 31, false },
				      { "b", 32, 1, false }, { "", 33, 31, false });

	(void)state;
	expect(r, "a", RANGE(0, 0), RANGE(0, 7));
	expect(r, "b", RANGE(4, 4), RANGE(0, 7));
}

/* u32 a:20; u8 next; */
static void member_in_the_last_byte(void **state)
{
	const struct record *r = MAKE(4, 4, { "a", 0, 20, false }, { "next", 24, 8, true });

	(void)state;
	expect(r, "a", RANGE(0, 2), RANGE(0, 2));
}

/* u32 a:1; u32 :0; u32 b:1; */
static void zero_width_separates(void **state)
{
	const struct record *r = MAKE(8, 4, { "a", 0, 1, false }, { "", 32, 0, false },
				      { "b", 32, 1, false });

	(void)state;
	expect(r, "a", RANGE(0, 0), RANGE(0, 0));
	expect(r, "b", RANGE(4, 4), RANGE(4, 4));
}

/* u8 a:1; u8 b:7; u8 c:8; u8 d:8; u8 x; */
static void no_power_of_two_fits(void **state)
{
	const struct record *r = MAKE(4, 1, { "a", 0, 1, false }, { "b", 1, 7, false },
				      { "c", 8, 8, false }, { "d", 16, 8, false },
				      { "x", 24, 8, true });

	(void)state;
	expect(r, "a", RANGE(0, 0), RANGE(0, 1));
	expect(r, "d", RANGE(2, 2), RANGE(2, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twelve_flags),
		cmocka_unit_test(thirty_six_bits),
		cmocka_unit_test(padding_isolates_nothing),
		cmocka_unit_test(member_in_the_last_byte),
		cmocka_unit_test(zero_width_separates),
		cmocka_unit_test(no_power_of_two_fits),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
