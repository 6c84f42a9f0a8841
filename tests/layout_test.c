// SPDX-License-Identifier: GPL-2.0-only
/* layout_test.c - storage units from hand-made records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "link/storage_unit.h"

/* A bitfield of `width` bits; NULL is unnamed. */
#define BITS(field_name, offset, width, group_number) \
	{ .name = str_intern(field_name),             \
	  .bit_offset = (offset),                     \
	  .bit_size = (width),                        \
	  .flags = FIELD_BITFIELD,                    \
	  .group = (group_number) }
#define PLAIN(field_name, offset, size, group_number) \
	{ .name = str_intern(field_name),             \
	  .bit_offset = (offset),                     \
	  .bit_size = (size),                         \
	  .group = (group_number) }

static struct arena arena;

/* The unit each field is expected in, '-' for none. */
static void check_units(struct field *fields, uint32_t n, const char *expected)
{
	struct record r = { .fields = fields, .nfields = n };
	char actual[64];
	uint32_t i;

	layout_units(&r, &arena);
	for (i = 0; i < n; i++)
		actual[i] = fields[i].unit == NONE ? '-' : (char)('0' + fields[i].unit);
	actual[n] = '\0';
	assert_string_equal(actual, expected);
	for (i = 0; i < n; i++)
		if (fields[i].unit != NONE)
			assert_true(layout_overlap(&fields[i], &r.units[fields[i].unit]));
}

#define CHECK_UNITS(fields, expected) check_units(fields, ARRAY_SIZE(fields), expected)

static void adjacent_bitfields_are_one_unit(void **state)
{
	struct field fields[] = { BITS("a", 0, 1, 0), BITS("b", 1, 1, 0), BITS("c", 32, 12, 0) };
	struct record r = { .fields = fields, .nfields = ARRAY_SIZE(fields) };

	(void)state;
	layout_units(&r, &arena);
	assert_int_equal(r.nunits, 1);
	assert_int_equal(r.units[0].first, 0);
	assert_int_equal(r.units[0].last, 2);
	assert_int_equal(r.units[0].bit_offset, 0);
	assert_int_equal(r.units[0].bit_size, 44);
}

static void zero_width_ends_a_unit(void **state)
{
	struct field fields[] = { BITS("a", 0, 1, 0), BITS(NULL, 8, 0, 0), BITS("b", 8, 1, 0) };

	(void)state;
	CHECK_UNITS(fields, "0-1");
}

static void plain_member_ends_a_unit(void **state)
{
	struct field fields[] = { BITS("a", 0, 1, 0), PLAIN("x", 8, 8, 0), BITS("b", 16, 1, 0) };

	(void)state;
	CHECK_UNITS(fields, "0-1");
}

static void anonymous_struct_ends_a_unit(void **state)
{
	struct field fields[] = { BITS("a", 0, 1, 0), BITS("b", 8, 1, 1), BITS("c", 16, 1, 0) };

	(void)state;
	CHECK_UNITS(fields, "012");
}

static void padding_isolates_nothing(void **state)
{
	struct field fields[] = { BITS("a", 0, 1, 0), BITS(NULL, 1, 31, 0), BITS("b", 32, 1, 0) };

	(void)state;
	CHECK_UNITS(fields, "000");
}

static void padding_alone_is_no_unit(void **state)
{
	struct field fields[] = { PLAIN("x", 0, 8, 0), BITS(NULL, 8, 8, 0), PLAIN("y", 16, 8, 0),
				  BITS("a", 24, 1, 0) };

	(void)state;
	CHECK_UNITS(fields, "---0");
}

static void packed_bitfields_stay_one_unit(void **state)
{
	struct field fields[] = { BITS("a", 0, 3, 0), BITS("b", 3, 9, 0), BITS("c", 12, 4, 0) };

	(void)state;
	CHECK_UNITS(fields, "000");
}

static void members_of_a_union_overlay(void **state)
{
	struct field fields[] = { BITS("a", 0, 1, 1), BITS("b", 0, 3, 1), PLAIN("x", 8, 8, 0) };
	struct record r = { .fields = fields, .nfields = ARRAY_SIZE(fields) };

	(void)state;
	CHECK_UNITS(fields, "00-");
	layout_units(&r, &arena);
	assert_int_equal(r.units[0].bit_size, 3);
}

static void flags_word_overlays_the_bits(void **state)
{
	struct field fields[] = { PLAIN("before", 0, 8, 0), BITS("a", 8, 1, 2), BITS("b", 9, 1, 2),
				  PLAIN("flags", 8, 8, 1), PLAIN("after", 16, 8, 0) };

	(void)state;
	CHECK_UNITS(fields, "-000-");
}

static void alternatives_join_even_across_others(void **state)
{
	/* union { struct { a, b; x; c; }; struct { d, e; }; } */
	struct field fields[] = { BITS("a", 0, 1, 2),  BITS("b", 1, 1, 2), PLAIN("x", 32, 32, 2),
				  BITS("c", 64, 1, 2), BITS("d", 0, 4, 3), BITS("e", 4, 1, 3) };
	struct record r = { .fields = fields, .nfields = ARRAY_SIZE(fields) };

	(void)state;
	CHECK_UNITS(fields, "00-100");
	layout_units(&r, &arena);
	assert_int_equal(r.nunits, 2);
	assert_int_equal(r.units[0].first, 0);
	assert_int_equal(r.units[0].last, 5);
	assert_int_equal(r.units[1].first, 3);
	assert_int_equal(r.units[1].last, 3);
}

static void wide_member_overlays_two_units(void **state)
{
	struct field fields[] = { BITS("a", 0, 1, 2), BITS(NULL, 8, 0, 2), BITS("b", 8, 1, 2),
				  PLAIN("both", 0, 16, 1) };
	struct record r = { .fields = fields, .nfields = ARRAY_SIZE(fields) };

	(void)state;
	CHECK_UNITS(fields, "0-10");
	layout_units(&r, &arena);
	assert_true(layout_overlap(&fields[3], &r.units[1]));
	assert_false(layout_overlap(&fields[0], &r.units[1]));
}

static void record_without_bitfields_has_no_units(void **state)
{
	struct field fields[] = { PLAIN("x", 0, 32, 0), PLAIN("flexible", 32, 0, 0) };
	struct record empty = { 0 };

	(void)state;
	CHECK_UNITS(fields, "--");
	layout_units(&empty, &arena);
	assert_int_equal(empty.nunits, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adjacent_bitfields_are_one_unit),
		cmocka_unit_test(zero_width_ends_a_unit),
		cmocka_unit_test(plain_member_ends_a_unit),
		cmocka_unit_test(anonymous_struct_ends_a_unit),
		cmocka_unit_test(padding_isolates_nothing),
		cmocka_unit_test(padding_alone_is_no_unit),
		cmocka_unit_test(packed_bitfields_stay_one_unit),
		cmocka_unit_test(members_of_a_union_overlay),
		cmocka_unit_test(flags_word_overlays_the_bits),
		cmocka_unit_test(alternatives_join_even_across_others),
		cmocka_unit_test(wide_member_overlays_two_units),
		cmocka_unit_test(record_without_bitfields_has_no_units),
	};
	int failed = cmocka_run_group_tests_name("layout", tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
