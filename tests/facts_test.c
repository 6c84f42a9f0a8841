// SPDX-License-Identifier: GPL-2.0-only
/* facts_test.c - facts survive the trip through bytes; damaged bytes are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/uses.h"
#include "facts/factmsg.h"

static struct path sample_path(uint32_t root, uint32_t index)
{
	struct path p = { .root = root, .index = index, .type = str_intern("foo@a.c") };

	p.nsteps = 3;
	p.steps[0] = (struct step){ STEP_CONTAINER, str_intern("foo@a.c"), str_intern("dev") };
	p.steps[1] = (struct step){ STEP_INDEX, 0, 0 };
	p.steps[2] = (struct step){ STEP_PTR, str_intern("foo@a.c"), str_intern("lock") };
	return p;
}

static struct loc at(uint32_t line, uint32_t col)
{
	return (struct loc){ str_intern("drivers/a.c"), line, col };
}

/* A function with everything a function can have; static data, owned by nobody. */
static struct function sample_function(void)
{
	static struct path arg[2], base, written, defs[1], returns[1];
	static const struct path *args[2];
	static struct param params[1];
	static struct local locals[2];
	static struct call calls[1];
	static struct event events[2];
	static struct block blocks[2];
	static struct annotation annotations[1];
	static struct tested_member tested[1];
	static struct assigned_member assigned[1];
	static struct part_write parts[1];
	static uint32_t succs[] = { 1, 0 };

	arg[0] = sample_path(ROOT_PARAM, 0);
	args[0] = &arg[0];
	args[1] = &arg[1];
	base = sample_path(ROOT_STACK, 1);
	written = sample_path(ROOT_LOCAL, 0);
	arg[1] = (struct path){ .root = ROOT_GLOBAL, .name = str_intern("list") };
	defs[0] = sample_path(ROOT_CALL, 0);
	returns[0] = (struct path){ .root = ROOT_NULL };
	params[0] = (struct param){ str_intern("p"), str_intern("foo@a.c"),
				    { .bits = 16, .is_signed = true } };
	locals[0] = (struct local){ .name = str_intern("q"), .ndefs = 1, .defs = defs, .of = 1,
				      .pointed_by = 1, .distinct = true };
	locals[1] = (struct local){ .name = str_intern("ret"), .of = NONE };
	calls[0] = (struct call){ .kind = CALLEE_SLOT, .name = str_intern("open"),
				  .record = str_intern("ops@a.h"), .index = 7,
				  .base = &base, .nargs = 2, .args = args,
				  .dst = 1, .is_guard = true, .loc = at(20, 4) };
	events[0] = (struct event){ .kind = EV_CALL, .obj = &path_none, .src = &path_none,
				    .loc = at(20, 4) };
	events[1] = (struct event){ .kind = EV_ACCESS, .access = ACCESS_RMW, .call = NONE,
				    .local = NONE, .field = str_intern("busy"), .race_ok = true,
				    .obj = &written, .src = &path_none, .loc = at(12, 300),
				    .value = str_intern("1") };
	blocks[0] = (struct block){ .return_kind = RETURN_LOCAL, .return_index = 1, .nevents = 2,
				    .nsuccs = 2, .events = events, .succs = succs,
				    .negate = true, .test = NO_TEST };
	blocks[0].test.kind = TEST_SAME;
	blocks[0].test.local = 1;
	blocks[0].test.other = 0;
	blocks[0].test.a = blocks[0].test.b = &written;
	blocks[0].test.member = 0;
	blocks[1] = (struct block){ .test = NO_TEST };
	annotations[0] = (struct annotation){ ANN_COND_ACQUIRES, sample_path(ROOT_PARAM, 0),
					      str_intern("&p->lock") };
	tested[0] = (struct tested_member){ sample_path(ROOT_PARAM, 0), str_intern("state") };
	parts[0] = (struct part_write){ 0, 0, sample_path(ROOT_PARAM, 0), str_intern("bit") };
	assigned[0] = (struct assigned_member){ str_intern("foo@a.c"), str_intern("state") };
	return (struct function){ .key = str_intern("f@drivers/a.c"), .name = str_intern("f"),
				  .loc = at(10, 1), .flags = FUNC_STATIC | FUNC_INIT,
				  .nparams = 1, .nlocals = 2, .ncalls = 1, .nblocks = 2,
				  .nannotations = 1, .nreturns = 1, .ntested = 1, .nassigned = 1, .nparts = 1,
				  .params = params, .locals = locals, .calls = calls,
				  .blocks = blocks, .annotations = annotations,
				  .returns = returns, .tested = tested, .assigned = assigned, .parts = parts,
				  .body_hash = 0xfedcba98 };
}

static struct record sample_record(void)
{
	static struct field fields[2];

	fields[0] = (struct field){ .name = str_intern("busy"), .type = str_intern("u32"),
				    .comment = str_intern("protected by lock"), .loc = at(7, 2),
				    .bit_offset = 1ULL << 40, .bit_size = 1,
				    .flags = FIELD_BITFIELD, .group = 3, .unit = NONE };
	fields[1] = (struct field){ .type = str_intern("u32"), .loc = at(8, 2), .unit = NONE };
	return (struct record){ .key = str_intern("foo@a.c"), .name = str_intern("foo"),
				.loc = at(6, 1), .bytes = 64, .align = 8, .flags = RECORD_PACKED,
				.nfields = 2, .fields = fields };
}

static void record_round_trip(void **state)
{
	struct record r = sample_record(), back;
	struct buf one = { 0 }, two = { 0 };
	struct arena a = { 0 };

	(void)state;
	assert_true(facts_encode_record(&one, &r));
	assert_true(facts_decode_record(one.data, one.n, &a, &back));
	assert_true(facts_encode_record(&two, &back));
	assert_int_equal(one.n, two.n);
	assert_memory_equal(one.data, two.data, one.n);
	assert_memory_equal(r.fields, back.fields, r.nfields * sizeof(*r.fields));
	assert_int_equal(back.key, r.key);
	assert_int_equal(back.bytes, 64);
	assert_int_equal(back.flags, RECORD_PACKED);
	free(one.data);
	free(two.data);
	arena_free(&a);
}

static void function_round_trip(void **state)
{
	struct function f = sample_function(), back;
	struct buf one = { 0 }, two = { 0 };
	struct arena a = { 0 };

	(void)state;
	assert_true(facts_encode_function(&one, &f));
	assert_true(facts_decode_function(one.data, one.n, &a, &back));
	assert_true(facts_encode_function(&two, &back));
	assert_int_equal(one.n, two.n);
	assert_memory_equal(one.data, two.data, one.n);
	assert_int_equal(back.body_hash, 0xfedcba98);
	assert_int_equal(back.flags, f.flags);
	assert_int_equal(back.locals[0].of, 1);
	assert_true(back.locals[0].distinct);
	assert_memory_equal(back.locals[0].defs, f.locals[0].defs, sizeof(struct path));
	assert_memory_equal(back.calls[0].args[0], f.calls[0].args[0], sizeof(struct path));
	assert_memory_equal(back.calls[0].args[1], f.calls[0].args[1], sizeof(struct path));
	assert_memory_equal(back.calls[0].base, f.calls[0].base, sizeof(struct path));
	assert_memory_equal(back.blocks[0].events[1].obj, f.blocks[0].events[1].obj,
			    sizeof(struct path));
	assert_ptr_equal(back.blocks[0].events[0].obj, &path_none);
	assert_int_equal(back.calls[0].loc.line, 20);
	assert_memory_equal(&back.blocks[0].events[1].loc, &f.blocks[0].events[1].loc,
			    sizeof(struct loc));
	assert_int_equal(back.blocks[0].events[1].call, NONE);
	assert_int_equal(back.blocks[0].succs[0], 1);
	assert_true(back.blocks[0].negate);
	assert_int_equal(back.blocks[0].return_kind, RETURN_LOCAL);
	assert_int_equal(back.blocks[0].return_index, 1);
	assert_int_equal(back.annotations[0].text, f.annotations[0].text);
	assert_int_equal(back.returns[0].root, ROOT_NULL);
	assert_int_equal(back.blocks[0].test.kind, TEST_SAME);
	assert_int_equal(back.blocks[0].test.member, 0);
	assert_int_equal(back.blocks[0].test.local, 1);
	assert_int_equal(back.blocks[0].test.other, 0);
	assert_memory_equal(back.blocks[0].test.a, f.blocks[0].test.a, sizeof(struct path));
	assert_int_equal(back.blocks[0].test.call, NONE);
	assert_memory_equal(&back.params[0], &f.params[0], sizeof(f.params[0]));
	assert_int_equal(back.tested[0].field, f.tested[0].field);
	assert_int_equal(back.parts[0].field, f.parts[0].field);
	assert_int_equal(back.assigned[0].record, f.assigned[0].record);
	free(one.data);
	free(two.data);
	arena_free(&a);
}

static void small_facts_round_trip(void **state)
{
	struct slot_store s = { str_intern("ops@a.h"), str_intern("open"), str_intern("f@a.c"),
				str_intern("my_ops"), at(99, 3) }, s_back;
	struct annotation ann = { ANN_MUST_HOLD, sample_path(ROOT_PARAM, 9), str_intern("x") };
	struct declaration d = { str_intern("g"), 1, &ann }, d_back;
	struct buf b = { 0 };
	struct arena a = { 0 };

	(void)state;
	assert_true(facts_encode_slot(&b, &s));
	assert_true(facts_decode_slot(b.data, b.n, &a, &s_back));
	assert_memory_equal(&s, &s_back, sizeof(s));
	b.n = 0;
	assert_true(facts_encode_declaration(&b, &d));
	assert_true(facts_decode_declaration(b.data, b.n, &a, &d_back));
	assert_int_equal(d_back.func, d.func);
	assert_memory_equal(d_back.annotations, &ann, sizeof(ann));
	free(b.data);
	arena_free(&a);
}

static void uses_round_trip(void **state)
{
	struct value_source values[] = {
		{ .kind = VALUE_RANGE, .low = INT64_MIN, .high = INT64_MAX },
		{ .kind = VALUE_PARAM, .param = 3, .low = -1, .high = 255 },
		{ .kind = VALUE_RESULT, .function = str_intern("f@a.c"), .high = 1 },
	};
	struct member_use u = { .kind = USE_STORE,
				.record = str_intern("s@a.h"),
				.field = str_intern("x"),
				.function = str_intern("g"),
				.loc = at(7, 2),
				.nvalues = ARRAY_SIZE(values),
				.values = values },
			  back;
	struct buf b = { 0 };
	struct arena a = { 0 };

	(void)state;
	assert_true(facts_encode_use(&b, &u));
	assert_true(facts_decode_use(b.data, b.n, &a, &back));
	assert_memory_equal(back.values, values, sizeof(values));
	assert_int_equal(back.function, u.function);
	assert_int_equal(back.loc.line, 7);
	assert_false(facts_decode_use(b.data, b.n - 1, &a, &back));
	free(b.data);
	arena_free(&a);
}

static void try_decode(const unsigned char *data, size_t n, bool whole_only)
{
	struct arena a = { 0 };
	struct buf again = { 0 };
	struct function f;
	struct record r;

	if (facts_decode_function(data, n, &a, &f)) {
		assert_false(whole_only);
		assert_true(facts_encode_function(&again, &f));
	}
	if (facts_decode_record(data, n, &a, &r))
		assert_true(facts_encode_record(&again, &r));
	free(again.data);
	arena_free(&a);
}

/* Exact allocations, so that the address sanitizer sees a byte too many. */
static void damaged_chunks_are_survived(void **state)
{
	struct function f = sample_function();
	struct record r = sample_record();
	struct buf b[2] = { 0 };

	(void)state;
	facts_encode_function(&b[0], &f);
	facts_encode_record(&b[1], &r);
	for (size_t k = 0; k < 2; k++) {
		for (size_t n = 0; n < b[k].n; n++) {
			unsigned char *cut = malloc(n + 1);

			memcpy(cut, b[k].data, n);
			cut = realloc(cut, n ? n : 1);
			try_decode(cut, n, k == 0);
			free(cut);
		}
		for (size_t bit = 0; bit < b[k].n * 8; bit++) {
			b[k].data[bit / 8] ^= (unsigned char)(1 << bit % 8);
			try_decode(b[k].data, b[k].n, false);
			b[k].data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		}
		free(b[k].data);
	}
}

static void counts_beyond_the_input_are_refused(void **state)
{
	struct buf b = { 0 };
	struct arena a = { 0 };
	struct record r;

	(void)state;
	for (size_t i = 0; i < 8; i++)	/* key, name, loc, bytes, align, flags */
		buf_varint(&b, 0);
	buf_varint(&b, 1u << 31);	/* fields */
	assert_false(facts_decode_record(b.data, b.n, &a, &r));
	assert_null(a.head);
	free(b.data);
}

static void unsound_functions_are_refused(void **state)
{
	struct function f = sample_function();
	struct buf b = { 0 };
	struct path bad;

	(void)state;
	f.blocks[0].succs[0] = 2;
	assert_false(facts_encode_function(&b, &f));
	f.blocks[0].succs[0] = 1;
	bad = *f.calls[0].args[0];
	bad.index = 1;
	f.calls[0].args[0] = &bad;
	assert_false(facts_encode_function(&b, &f));
	bad.index = 0;
	f.locals[0].defs[0].nsteps = PATH_STEPS_MAX + 1;
	assert_false(facts_encode_function(&b, &f));
	f.locals[0].defs[0].nsteps = 3;
	f.blocks[0].events[0].kind = EV_DEREF + 1;
	assert_false(facts_encode_function(&b, &f));
	free(b.data);
}

static void message_has_all_items(void **state)
{
	struct function f = sample_function();
	struct record r = sample_record();
	const unsigned char *p;
	struct buf msg = { 0 };
	struct fact_item item;
	struct tu_facts t;
	struct sink sink;

	(void)state;
	facts_sink_init(&sink, &t, &msg);
	sink.file(sink.ctx, "include/a.h");
	sink.record(sink.ctx, &r);
	f.blocks[0].succs[0] = 2;
	sink.function(sink.ctx, &f);
	facts_sink_free(&t);
	p = msg.data;
	assert_true(facts_next(&p, msg.data + msg.n, &item));
	assert_int_equal(item.kind, CHUNK_FILE);
	assert_int_equal(item.n, strlen("include/a.h"));
	assert_true(facts_next(&p, msg.data + msg.n, &item));
	assert_int_equal(item.kind, CHUNK_RECORD);
	assert_true(facts_next(&p, msg.data + msg.n, &item));
	assert_int_equal(item.kind, CHUNK_FAILED);
	assert_false(facts_next(&p, msg.data + msg.n, &item));
	assert_ptr_equal(p, msg.data + msg.n);
	p = msg.data;
	assert_false(facts_next(&p, msg.data + 5, &item));
	assert_ptr_equal(p, msg.data);
	free(msg.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_round_trip),
		cmocka_unit_test(function_round_trip),
		cmocka_unit_test(small_facts_round_trip),
		cmocka_unit_test(uses_round_trip),
		cmocka_unit_test(damaged_chunks_are_survived),
		cmocka_unit_test(counts_beyond_the_input_are_refused),
		cmocka_unit_test(unsound_functions_are_refused),
		cmocka_unit_test(message_has_all_items),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
