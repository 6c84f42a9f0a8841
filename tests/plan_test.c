// SPDX-License-Identifier: GPL-2.0-only
/* plan_test.c - layouts of hand-made records, and where their fields go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fix/build.h"
#include "fix/build_targets.h"
#include "fix/edits.h"
#include "link/regroup.h"
#include "link/storage_unit.h"
#include "fix/files.h"
#include "fix/pahole.h"
#include "fix/placement.h"
#include "fix/plan_lookup.h"
#include "fix/relayout.h"
#include "fix/type_bits.h"

static struct arena arena;

/* A member of a record as a line of C would declare it; `width` of a bitfield, in bits. */
struct line {
	const char *type, *name;
	uint64_t bytes;
	uint32_t width;
};

#define BIT_FIELD(name) { "bool", name, 1, 1 }
#define MAX_FIELDS 16

/* The record with the members of `lines`, laid out by relayout() itself. */
static struct record *record_make(const struct line *lines, uint32_t n, uint64_t align)
{
	struct record *r = arena_alloc(&arena, sizeof(*r));
	struct relayout_member order[MAX_FIELDS] = { 0 };
	uint64_t offsets[MAX_FIELDS];
	uint32_t i;

	r->name = str_intern("foo");
	r->key = str_intern("foo@foo.h");
	r->align = align;
	r->nfields = n;
	r->fields = arena_alloc(&arena, n * sizeof(*r->fields));
	for (i = 0; i < n; i++) {
		struct field *f = &r->fields[i];

		f->type = str_intern(lines[i].type);
		f->name = str_intern(lines[i].name);
		f->bit_size = lines[i].width ? lines[i].width : lines[i].bytes * 8;
		f->flags = lines[i].width ? FIELD_BITFIELD : 0;
		if (lines[i].width && !strcmp(lines[i].type, "bool"))
			f->flags |= FIELD_BOOL;
		if (strchr(lines[i].type, '*'))
			f->flags |= FIELD_POINTER;
		order[i].field = i;
	}
	r->bytes = relayout(r, order, n, offsets);
	for (i = 0; i < n; i++)
		r->fields[i].bit_offset = offsets[i];
	layout_units(r, &arena);
	return r;
}

#define RECORD(lines) record_make(lines, ARRAY_SIZE(lines), 8)

static uint32_t field_index(const struct record *r, const char *name)
{
	uint32_t i;

	for (i = 0; strcmp(str_get(r->fields[i].name), name); i++)
		;
	return i;
}

/* A plan that moves the named fields (blank-separated) out of the first unit. */
static struct fix_plan *plan_for(const struct record *r, const char *names, bool compact)
{
	struct unit_verdict *u = arena_alloc(&arena, sizeof(*u));
	const struct unit_verdict **units = arena_alloc(&arena, sizeof(*units));
	struct fix_plan *plan = arena_alloc(&arena, sizeof(*plan));
	char *list = xstrdup(names), *name, *save;

	*units = u;
	u->record = r;
	u->unit = &r->units[0];
	plan->record = r;
	plan->tree_bytes = r->bytes;
	plan->units = units;
	plan->nunits = 1;
	plan->moves = arena_alloc(&arena, MAX_FIELDS * sizeof(*plan->moves));
	for (name = strtok_r(list, " ", &save); name; name = strtok_r(NULL, " ", &save)) {
		struct field_move *m = &plan->moves[plan->nmoves++];

		m->field = field_index(r, name);
		m->unit = u;
		m->judged = arena_alloc(&arena, sizeof(*m->judged));
		m->type = "bool";
		m->bits = 8;
	}
	placement_choose(plan, &(struct plan_options){ .compact = compact, .grow = true }, &arena);
	free(list);
	return plan;
}

/* The member that a field was put behind; "" for in its place. */
static const char *put_behind(const struct fix_plan *plan, const char *name)
{
	const struct field_move *m = plan_move(plan, field_index(plan->record, name));

	return m->behind == NONE ? "" : str_get(plan->record->fields[m->behind].name);
}

static void layout_is_that_of_the_abi(void **state)
{
	const struct line lines[] = { { "u8", "a", 1, 0 },
				      { "u16", "b", 2, 0 },
				      { "unsigned int", "c", 4, 12 },
				      { "unsigned int", "d", 4, 20 },
				      { "unsigned int", "e", 4, 1 },
				      { "void *", "f", 8, 0 },
				      { "u8", "g", 1, 0 } };
	struct record *r = RECORD(lines);
	uint32_t i;

	(void)state;
	assert_true(relayout_explains(r, &i));
	assert_int_equal(r->fields[1].bit_offset, 16);
	assert_int_equal(r->fields[2].bit_offset, 32);
	assert_int_equal(r->fields[3].bit_offset, 44);
	assert_int_equal(r->fields[4].bit_offset, 64);
	assert_int_equal(r->fields[5].bit_offset, 128);
	assert_int_equal(r->bytes, 32);
}

static void another_layout_is_noticed(void **state)
{
	const struct line lines[] = { { "u8", "a", 1, 0 }, { "u32", "b", 4, 0 } };
	struct record *r = RECORD(lines);
	uint32_t i;

	(void)state;
	r->fields[1].bit_offset = 8;
	assert_false(relayout_explains(r, &i));
	assert_int_equal(i, 1);
}

static void types_have_sizes(void **state)
{
	(void)state;
	assert_int_equal(type_bits("bool"), 8);
	assert_int_equal(type_bits("u8"), 8);
	assert_int_equal(type_bits("__le16"), 16);
	assert_int_equal(type_bits("uint32_t"), 32);
	assert_int_equal(type_bits("unsigned int"), 32);
	assert_int_equal(type_bits("enum foo"), 32);
	assert_int_equal(type_bits("unsigned long long"), 64);
	assert_int_equal(type_bits("struct foo *"), 64);
	assert_int_equal(type_bits("struct foo"), 0);
	assert_int_equal(type_bits("spinlock_t"), 0);
}

static void beside_where_there_is_room(void **state)
{
	const struct line lines[] = { { "u8", "x", 1, 0 }, { "void *", "p", 8, 0 },
				      BIT_FIELD("a"),	   BIT_FIELD("b"),
				      BIT_FIELD("c"),	   { "void *", "q", 8, 0 } };
	struct fix_plan *plan = plan_for(RECORD(lines), "a c", false);

	(void)state;
	assert_string_equal(put_behind(plan, "a"), "b");
	assert_string_equal(put_behind(plan, "c"), "b");
	assert_int_equal(plan->bytes, plan->tree_bytes);
	assert_int_equal(plan->offsets[field_index(plan->record, "b")], 128);
	assert_int_equal(plan->offsets[field_index(plan->record, "c")], 128 + 16);
}

static void first_fields_go_into_a_hole_where_there_is_not(void **state)
{
	const struct line lines[] = { { "void *", "p", 8, 0 }, { "u16", "x", 2, 0 },
				      { "void *", "q", 8, 0 }, { "u32", "y", 4, 0 },
				      { "u16", "z", 2, 0 },    BIT_FIELD("a"),
				      BIT_FIELD("b"),	       BIT_FIELD("c"),
				      BIT_FIELD("d"),	       { "void *", "r", 8, 0 } };
	struct fix_plan *plan = plan_for(RECORD(lines), "a b d", false);

	(void)state;
	assert_string_equal(put_behind(plan, "a"), "x");
	assert_string_equal(put_behind(plan, "b"), "x");
	assert_string_equal(put_behind(plan, "d"), "c");
	assert_int_equal(plan->bytes, plan->tree_bytes);
}

static void all_moved_stay_in_place(void **state)
{
	const struct line lines[] = {
		{ "u32", "x", 4, 0 }, BIT_FIELD("a"), BIT_FIELD("b"), { "void *", "q", 8, 0 }
	};
	struct fix_plan *plan = plan_for(RECORD(lines), "a b", false);

	(void)state;
	assert_string_equal(put_behind(plan, "a"), "");
	assert_string_equal(put_behind(plan, "b"), "");
	assert_int_equal(plan->carried, NONE);
}

static void compact_carries_the_last_small_member(void **state)
{
	const struct line lines[] = { { "u32", "x", 4, 0 },    { "u32", "y", 4, 0 },
				      BIT_FIELD("a"),	       BIT_FIELD("b"),
				      { "void *", "q", 8, 0 }, { "int", "status", 4, 0 } };
	struct fix_plan *plan = plan_for(RECORD(lines), "a b", true);

	(void)state;
	assert_int_equal(plan->carried, 5);
	assert_int_equal(plan->carried_behind, 3);
	assert_int_equal(plan->tree_bytes, 32);
	assert_int_equal(plan->bytes, 24);
	assert_int_equal(plan->offsets[5], 96);
}

static void grows_only_without_any_hole(void **state)
{
	const struct line lines[] = { { "u16", "x", 2, 0 },
				      { "u8", "y", 1, 0 },
				      BIT_FIELD("a"),
				      BIT_FIELD("b"),
				      { "u32", "z", 4, 0 } };
	struct fix_plan *plan = plan_for(RECORD(lines), "a", false);

	(void)state;
	assert_string_equal(put_behind(plan, "a"), "b");
	assert_int_equal(plan->tree_bytes, 8);
	assert_int_equal(plan->bytes, 16);
}

static void embedded_record_that_shrank(void **state)
{
	const struct line lines[] = { { "u64", "x", 8, 0 },
				      { "struct inner", "in", 32, 0 },
				      { "u64", "z", 8, 0 } };
	struct record *r = RECORD(lines);
	const struct record *small;

	(void)state;
	r->fields[1].record = str_intern("inner@foo.h");
	small = relayout_resized(r, str_intern("inner@foo.h"), 24, &arena);
	assert_int_equal(small->bytes, 40);
	assert_int_equal(small->fields[2].bit_offset, 32 * 8);
	assert_int_equal(r->bytes, 48);
}

static void words_are_compared_without_white_space(void **state)
{
	(void)state;
	assert_true(words_equal("a  b; /* c */\n", "a\tb;/* c */", true));
	assert_false(words_equal("a b; /* c */\n", "a b;", true));
	assert_true(words_equal("a b; /* c */\n", "a b;", false));
	assert_false(words_equal("a b;", "a c;", false));
}

static void edits_are_made_in_order(void **state)
{
	struct edits e = { 0 };
	char *text;

	(void)state;
	edits_add(&e, 4, 5, "%s", "E");
	edits_add(&e, 0, 0, "<");
	edits_add(&e, 4, 4, "+");
	text = edits_apply(&e, "abcdef");
	assert_string_equal(text, "<abcd+Ef");
	free(text);
	edits_free(&e);
}

/* Compiles the record by that compiler, and compares the object with plans that fit it and that do not. */
static void pahole_reads_what_it_made(const char *compiler)
{
	/* of clang, pahole prints the type of `in`, and its size, within foo */
	static const char text[] =
		"struct foo { unsigned int x; _Bool a; _Bool b:1; void *q; struct { char c; } in; } foo;\n";
	const struct line lines[] = {
		{ "u32", "x", 4, 0 }, BIT_FIELD("a"), BIT_FIELD("b"), { "void *", "q", 8, 0 }
	};
	struct fix_plan *plan = plan_for(RECORD(lines), "a", false);
	const char *base = getenv("TMPDIR");
	char *dir = xasprintf("%s/plan_test.XXXXXX", base ? base : P_tmpdir), *source, *object;
	struct args args = { 0 };
	struct result r;
	bool found;

	assert_non_null(mkdtemp(dir));
	source = xasprintf("%s/foo.c", dir);
	object = xasprintf("%s/foo.o", dir);
	file_replace(source, text);
	args_add(&args, "%s", compiler);
	args_add(&args, "-gdwarf-4");
	args_add(&args, "-c");
	args_add(&args, "-o");
	args_add(&args, "%s", object);
	args_add(&args, "%s", source);
	process_run(&r, NULL, &args);
	assert_int_equal(r.status, 0);

	plan->bytes = 24;
	plan->offsets[1] = 32;
	plan->offsets[2] = 40;
	assert_null(pahole_compare(plan, object, &found, &arena));
	assert_true(found);
	plan->offsets[2] = 41;
	plan->bytes = 16;
	assert_string_equal(pahole_compare(plan, object, &found, &arena),
			    "sizeof is 24, planned 16\nb is at bit 40, planned 41\n");
	remove(source);
	remove(object);
	remove(dir);
	free(dir);
	free(source);
	free(object);
	result_free(&r);
	args_free(&args);
}

/* The object says where members are: what is elsewhere than planned must not pass. */
static void pahole_finds_what_is_not_as_planned(void **state)
{
	(void)state;
	pahole_reads_what_it_made("gcc");
	pahole_reads_what_it_made("clang-19");
}

static void new_warnings_are_told_from_old_ones(void **state)
{
	struct args old = { 0 }, now = { 0 };

	(void)state;
	args_add(&old, "a.c: warning: x");
	args_add(&now, "a.c: warning: x");
	assert_null(build_new_warnings(&old, &now, &arena));
	args_add(&now, "a.c: warning: x");
	args_add(&now, "b.c: warning: y");
	assert_string_equal(build_new_warnings(&old, &now, &arena),
			    "a.c: warning: x\nb.c: warning: y\n");
	args_free(&old);
	args_free(&now);
}

/* The verdicts for the layout `lines` of a record whose unit of the fields a, b and c has the conflict of a and b. */
static bool regroup(const struct line *lines, uint32_t n, bool unit_of_two, struct program *now)
{
	static const struct line was[] = { BIT_FIELD("a"), BIT_FIELD("b"), BIT_FIELD("c") };
	static struct conflict conflict = { .a = 0, .b = 1, .confidence = CONF_HIGH };
	const struct record *r = record_make(was, ARRAY_SIZE(was), 8);
	struct unit_field fields[3] = { 0 };
	struct unit_verdict old[2] = { 0 };
	struct program before = { .verdicts = old, .nverdicts = 2 };
	uint32_t i;

	for (i = 0; i < 3; i++) {
		fields[i].field = &r->fields[i];
		fields[i].lifetime = PHASE_RUNTIME;
	}
	old[0].record = old[1].record = r;
	old[0].verdict = VERDICT_RACY;
	old[0].fields = fields;
	old[0].nfields = unit_of_two ? 2 : 3;
	old[0].conflicts = &conflict;
	old[0].nconflicts = 1;
	old[1].fields = fields + old[0].nfields;
	old[1].nfields = 3 - old[0].nfields;
	*now = (struct program){ .records = record_make(lines, n, 8), .nrecords = 1 };
	return verdicts_regroup(now, &before, &arena);
}

/* A layout tells which fields are in a unit, and the writers found before which of them conflict. */
static void units_of_another_layout_are_judged(void **state)
{
	static const struct line a_moved[] = { { "bool", "a", 1, 0 },
					       BIT_FIELD("b"),
					       BIT_FIELD("c") };
	static const struct line c_moved[] = { BIT_FIELD("a"),
					       BIT_FIELD("b"),
					       { "bool", "c", 1, 0 } };
	static const struct line c_first[] = {
		BIT_FIELD("c"), { "int", "n", 4, 0 }, BIT_FIELD("a"), BIT_FIELD("b")
	};
	struct program now;

	(void)state;
	assert_true(regroup(a_moved, 3, false, &now));
	assert_int_equal(now.nverdicts, 1);
	assert_int_equal(now.verdicts[0].verdict, VERDICT_SERIALIZED);
	assert_true(regroup(c_moved, 3, false, &now));
	assert_int_equal(now.verdicts[0].verdict, VERDICT_RACY);
	assert_int_equal(now.verdicts[0].confidence, CONF_HIGH);
	assert_true(regroup(c_first, 4, false, &now));
	assert_int_equal(now.nverdicts, 2);
	assert_int_equal(now.verdicts[0].verdict, VERDICT_STABLE);
	assert_int_equal(now.verdicts[1].verdict, VERDICT_RACY);
	assert_true(regroup(c_first, 4, true, &now));
	/* nothing was said of a and c, nor of b and c */
	assert_false(regroup(a_moved, 3, true, &now));
}

static bool ends_in_c(void *ctx, const char *file)
{
	(void)ctx;
	return name_ends_in(file, ".c");
}

/* A function of the file that accesses the field and calls `callee`, or no function. */
static struct function function_make(const char *name, const char *file, const struct record *r,
				     const char *field, const char *callee)
{
	struct function f = { .name = str_intern(name), .loc = { str_intern(file), 1, 1 } };
	struct path *obj = arena_alloc(&arena, sizeof(*obj));

	obj->type = r->key;
	f.nblocks = 1;
	f.blocks = arena_alloc(&arena, sizeof(*f.blocks));
	f.blocks->nevents = 1;
	f.blocks->events = arena_alloc(&arena, sizeof(*f.blocks->events));
	*f.blocks->events =
		(struct event){ .kind = EV_ACCESS, .obj = obj, .field = str_intern(field) };
	f.ncalls = callee != NULL;
	f.calls = arena_alloc(&arena, sizeof(*f.calls));
	if (callee)
		*f.calls = (struct call){ .kind = CALLEE_DIRECT, .name = str_intern(callee) };
	return f;
}

/* What is in a header is built with its callers; if it has none, with all that use the record. */
static void objects_of_a_header_are_those_of_its_callers(void **state)
{
	static const struct line lines[] = { BIT_FIELD("a"), BIT_FIELD("b") };
	const struct record *r = RECORD(lines);
	struct function functions[] = { function_make("get_a", "foo.h", r, "a", NULL),
					function_make("one", "one.c", r, "b", "get_a"),
					function_make("two", "two.c", r, "b", NULL) };
	struct program p = { .functions = functions, .nfunctions = ARRAY_SIZE(functions) };
	struct fix_options o = { .is_compiled = ends_in_c };
	struct fix_series s = { .p = &p, .o = &o };
	struct patch patch = { .plan = *plan_for(r, "a", false) };
	struct args targets = { 0 };

	(void)state;
	*(struct unit_field *)patch.plan.moves[0].judged =
		(struct unit_field){ .field = &r->fields[0] };
	build_targets(&s, &patch, &targets);
	assert_int_equal(targets.n, 1);
	assert_string_equal(targets.v[0], "one.o");
	args_free(&targets);
	functions[1].ncalls = 0;
	build_targets(&s, &patch, &targets);
	assert_int_equal(targets.n, 2);
	args_free(&targets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_is_that_of_the_abi),
		cmocka_unit_test(another_layout_is_noticed),
		cmocka_unit_test(types_have_sizes),
		cmocka_unit_test(beside_where_there_is_room),
		cmocka_unit_test(first_fields_go_into_a_hole_where_there_is_not),
		cmocka_unit_test(all_moved_stay_in_place),
		cmocka_unit_test(compact_carries_the_last_small_member),
		cmocka_unit_test(grows_only_without_any_hole),
		cmocka_unit_test(embedded_record_that_shrank),
		cmocka_unit_test(words_are_compared_without_white_space),
		cmocka_unit_test(edits_are_made_in_order),
		cmocka_unit_test(pahole_finds_what_is_not_as_planned),
		cmocka_unit_test(new_warnings_are_told_from_old_ones),
		cmocka_unit_test(units_of_another_layout_are_judged),
		cmocka_unit_test(objects_of_a_header_are_those_of_its_callers),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
