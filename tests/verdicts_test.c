// SPDX-License-Identifier: GPL-2.0-only
/* verdicts_test.c - verdicts survive the trip through bytes; damaged bytes are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "facts/verdicts.h"

static struct loc at(uint32_t line)
{
	return (struct loc){ str_intern("drivers/a.c"), line, 3 };
}

/* A record with two bitfields in one unit. */
static struct record sample_record(void)
{
	static struct field fields[3];
	static struct unit units[1] = { { 0, 1, 0, 2 } };
	struct record r = { .key = str_intern("foo@a.c"), .name = str_intern("foo"), .bytes = 8 };

	fields[0] = (struct field){ .name = str_intern("a"), .bit_size = 1, .loc = at(1) };
	fields[1] = (struct field){ .name = str_intern("b"), .bit_offset = 1, .bit_size = 1 };
	fields[2] = (struct field){ .name = str_intern("lock"), .unit = NONE };
	r.fields = fields;
	r.nfields = ARRAY_SIZE(fields);
	r.units = units;
	r.nunits = ARRAY_SIZE(units);
	return r;
}

static struct write sample_write(uint32_t function, const char *context)
{
	static struct held held[1];
	static struct maybe_held sometimes[1];
	static str chain[2], conditions[1];
	static struct loc locs[2];
	static struct via via[1];
	static uint32_t frames[1] = { 1 };

	held[0] = (struct held){
		.name = str_intern("foo.lock"),
		.mode = MODE_EXCLUSIVE,
		.relation = REL_SELF,
		.rel = 4,
		.in_frame = true,
		.owned = true,
		.spins = true,
		.element = str_intern("[1]"),
	};
	sometimes[0] =
		(struct maybe_held){ str_intern("rtnl_mutex"), MODE_SHARED, true, true, false };
	chain[0] = str_intern("file_operations.write");
	chain[1] = str_intern("foo_write");
	conditions[0] = str_intern("foo.on == 1");
	locs[0] = at(7);
	locs[1] = at(9);
	via[0] = (struct via){ str_intern("file_operations"), str_intern("write"), chain[1], 0 };
	return (struct write){
		.function = function,
		.once = NONE,
		.loc = at(9),
		.access = ACCESS_RMW,
		.phase = PHASE_RUNTIME,
		.context = str_intern(context),
		.nheld = 1,
		.held = held,
		.nsometimes = 1,
		.sometimes = sometimes,
		.nchain = 2,
		.chain = chain,
		.nvia = 1,
		.via = via,
		.via_frames = frames,
		.chain_locs = locs,
		.value = str_intern("1"),
		.nconditions = 1,
		.conditions = conditions,
		.member = { STEP_FIELD, str_intern("bar"), chain[1] },
		.confidence = CONF_HIGH,
		.race_ok = true,
	};
}

/* A racy unit with two writes, by functions 2 and 1; static data, owned by nobody. */
static struct program sample_program(void)
{
	static struct record records[2];
	static struct function functions[3];
	static struct write *writes;
	static uint32_t of_a[] = { 0 }, of_b[] = { 0, 1 }, readers[] = { 2 }, split[] = { 0, 1 };
	static struct claim claim;
	static struct unit_field fields[2];
	static struct conflict conflict = { 0, 1, 0, 1, NONE, CONF_MEDIUM, 1, 6, { 2 }, 0, true, 0 };
	static struct unit_verdict v;
	static struct failed_tu failed = { "b.c", "it is damaged" };
	struct program p = { .nrecords = 2, .nfunctions = 3, .nverdicts = 1, .nfailed = 1 };

	writes = writes ? writes : xcalloc(2, sizeof(*writes));
	records[0] = (struct record){ .key = str_intern("none@a.c") };
	records[1] = sample_record();
	functions[1].name = str_intern("foo_read");
	functions[2].name = str_intern("foo_write");
	writes[0] = sample_write(2, "syscall");
	writes[1] = sample_write(1, "work");
	claim = (struct claim){ str_intern("under the lock"), 0, CLAIM_CONTRADICTED, 1,
				"it is not" };
	fields[0] = (struct unit_field){
		&records[1].fields[0], PHASE_RUNTIME, 0, 1, of_a, 1, readers, &claim, 0, 0, false, false, NULL
	};
	fields[1] = (struct unit_field){
		&records[1].fields[1], PHASE_RUNTIME, 0, 2, of_b, 0, NULL, NULL,
		str_intern("whatever"), 0, false, false, NULL
	};
	v = (struct unit_verdict){
		.record = &records[1],
		.unit = records[1].units,
		.verdict = VERDICT_RACY,
		.nfields = 2,
		.fields = fields,
		.nwrites = 2,
		.writes = writes,
		.nconflicts = 1,
		.conflicts = &conflict,
		.nlifetime = 2,
		.split_lifetime = split,
		.nstrict = 1,
		.split_strict = split,
	};
	p.limits[LIMIT_COVER] = (struct limit_use){ 3, at(4), str_intern("foo_write") };
	p.stats.units = 1;
	p.records = records;
	p.functions = functions;
	p.verdicts = &v;
	p.failed = &failed;
	return p;
}

static struct buf encoded(const struct program *p)
{
	struct buf b = { 0 };

	verdicts_encode(&b, p);
	return b;
}

static void verdicts_round_trip(void **state)
{
	struct program p = sample_program(), back = { 0 };
	struct buf first = encoded(&p), second;
	struct arena a = { NULL };
	const struct unit_verdict *v;

	(void)state;
	assert_true(verdicts_decode(first.data, first.n, &a, &back));
	second = encoded(&back);
	assert_int_equal(first.n, second.n);
	assert_memory_equal(first.data, second.data, first.n);
	assert_int_equal(back.nrecords, 1);   /* the one with a unit */
	assert_int_equal(back.nfunctions, 2); /* those that are named */
	v = back.verdicts;
	assert_ptr_equal(v->record, back.records);
	assert_ptr_equal(v->unit, back.records->units);
	assert_ptr_equal(v->fields[1].field, &back.records->fields[1]);
	assert_string_equal(str_get(back.functions[v->writes[1].function].name), "foo_read");
	assert_string_equal(str_get(back.functions[v->fields[0].readers[0]].name), "foo_write");
	assert_ptr_equal(v->writes[0].chain, v->writes[1].chain);
	assert_int_equal(v->writes[1].chain_locs[1].line, 9);
	assert_true(v->writes[1].sometimes->optional);
	assert_string_equal(v->fields[0].claim->why, "it is not");
	assert_null(v->fields[1].claim);
	assert_int_equal(v->conflicts[0].refuter, NONE);
	assert_int_equal(v->conflicts[0].said[0], 2);
	assert_int_equal(back.limits[LIMIT_COVER].count, 3);
	assert_string_equal(back.failed[0].reason, "it is damaged");
	arena_free(&a);
	free(first.data);
	free(second.data);
}

/* Each shorter one, and each with a byte changed, which may be no damage that can be seen. */
static void damaged_verdicts_are_survived(void **state)
{
	struct program p = sample_program(), back = { 0 };
	struct buf b = encoded(&p);
	struct arena a = { NULL };
	size_t n, bit;

	(void)state;
	for (n = 0; n < b.n; n++)
		assert_false(verdicts_decode(b.data, n, &a, &back));
	for (n = 0; n < b.n; n++)
		for (bit = 0; bit < 8; bit++) {
			b.data[n] ^= (unsigned char)(1 << bit);
			verdicts_decode(b.data, b.n, &a, &back);
			b.data[n] ^= (unsigned char)(1 << bit);
		}
	assert_true(verdicts_decode(b.data, b.n, &a, &back));
	arena_free(&a);
	free(b.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_round_trip),
		cmocka_unit_test(damaged_verdicts_are_survived),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
