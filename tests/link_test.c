// SPDX-License-Identifier: GPL-2.0-only
/* link_test.c - single passes of link on programs made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "link/called_works.h"
#include "link/callgraph.h"
#include "link/context.h"
#include "link/context_demand.h"
#include "link/escape.h"
#include "link/funcptr.h"
#include "link/limit.h"
#include "link/lock_intern.h"
#include "link/lockset.h"
#include "link/modref.h"
#include "link/path.h"
#include "link/predicates.h"
#include "link/relevance.h"
#include "link/resolve.h"
#include "link/slice.h"
#include "link/slots.h"
#include "link/specialise.h"
#include "link/symtab.h"
#include "program.h"

/* The passes up to the call graph, and the one behind it. */
static void build_calls(struct hand_made *h)
{
	program_link(h);
	relevance_mark(&h->l);
	relevance_check(&h->l);
}

/* The passes up to the locksets. */
static void build_locks(struct hand_made *h)
{
	build_calls(h);
	modref_summarise(&h->l);
	modref_check(&h->l);
	if (specialise(&h->l)) {
		callgraph_build(&h->l);
		callgraph_check(&h->l);
		relevance_mark(&h->l);
		modref_summarise(&h->l);
	}
	specialise_check(&h->l);
	escape_summarise(&h->l);
	escape_check(&h->l);
	slice_find(&h->l);
	slice_check(&h->l);
	lockset_summarise(&h->l);
	lockset_check(&h->l);
}

static void slots_are_called(void **state)
{
	struct hand_made h;
	const uint32_t *targets;
	uint32_t f, call, n;

	(void)state;
	program_begin(&h, "");
	f = add_function(&h, "caller", 1);
	add_function(&h, "b_open", 1);
	add_function(&h, "a_open", 1);
	add_slot(&h, "ops", "open", "b_open");
	add_slot(&h, "ops", "open", "a_open");
	add_slot(&h, "ops", "close", "caller");
	call = add_call(&h, f, 0, "open", param_path(&h, 0));
	function_of(&h, f)->calls[call].kind = CALLEE_SLOT;
	function_of(&h, f)->calls[call].record = str_intern("ops");
	build_calls(&h);
	targets = call_targets(&h.l, f, call, &n);
	assert_int_equal(n, 2);
	assert_int_equal(targets[0], 2); /* by key: a_open, b_open */
	assert_int_equal(targets[1], 1);
	assert_int_equal(only_target(&h.l, f, call), NONE);
	assert_true(callgraph_has(&h.l, f, 1));
	assert_false(callgraph_has(&h.l, 1, f));
	assert_true(slot_is_called(&h.l, str_intern("ops"), str_intern("open")));
	assert_false(slot_is_called(&h.l, str_intern("ops"), str_intern("close")));
	program_unlink(&h);
}

/* With a rule for it in the model the slot is an entry point, and its calls lead nowhere. */
static void entry_slots_are_not_followed(void **state)
{
	struct hand_made h;
	uint32_t f, call, n;

	(void)state;
	program_begin(&h, "slot ops.open phase=runtime context=syscall\n");
	f = add_function(&h, "caller", 1);
	add_function(&h, "my_open", 1);
	add_slot(&h, "ops", "open", "my_open");
	call = add_call(&h, f, 0, "open", param_path(&h, 0));
	function_of(&h, f)->calls[call].kind = CALLEE_SLOT;
	function_of(&h, f)->calls[call].record = str_intern("ops");
	build_calls(&h);
	call_targets(&h.l, f, call, &n);
	assert_int_equal(n, 0);
	assert_int_equal(h.p.stats.calls_unresolved, 0);
	program_unlink(&h);
}

/* void run(void (*fn)(void)) { fn(); } is called with `work`. */
static void functions_flow_into_parameters(void **state)
{
	struct hand_made h;
	struct path *work;
	uint32_t run, call;

	(void)state;
	program_begin(&h, "");
	run = add_function(&h, "run", 1);
	add_function(&h, "work", 0);
	call = add_call(&h, run, 0, "", NULL);
	function_of(&h, run)->calls[call].kind = CALLEE_PARAM;
	work = arena_alloc(&h.arena, sizeof(*work));
	work->root = ROOT_FUNC;
	work->name = str_intern("work");
	add_call(&h, add_function(&h, "caller", 0), 0, "run", work);
	build_calls(&h);
	assert_int_equal(only_target(&h.l, run, call), 1);
	program_unlink(&h);
}

static void callees_come_first(void **state)
{
	struct hand_made h;

	(void)state;
	program_begin(&h, "");
	add_function(&h, "top", 0);
	add_function(&h, "middle", 0);
	add_function(&h, "bottom", 0);
	add_call(&h, 0, 0, "middle", NULL);
	add_call(&h, 1, 0, "bottom", NULL);
	add_call(&h, 1, 0, "middle", NULL); /* calls itself */
	build_calls(&h);
	assert_true(bottom_up_place(&h, 2) < bottom_up_place(&h, 1));
	assert_true(bottom_up_place(&h, 1) < bottom_up_place(&h, 0));
	program_unlink(&h);
}

static void what_leads_to_a_write_is_relevant(void **state)
{
	struct hand_made h;

	(void)state;
	program_begin(&h, "");
	add_record(&h, "dev", "on");
	add_function(&h, "caller", 1);
	add_function(&h, "writer", 1);
	add_function(&h, "other", 1);
	add_call(&h, 0, 0, "writer", param_path(&h, 0));
	add_call(&h, 0, 0, "other", param_path(&h, 0));
	add_write(&h, 1, 0, "dev", "on", 0);
	build_calls(&h);
	assert_true(h.l.relevant[0]);
	assert_true(h.l.relevant[1]);
	assert_false(h.l.relevant[2]);
	relevance_add(&h.l, 2);
	assert_true(h.l.relevant[2]);
	program_unlink(&h);
}

static void callers_change_what_callees_change(void **state)
{
	struct hand_made h;
	str record = str_intern("sock"), field = str_intern("state");

	(void)state;
	program_begin(&h, "");
	add_function(&h, "caller", 0);
	add_function(&h, "callee", 0);
	add_function(&h, "other", 0);
	add_call(&h, 0, 0, "callee", NULL);
	function_of(&h, 1)->assigned[0] = (struct assigned_member){ record, field };
	function_of(&h, 1)->nassigned = 1;
	build_calls(&h);
	modref_summarise(&h.l);
	modref_check(&h.l);
	assert_true(modref_may_change(&h.l, 0, record, field));
	assert_true(modref_may_change(&h.l, 1, record, field));
	assert_false(modref_may_change(&h.l, 2, record, field));
	program_unlink(&h);
}

/* --- paths */

static void steps_cancel(void **state)
{
	const struct step in = { STEP_FIELD, str_intern("dev"), str_intern("work") };
	struct step out = in;
	struct path p = { .root = ROOT_PARAM };
	uint32_t i;

	(void)state;
	assert_true(step_invert(&out));
	assert_int_equal(out.kind, STEP_CONTAINER);
	path_append(&p, &in);
	path_append(&p, &out);
	assert_int_equal(p.nsteps, 0);
	for (i = 0; i < PATH_STEPS_MAX; i++)
		assert_true(path_append(&p, &in));
	assert_false(path_append(&p, &in));
	assert_int_equal(p.root, ROOT_UNKNOWN);
	assert_false(same_object(&p, &p));
}

/* f(p) calls g(&p->inner): p->inner.lock is arg->lock there, and arg->lock is p->inner.lock. */
static void paths_cross_calls(void **state)
{
	struct hand_made h;
	struct path outer, inner, back;
	struct step lock = { STEP_FIELD, str_intern("inner"), str_intern("lock") };

	(void)state;
	program_begin(&h, "");
	add_function(&h, "f", 1);
	add_function(&h, "g", 1);
	add_call(&h, 0, 0, "g", make_path(&h, ROOT_PARAM, 0, "dev", "inner"));
	build_calls(&h);
	outer = *make_path(&h, ROOT_PARAM, 0, "dev", "inner");
	path_append(&outer, &lock);
	assert_true(express_path(&h.l, 0, &function_of(&h, 0)->calls[0], &outer, &inner));
	assert_int_equal(inner.root, ROOT_PARAM);
	assert_int_equal(inner.nsteps, 1);
	assert_int_equal(inner.steps[0].field, lock.field);
	back = substitute_path(&h.l, 0, &function_of(&h, 0)->calls[0], &inner);
	assert_true(same_object(&back, &outer));
	outer.index = 1; /* of a parameter that is not passed on */
	assert_false(express_path(&h.l, 0, &function_of(&h, 0)->calls[0], &outer, &inner));
	program_unlink(&h);
}

/* --- predicates */

static struct block tested_local(uint32_t local)
{
	struct block b = { .nsuccs = 2, .test = NO_TEST };

	b.test.kind = TEST_NONZERO;
	b.test.local = local;
	return b;
}

static void contradicted_branches_are_infeasible(void **state)
{
	struct block b = tested_local(3), other = tested_local(4);
	struct predicates k = { 0 }, on_true, on_false;

	(void)state;
	on_true = on_false = k;
	assert_true(predicates_assume(&on_true, &b, 0));
	assert_true(predicates_assume(&on_false, &b, 1));
	assert_false(predicates_assume(&on_true, &b, 1));
	assert_true(predicates_assume(&on_true, &b, 0));
	assert_true(predicates_assume(&on_true, &other, 1));
	k = on_true;
	assert_true(predicates_meet(&k, &on_false));
	assert_int_equal(k.n, 0);
	predicates_forget(&on_true, SUBJECT_LOCAL, 3);
	assert_true(predicates_assume(&on_true, &b, 1));
}

/* --- locks */

static struct lock lock_named(const char *name, uint32_t mode, uint32_t param)
{
	return (struct lock){ .name = str_intern(name),
			      .mode = mode,
			      .path = { .root = ROOT_PARAM, .index = param } };
}

static void equal_locksets_are_one(void **state)
{
	struct lock a = lock_named("a", MODE_SHARED, 0), b = lock_named("b", MODE_EXCLUSIVE, 0);
	struct lock a_exclusive = lock_named("a", MODE_EXCLUSIVE, 0);
	const struct lockset *ab, *ba, *only_b, *stronger;
	struct lockset s = { 0 };
	struct hand_made h;

	(void)state;
	program_begin(&h, "");
	lock_intern_begin(&h.l);
	lockset_add(&h.l, &s, &a);
	lockset_add(&h.l, &s, &b);
	ab = lockset_intern(&h.l, &s);
	lockset_add(&h.l, &s, &b);
	lockset_add(&h.l, &s, &a);
	ba = lockset_intern(&h.l, &s);
	lockset_add(&h.l, &s, &b);
	only_b = lockset_intern(&h.l, &s);
	lockset_add(&h.l, &s, &a);
	lockset_add(&h.l, &s, &a_exclusive);
	lockset_add(&h.l, &s, &b);
	stronger = lockset_intern(&h.l, &s);
	lock_intern_check(&h.l);
	assert_ptr_equal(ab, ba);
	assert_int_equal(stronger->n, 2);
	assert_int_equal(lockset_find(stronger, &a)->mode, MODE_EXCLUSIVE);
	assert_true(lockset_within(only_b, ab));
	assert_true(lockset_within(ab, stronger));
	assert_false(lockset_within(stronger, ab));
	assert_false(lockset_within(ab, only_b));
	lock_intern_end(&h.l);
	program_end(&h);
}

static const char mutex_model[] = "lock exclusive mutex_lock / mutex_unlock\n"
				  "locktype mutex\n";

/* The point of the write in f, which has one. */
static const struct point *write_point(const struct hand_made *h, uint32_t f)
{
	uint32_t i;

	for (i = 0; i < h->l.locks[f].npoints; i++)
		if (h->l.locks[f].points[i].event->kind == EV_ACCESS)
			return &h->l.locks[f].points[i];
	return NULL;
}

/* take(d) locks d->lock, which f(d) then holds until it has unlocked it. */
static void wrappers_lock_for_their_caller(void **state)
{
	const struct function_locks *take;
	struct hand_made h;
	uint32_t f;

	(void)state;
	program_begin(&h, mutex_model);
	add_record(&h, "dev", "on");
	add_function(&h, "take", 1);
	add_call(&h, 0, 0, "mutex_lock", make_path(&h, ROOT_PARAM, 0, "dev", "lock"));
	f = add_function(&h, "f", 1);
	add_call(&h, f, 0, "take", param_path(&h, 0));
	add_write(&h, f, 0, "dev", "on", 0);
	add_call(&h, f, 0, "mutex_unlock", make_path(&h, ROOT_PARAM, 0, "dev", "lock"));
	build_locks(&h);
	take = &h.l.locks[0];
	assert_int_equal(take->nsummary, 1);
	assert_int_equal(take->summary[0].op, OP_ACQUIRE);
	assert_true(result_always(&take->summary[0].when));
	assert_string_equal(str_get(take->summary_locks[0]->name), "dev.lock");
	assert_int_equal(write_point(&h, f)->is->exclusive, 1);
	assert_int_equal(h.l.locks[f].nsummary, 0);
	program_unlink(&h);
}

/* f(d) locks on one of two branches that meet at the write. */
static void must_locks_hold_on_all_paths(void **state)
{
	struct hand_made h;

	(void)state;
	program_begin(&h, mutex_model);
	add_record(&h, "dev", "on");
	add_function(&h, "f", 1);
	add_edge(&h, 0, 0, 1);
	add_edge(&h, 0, 0, 2);
	add_edge(&h, 0, 1, 2);
	add_call(&h, 0, 1, "mutex_lock", make_path(&h, ROOT_PARAM, 0, "dev", "lock"));
	add_write(&h, 0, 2, "dev", "on", 0);
	build_locks(&h);
	assert_int_equal(write_point(&h, 0)->is->exclusive, 0);
	assert_true(write_point(&h, 0)->is->doubted & LOCKS_SOMETIMES);
	program_unlink(&h);
}

/* rw(lock) { if (lock) mutex_lock(&global); } is called with 1 and with 0. */
static void constants_decide_branches(void **state)
{
	struct path global = { .root = ROOT_GLOBAL, .name = str_intern("big") };
	uint32_t with, without;
	struct hand_made h;
	struct block *b;

	(void)state;
	program_begin(&h, mutex_model);
	add_function(&h, "rw", 1);
	add_edge(&h, 0, 0, 1);
	add_edge(&h, 0, 0, 2);
	add_edge(&h, 0, 1, 2);
	b = &function_of(&h, 0)->blocks[0];
	b->test.kind = TEST_NONZERO;
	b->test.param = 0;
	add_call(&h, 0, 1, "mutex_lock", &global);
	add_function(&h, "caller", 0);
	add_call(&h, 1, 0, "rw", number_path(&h, "1"));
	add_call(&h, 1, 0, "rw", number_path(&h, "0"));
	add_call(&h, 1, 0, "rw", number_path(&h, "1"));
	build_locks(&h);
	assert_int_equal(h.p.nfunctions, 4);
	with = only_target(&h.l, 1, 0);
	without = only_target(&h.l, 1, 1);
	assert_int_not_equal(with, without);
	assert_int_equal(only_target(&h.l, 1, 2), with);
	assert_true(is_specialised(&h.l, 0));
	assert_int_equal(h.l.locks[with].nsummary, 1);
	assert_true(result_always(&h.l.locks[with].summary[0].when));
	assert_int_equal(h.l.locks[without].nsummary, 0);
	program_unlink(&h);
}

/* --- objects */

/* new() returns what kzalloc() returned; leak(p) stores p in a global. */
static void objects_are_fresh_until_published(void **state)
{
	struct hand_made h;
	uint32_t f;
	struct event *e;

	(void)state;
	program_begin(&h, "alloc kzalloc\n");
	add_function(&h, "new", 0);
	add_call(&h, 0, 0, "kzalloc", NULL);
	function_of(&h, 0)->returns[0] = (struct path){ .root = ROOT_CALL, .index = 0 };
	function_of(&h, 0)->nreturns = 1;
	f = add_function(&h, "leak", 1);
	e = add_event(&h, f, 0, EV_STORE);
	e->src = param_path(&h, 0);
	e->obj = make_path(&h, ROOT_GLOBAL, 0, NULL, NULL);
	build_locks(&h);
	assert_int_equal(h.l.escape[0].return_value, RET_FRESH);
	assert_int_equal(h.l.escape[0].nfresh, 1);
	assert_int_equal(h.l.escape[f].into[0], INTO_WORLD | INTO_GLOBAL);
	program_unlink(&h);
}

/* --- contexts */

static uint32_t count_contexts(const struct explorer *x, uint32_t f)
{
	uint32_t n = 0, at;

	for (at = x->of[f].first; at != NONE; at = context_at(x->l, at)->next)
		n += !context_at(x->l, at)->dropped;
	return n;
}

static void add_context(struct hand_made *h, const char *lock)
{
	struct context_adder by = { .l = &h->l };
	struct context n = { .parent = NONE, .kind = str_intern("syscall") };
	struct lock held = lock_named(lock ? lock : "", MODE_EXCLUSIVE, 0);
	struct lockset entry = { 0 };

	if (lock)
		lockset_add(&h->l, &entry, &held);
	context_add_entry(&by, &n, &entry);
}

/* A context that holds fewer locks replaces one that differs in nothing else. */
static void weaker_contexts_replace_stronger(void **state)
{
	struct hand_made h;

	(void)state;
	program_begin(&h, "");
	add_record(&h, "dev", "on");
	add_function(&h, "f", 1);
	add_write(&h, 0, 0, "dev", "on", 0);
	build_locks(&h);
	context_demand(&h.l);
	context_demand_check(&h.l);
	assert_int_equal(h.l.demand[0], 1); /* the phase of parameter 0 */
	explorer_begin(&h.l);
	assert_false(context_exists(&h.l, 0));
	add_context(&h, "a");
	add_context(&h, "b");
	add_context(&h, "a");
	assert_true(context_exists(&h.l, 0));
	assert_int_equal(count_contexts(h.l.explorer, 0), 2);
	add_context(&h, NULL);
	assert_int_equal(count_contexts(h.l.explorer, 0), 1);
	assert_int_equal(agenda_take(&h.l.explorer->agenda, true, NONE), 0);
	assert_int_equal(agenda_take(&h.l.explorer->agenda, true, NONE), NONE);
	explorer_end(&h.l);
	program_unlink(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slots_are_called),
		cmocka_unit_test(entry_slots_are_not_followed),
		cmocka_unit_test(functions_flow_into_parameters),
		cmocka_unit_test(callees_come_first),
		cmocka_unit_test(what_leads_to_a_write_is_relevant),
		cmocka_unit_test(callers_change_what_callees_change),
		cmocka_unit_test(steps_cancel),
		cmocka_unit_test(paths_cross_calls),
		cmocka_unit_test(contradicted_branches_are_infeasible),
		cmocka_unit_test(equal_locksets_are_one),
		cmocka_unit_test(wrappers_lock_for_their_caller),
		cmocka_unit_test(must_locks_hold_on_all_paths),
		cmocka_unit_test(constants_decide_branches),
		cmocka_unit_test(objects_are_fresh_until_published),
		cmocka_unit_test(weaker_contexts_replace_stronger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
