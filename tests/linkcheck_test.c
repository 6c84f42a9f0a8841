// SPDX-License-Identifier: GPL-2.0-only
/* linkcheck_test.c - the checks between link's passes catch what is broken, and say where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "link/called_works.h"
#include "link/callgraph.h"
#include "link/context_demand.h"
#include "link/lock_params.h"
#include "link/escape.h"
#include "link/explore.h"
#include "link/funcptr.h"
#include "link/limit.h"
#include "link/lock_intern.h"
#include "link/lockset.h"
#include "link/modref.h"
#include "link/oneshot.h"
#include "link/ownership.h"
#include "link/registrations.h"
#include "link/relevance.h"
#include "link/slice.h"
#include "link/slots.h"
#include "link/specialise.h"
#include "link/reads.h"
#include "link/symtab.h"
#include "link/verdict.h"
#include "link/verdict_check.h"
#include "link/modules.h"
#include "link/writes.h"
#include "program.h"

/*
 * The passes keep memory outside of the arena, which cannot be freed once the program is damaged:
 * LeakSanitizer asks this.
 */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return 1;
}

/* A system call f(d) { mutex_lock(&d->lock); g(d); } with g(d) { d->on = 1; }, as linked. */
static void build(struct hand_made *h)
{
	program_begin(h, "lock exclusive mutex_lock / mutex_unlock\n"
			 "locktype mutex\n"
			 "entry sys_ context=syscall\n");
	add_record(h, "dev", "on");
	add_function(h, "sys_f", 1);
	add_function(h, "g", 1);
	add_call(h, 0, 0, "mutex_lock", make_path(h, ROOT_PARAM, 0, "dev", "lock"));
	add_call(h, 0, 0, "g", param_path(h, 0));
	add_write(h, 1, 0, "dev", "on", 0);
	limits_begin(&h->l);
	lock_intern_begin(&h->l);
	symtab_build(&h->l);
	called_works_find(&h->l);
	registrations_collect(&h->l);
	funcptr_solve(&h->l);
	slots_collect(&h->l);
	callgraph_build(&h->l);
	relevance_mark(&h->l);
	modref_summarise(&h->l);
	specialise(&h->l);
	escape_summarise(&h->l);
	ownership_find(&h->l);
	oneshot_find(&h->l);
	slice_find(&h->l);
	lockset_summarise(&h->l);
	lock_params_find(&h->l);
	context_demand(&h->l);
	contexts_explore(&h->l);
	modules_find(&h->l);
	writes_collect(&h->l);
	reads_collect(&h->l);
	verdict_judge(&h->l);
}

typedef void check_fn(const struct link *l);

/* Runs `check` in a child process, which must exit with status 2; `message` gets its stderr. */
static void refuse(struct hand_made *h, check_fn *check, char *message, size_t bytes)
{
	int pipes[2], status;
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	pid = fork();
	if (!pid) {
		dup2(pipes[1], STDERR_FILENO);
		check(&h->l);
		_exit(0);
	}
	close(pipes[1]);
	while ((got = read(pipes[0], message + n, bytes - 1 - n)) > 0)
		n += (size_t)got;
	message[n] = '\0';
	close(pipes[0]);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
}

/* The check accepts the program, and after `damage` says this. */
static void check_finds(check_fn *check, void (*damage)(struct hand_made *), const char *what)
{
	struct hand_made h;
	char message[512];

	build(&h);
	check(&h.l);
	damage(&h);
	refuse(&h, check, message, sizeof(message));
	if (!strstr(message, what))
		fail_msg("expected '%s' in '%s'", what, message);
	/* one line */
	assert_ptr_equal(strchr(message, '\n'), message + strlen(message) - 1);
}

static void same_key(struct hand_made *h)
{
	h->p.functions[1].key = h->p.functions[0].key;
}

static void target_out_of_range(struct hand_made *h)
{
	h->l.callgraph[0].targets[0] = 99;
}

static void caller_missing(struct hand_made *h)
{
	h->l.callgraph[1].ncallers = 0;
}

static void caller_too_many(struct hand_made *h)
{
	static uint32_t callers[] = { 0, 1 };

	h->l.callgraph[1].callers = callers;
	h->l.callgraph[1].ncallers = 2;
}

static void order_with_a_gap(struct hand_made *h)
{
	h->l.bottom_up[0] = h->l.bottom_up[1];
}

static void caller_not_relevant(struct hand_made *h)
{
	h->l.relevant[0] = false;
}

static void change_forgotten(struct hand_made *h)
{
	h->p.functions[1].nassigned = 1;
}

static void call_of_no_copy(struct hand_made *h)
{
	static struct retarget retarget = { 1, 1, 1 };

	h->l.specialised[0].nretargets = 1;
	h->l.specialised[0].retargets = &retarget;
}

static void parameter_out_of_range(struct hand_made *h)
{
	h->l.escape[0].into[3] = INTO_WORLD;
}

static void lock_out_of_range(struct hand_made *h)
{
	h->l.locks[0].effects[0].lock = 7;
}

static void callee_not_called(struct hand_made *h)
{
	h->l.called[1] = false;
}

static void summary_of_own_stack(struct hand_made *h)
{
	struct lock lock = { .name = str_intern("own"), .path = { .root = ROOT_STACK } };

	h->l.locks[0].summary_locks[0] = lock_intern(&h->l, &lock);
}

static void exclusive_not_held(struct hand_made *h)
{
	static struct point_state s;
	struct point *pt = &h->l.locks[0].points[1];

	s = *pt->is;
	s.shared = 0;
	pt->is = &s;
}

static void callee_asks_for_more(struct hand_made *h)
{
	h->l.demand[1] |= DEMAND_GLOBAL;
}

static void parent_too_deep(struct hand_made *h)
{
	context_at(&h->l, h->l.explorer->of[1].first)->depth = 5;
}

static void context_not_explored(struct hand_made *h)
{
	h->l.explorer->of[1].todo = h->l.explorer->of[1].first;
}

static void write_nowhere(struct hand_made *h)
{
	h->l.explorer->writes[0].context = NONE;
}

static void chain_to_another(struct hand_made *h)
{
	h->p.verdicts[0].writes[0].function = 0;
}

static void racy_without_conflict(struct hand_made *h)
{
	h->p.verdicts[0].verdict = VERDICT_RACY;
}

static void broken_facts_are_found(void **state)
{
	static const struct {
		check_fn *check;
		void (*damage)(struct hand_made *);
		const char *what;
	} cases[] = {
		{ symtab_check, same_key, "pass symtab, function sys_f: its key" },
		{ callgraph_check, target_out_of_range,
		  "pass callgraph, function sys_f: call 1 reaches function 99 of 2" },
		{ callgraph_check, caller_missing, "pass callgraph, function g: sys_f calls it" },
		{ callgraph_check, caller_too_many,
		  "pass callgraph, function g: its caller g does not call it" },
		{ callgraph_check, order_with_a_gap, "it is not once in the order" },
		{ relevance_check, caller_not_relevant,
		  "pass relevance, function sys_f: it calls g" },
		{ modref_check, change_forgotten, "pass modref, function g: it changes" },
		{ specialise_check, call_of_no_copy,
		  "pass specialise, function sys_f: call 1 goes to 1, which is no copy" },
		{ escape_check, parameter_out_of_range,
		  "pass escape, function sys_f: it publishes parameter 3, and has 1" },
		{ slice_check, callee_not_called,
		  "pass slice, function sys_f: it calls g, which is not called" },
		{ lockset_check, lock_out_of_range,
		  "pass lockset, function sys_f: effect 0 is on lock 7 of 1" },
		{ lockset_check, summary_of_own_stack,
		  "pass lockset, function sys_f: summary 0 is on a lock of its own" },
		{ lockset_check, exclusive_not_held,
		  "pass lockset, function sys_f: point 1 has an exclusive lock not held" },
		{ context_demand_check, callee_asks_for_more,
		  "pass context-demand, function sys_f: a callee of call 1 asks for more" },
		{ contexts_check, parent_too_deep, "pass contexts, function g: at depth 5" },
		{ contexts_check, context_not_explored, "pass contexts, function g: context" },
		{ contexts_check, write_nowhere, "pass contexts: write 0 is in context" },
		{ verdict_check, chain_to_another, "pass verdict, function sys_f: its chain" },
		{ verdict_check, racy_without_conflict, "pass verdict: dev: verdict" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		check_finds(cases[i].check, cases[i].damage, cases[i].what);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_facts_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
