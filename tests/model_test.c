// SPDX-License-Identifier: GPL-2.0-only
/* model_test.c - model files: what each statement means, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "kernel/model_read.h"

static const char good[] =
	"# a comment\n"
	"\n"
	"lock exclusive mutex_lock,mutex_lock_nested / mutex_unlock\n"
	"lock exclusive mutex_trylock / - ok=nonzero	# and another\n"
	"lock exclusive mutex_lock_interruptible / - ok=zero\n"
	"lock shared down_read / up_read\n"
	"lock exclusive rtnl_lock / rtnl_unlock name=rtnl\n"
	"lock shared resume_and_get / put arg=1 name=pm ok=zero\n"
	"lock exclusive - / drop arg=2\n"
	"assert exclusive lockdep_assert_held arg=0\n"
	"assert shared assert_rtnl name=rtnl\n"
	"locktype mutex spinlock\n"
	"lock exclusive down,\t\\ # a list that goes on\n"
	"	down_killable / up \\\n"
	"	sleeps\n"
	"slot ops.* phase=runtime context=syscall\n"
	"slot {pci_driver,usb_driver}.{probe,remove} foo.bar phase=setup context=caller\n"
	"slot ops.probe phase=setup context=probe owner=1 holds=device_lock(1)\n"
	"slot outer.inner.fn phase=teardown context=x owner=none "
	"holds=pm(0),rtnl:maybe,inode.i_rwsem(2):shared,self\n"
	"register request_irq fn=1 phase=runtime context=hardirq owner=4 holds=self\n"
	"register request_irq fn=2 phase=runtime context=thread\n"
	"alloc kzalloc kmalloc,kcalloc\n"
	"publish list_add list_add_tail arg=0\n"
	"write memset,memcpy arg=0\n"
	"getter dev_get_drvdata arg=0\n"
	"creates foo_create arg=1\n"
	"lookup xa_load\n"
	"traverse list_head.next list_head.prev\n"
	"owned super_block.s_fs_info socket.{sk,file}\n"
	"keeps sock_common.skc_state cookie_check af_ops.conn_request\n"
	"frozen sleep syscall fault\n"
	"free kfree kvfree arg=0\n"
	"runs dpm_suspend dpm_resume context=sleep\n"
	"lock exclusive reset_lock / - arg=1.dev name=device_lock ok=zero\n"
	"guarderr _lock_err\n"
	"own get_current\n"
	"interrupt timer\n"
	"entry __x64_sys_ exc_ context=syscall\n"
	"claim lock protected| \\\n\tguarded   by\n"
	"claim called rtnl the rtnl\n";

/* Reads `text` as a model file, which is one in memory. */
static void read_text(struct linux_model *m, const char *text)
{
	int fd = memfd_create("model", 0);
	char path[64];

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	model_read(m, (const char *const[]){ path }, 1);
	close(fd);
}

static int setup(void **state)
{
	*state = xcalloc(1, sizeof(struct linux_model));
	read_text(*state, good);
	return 0;
}

static int teardown(void **state)
{
	model_free(*state);
	free(*state);
	return 0;
}

static void check_lock(const struct linux_model *m, const char *func, bool acquire, int mode,
		       int result, int arg, const char *name)
{
	const struct lock_api *api = model_lock(m, str_intern(func));

	assert_non_null(api);
	assert_int_equal(api->acquire, acquire);
	assert_int_equal(api->mode, mode);
	assert_int_equal(api->result, result);
	assert_int_equal(api->arg, arg);
	assert_int_equal(api->name, str_intern(name));
}

static void locks(void **state)
{
	const struct linux_model *m = *state;

	check_lock(m, "mutex_lock", true, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "mutex_lock_nested", true, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "mutex_unlock", false, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "mutex_trylock", true, MODE_EXCLUSIVE, RESULT_NONZERO, 0, NULL);
	check_lock(m, "mutex_lock_interruptible", true, MODE_EXCLUSIVE, RESULT_ZERO, 0, NULL);
	check_lock(m, "down_read", true, MODE_SHARED, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "rtnl_lock", true, MODE_EXCLUSIVE, RESULT_ALWAYS, -1, "rtnl");
	check_lock(m, "resume_and_get", true, MODE_SHARED, RESULT_ZERO, 1, "pm");
	check_lock(m, "put", false, MODE_SHARED, RESULT_ALWAYS, 1, "pm");
	check_lock(m, "drop", false, MODE_EXCLUSIVE, RESULT_ALWAYS, 2, NULL);
	assert_null(model_lock(m, str_intern("-")));
	assert_null(model_lock(m, str_intern("printk")));
}

static void assertions(void **state)
{
	const struct linux_model *m = *state;

	check_lock(m, "lockdep_assert_held", false, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "assert_rtnl", false, MODE_SHARED, RESULT_ALWAYS, -1, "rtnl");
	assert_true(model_lock(m, str_intern("assert_rtnl"))->assert);
	assert_false(model_lock(m, str_intern("mutex_lock"))->assert);
	assert_true(model_has(m, MODEL_LOCK_TYPE, str_intern("mutex")));
	assert_false(model_has(m, MODEL_LOCK_TYPE, str_intern("list_head")));
}

static void members_and_guards(void **state)
{
	const struct linux_model *m = *state;

	check_lock(m, "reset_lock", true, MODE_EXCLUSIVE, RESULT_ZERO, 1, "device_lock");
	assert_int_equal(model_lock(m, str_intern("reset_lock"))->member, str_intern("dev"));
	assert_int_equal(model_lock(m, str_intern("put"))->member, 0);
	assert_true(model_has_suffix(m, MODEL_GUARD_ERROR, str_intern("class_mutex_lock_err")));
	assert_false(model_has_suffix(m, MODEL_GUARD_ERROR, str_intern("class_mutex_lock_ptr")));
	assert_false(model_has_suffix(m, MODEL_GUARD_ERROR, str_intern("_lock_err")));
	assert_true(model_has(m, MODEL_OWN, str_intern("get_current")));
	assert_true(model_has(m, MODEL_INTERRUPT, str_intern("timer")));
	assert_false(model_has(m, MODEL_INTERRUPT, str_intern("work")));
	assert_int_equal(model_prefix_context(m, MODEL_ENTRY, str_intern("__x64_sys_read")),
			 str_intern("syscall"));
	assert_int_equal(model_prefix_context(m, MODEL_ENTRY, str_intern("sys_read")), 0);
}

static const struct claim_phrase *find_phrase(const struct linux_model *m, const char *text)
{
	const struct model_rule *r;

	for (r = model_first(m, MODEL_CLAIM); r; r = model_next(r))
		if (r->key[0] == str_intern(text))
			return &r->phrase;
	return NULL;
}

static void phrases(void **state)
{
	const struct linux_model *m = *state;

	assert_null(model_next(model_next(model_first(m, MODEL_CLAIM))));
	assert_int_equal(find_phrase(m, "protected|guarded by")->kind, CLAIM_LOCK);
	assert_int_equal(find_phrase(m, "the rtnl")->kind, CLAIM_CALLED);
	assert_int_equal(find_phrase(m, "the rtnl")->lock, str_intern("rtnl"));
}

static void slots(void **state)
{
	const struct linux_model *m = *state;
	const struct entry_rule *rule = model_slot(m, str_intern("ops"), str_intern("probe"));

	assert_int_equal(rule->phase, PHASE_SETUP);
	assert_int_equal(rule->owner, 1);
	assert_int_equal(rule->context, str_intern("probe"));
	assert_int_equal(rule->nheld, 1);
	assert_int_equal(rule->held[0].name, str_intern("device_lock"));
	assert_int_equal(rule->held[0].arg, 1);
	assert_int_equal(rule->held[0].mode, MODE_EXCLUSIVE);

	rule = model_slot(m, str_intern("ops"), str_intern("ioctl"));
	assert_int_equal(rule->phase, PHASE_RUNTIME);
	assert_int_equal(rule->owner, 0);
	assert_int_equal(rule->nheld, 0);
	assert_null(model_slot(m, str_intern("other"), str_intern("ioctl")));
}

static void lists_in_braces(void **state)
{
	static const char *const records[] = { "pci_driver", "usb_driver" },
				*const fields[] = { "probe", "remove" };
	const struct linux_model *m = *state;
	const struct entry_rule *rule;
	size_t i, k;

	for (i = 0; i < 2; i++)
		for (k = 0; k < 2; k++) {
			rule = model_slot(m, str_intern(records[i]), str_intern(fields[k]));
			assert_non_null(rule);
			assert_int_equal(rule->phase, PHASE_SETUP);
			assert_true(rule->by_callers);
		}
	assert_non_null(model_slot(m, str_intern("foo"), str_intern("bar")));
	assert_null(model_slot(m, str_intern("foo"), str_intern("probe")));
	assert_null(model_slot(m, str_intern("pci_driver"), str_intern("bar")));
	assert_true(model_has_field(m, MODEL_OWNED, str_intern("socket"), str_intern("file")));
	assert_false(model_slot(m, str_intern("ops"), str_intern("probe"))->by_callers);
}

static void lines_that_go_on(void **state)
{
	const struct linux_model *m = *state;

	check_lock(m, "down", true, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "down_killable", true, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "up", false, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	assert_true(model_has(m, MODEL_SLEEPS, str_intern("down")));
	assert_true(model_has(m, MODEL_SLEEPS, str_intern("down_killable")));
	assert_false(model_has(m, MODEL_SLEEPS, str_intern("up")));
	assert_false(model_has(m, MODEL_SLEEPS, str_intern("mutex_lock")));
}

static const struct model_rule *find_rule(const struct linux_model *m, enum model_statement s,
					  const char *name)
{
	const struct model_rule *r;

	for (r = model_first(m, s); r && r->key[0] != str_intern(name); r = model_next(r))
		;
	assert_non_null(r);
	return r;
}

static void rules_are_used(void **state)
{
	const struct linux_model *m = *state;

	model_lock(m, str_intern("mutex_lock"));
	model_lock(m, str_intern("mutex_lock"));
	model_slot(m, str_intern("ops"), str_intern("ioctl"));
	model_has_pair(m, MODEL_FROZEN, str_intern("syscall"), str_intern("sleep"));
	model_in_pair(m, MODEL_FROZEN, str_intern("fault"));
	assert_int_equal(find_rule(m, MODEL_LOCK, "mutex_lock")->used, true);
	assert_int_equal(find_rule(m, MODEL_LOCK, "mutex_lock")->line, 3);
	assert_int_equal(find_rule(m, MODEL_LOCK, "mutex_unlock")->used, false);
	assert_int_equal(find_rule(m, MODEL_SLOT, "ops")->used, true);
	assert_int_equal(find_rule(m, MODEL_FROZEN, "sleep")->used, true);
	assert_int_equal(model_next(find_rule(m, MODEL_FROZEN, "sleep"))->used, false);
}

static void pairs(void **state)
{
	const struct linux_model *m = *state;
	str sleep = str_intern("sleep"), fault = str_intern("fault"), state_of = str_intern("skc_state");

	assert_true(model_has_pair(m, MODEL_FROZEN, sleep, fault));
	assert_true(model_has_pair(m, MODEL_FROZEN, fault, sleep));
	assert_false(model_has_pair(m, MODEL_FROZEN, str_intern("syscall"), fault));
	assert_true(model_in_pair(m, MODEL_FROZEN, fault));
	assert_false(model_in_pair(m, MODEL_FROZEN, str_intern("work")));
	assert_true(model_keeps(m, 0, str_intern("cookie_check"), str_intern("sock_common"), state_of));
	assert_true(model_keeps(m, str_intern("af_ops"), str_intern("conn_request"),
				str_intern("sock_common"), state_of));
	assert_false(model_keeps(m, 0, str_intern("conn_request"), str_intern("sock_common"), state_of));
}

static void held_locks(void **state)
{
	const struct linux_model *m = *state;
	const struct entry_rule *rule =
		model_slot(m, str_intern("outer.inner"), str_intern("fn"));

	assert_int_equal(rule->phase, PHASE_TEARDOWN);
	assert_int_equal(rule->owner, -1);
	assert_int_equal(rule->nheld, 4);
	assert_int_equal(rule->held[1].name, str_intern("rtnl"));
	assert_int_equal(rule->held[1].arg, -1);
	assert_true(rule->held[1].maybe);
	assert_int_equal(rule->held[1].mode, MODE_EXCLUSIVE);
	assert_int_equal(rule->held[2].name, str_intern("inode.i_rwsem"));
	assert_int_equal(rule->held[2].arg, 2);
	assert_int_equal(rule->held[2].mode, MODE_SHARED);
	assert_false(rule->held[2].maybe);
	assert_false(rule->held[2].self);
	assert_true(rule->held[3].self);
}

static void registrations(void **state)
{
	const struct linux_model *m = *state;
	str func = str_intern("request_irq");

	assert_int_equal(model_registration(m, func, 1)->context, str_intern("hardirq"));
	assert_int_equal(model_registration(m, func, 2)->context, str_intern("thread"));
	assert_null(model_registration(m, func, 0));
	assert_null(model_registration(m, str_intern("ops"), 1));
}

static void functions(void **state)
{
	const struct linux_model *m = *state;

	assert_true(model_has(m, MODEL_ALLOC, str_intern("kcalloc")));
	assert_false(model_has(m, MODEL_ALLOC, str_intern("kfree")));
	assert_int_equal(model_argument(m, MODEL_PUBLISH, str_intern("list_add_tail")), 0);
	assert_int_equal(model_argument(m, MODEL_WRITE, str_intern("memcpy")), 0);
	assert_int_equal(model_argument(m, MODEL_WRITE, str_intern("list_add")), -1);
	assert_int_equal(model_argument(m, MODEL_GETTER, str_intern("dev_get_drvdata")), 0);
	assert_int_equal(model_argument(m, MODEL_CREATES, str_intern("foo_create")), 1);
	assert_true(model_has(m, MODEL_LOOKUP, str_intern("xa_load")));
	assert_true(model_has_field(m, MODEL_OWNED, str_intern("super_block"), str_intern("s_fs_info")));
	assert_int_equal(model_argument(m, MODEL_FREE, str_intern("kvfree")), 0);
	assert_int_equal(model_context(m, MODEL_RUNS, str_intern("dpm_resume")), str_intern("sleep"));
	assert_int_equal(model_context(m, MODEL_RUNS, str_intern("sleep")), 0);
	assert_int_equal(model_argument(m, MODEL_FREE, str_intern("kzalloc")), -1);
	assert_true(model_has_field(m, MODEL_TRAVERSE, str_intern("list_head"), str_intern("next")));
	assert_false(model_has_field(m, MODEL_TRAVERSE, str_intern("list_head"), str_intern("first")));
}

static void later_files_override(void **state)
{
	struct linux_model *m = *state;

	read_text(m, "slot ops.probe phase=runtime context=other\n"
		     "lock shared mutex_lock / mutex_unlock arg=3\n"
		     "write memset arg=1\n");
	check_lock(m, "mutex_lock", true, MODE_SHARED, RESULT_ALWAYS, 3, NULL);
	check_lock(m, "mutex_lock_nested", true, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	assert_int_equal(model_slot(m, str_intern("ops"), str_intern("probe"))->phase,
			 PHASE_RUNTIME);
	assert_int_equal(model_slot(m, str_intern("ops"), str_intern("probe"))->nheld, 0);
	assert_int_equal(model_argument(m, MODEL_WRITE, str_intern("memset")), 1);
	assert_int_equal(model_argument(m, MODEL_WRITE, str_intern("memcpy")), 0);
}

/* One call of model_read() may state a rule once, be it in one file or in several. */
static void files_of_one_source(void **state)
{
	struct linux_model *m = *state;
	char paths[2][64];
	const char *const files[] = { paths[0], paths[1] };
	static const char *const texts[] = { "alloc one\n", "alloc two\n" };
	int fds[2];
	size_t i;

	for (i = 0; i < 2; i++) {
		fds[i] = memfd_create("model", 0);
		assert_int_equal(write(fds[i], texts[i], strlen(texts[i])), strlen(texts[i]));
		snprintf(paths[i], sizeof(paths[i]), "/proc/self/fd/%d", fds[i]);
	}
	model_read(m, files, 2);
	assert_true(model_has(m, MODEL_ALLOC, str_intern("one")));
	assert_int_equal(find_rule(m, MODEL_ALLOC, "one")->source,
			 find_rule(m, MODEL_ALLOC, "two")->source);
	assert_int_equal(find_rule(m, MODEL_ALLOC, "two")->file, str_intern(paths[1]));
	close(fds[0]);
	close(fds[1]);
}

/* Reads `text` in a child process, which must exit with status 2; `message` gets its stderr. */
static void refuse(const char *text, char *message, size_t bytes)
{
	struct linux_model m = { 0 };
	int pipes[2], status;
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	pid = fork();
	if (!pid) {
		dup2(pipes[1], STDERR_FILENO);
		read_text(&m, text);
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

static void syntax_errors(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "\nfrobnicate x\n", ":2: expected a statement (lock, slot, alloc ...), "
				      "found 'frobnicate'" },
		{ "lock\n", ":1: expected exclusive or shared, found end of line" },
		{ "lock weak a / b", ":1: expected exclusive or shared, found 'weak'" },
		{ "lock shared a b c", ":1: expected /, found 'b'" },
		{ "lock shared a / b arg=x", "from 0, found 'x'" },
		{ "lock shared a / b arg=-1", "from 0, found '-1'" },
		{ "lock shared a / b arg=99999999999999999999", "from 0, found '9999" },
		{ "lock shared a / b ok=maybe", ":1: expected true, false, nonzero or zero, found 'maybe'" },
		{ "lock shared a / b fn=1", ":1: expected arg=, name=, owner=, ok= or sleeps, found 'fn=1'" },
		{ "assert shared a ok=maybe", ":1: expected true, false, nonzero or zero, found 'maybe'" },
		{ "end a / b ok=zero", ":1: expected arg= or name=, found 'ok=zero'" },
		{ "slot x phase=setup context=a", ":1: expected RECORD.FIELD, found 'x'" },
		{ "slot x. phase=setup context=a", ":1: expected RECORD.FIELD, found 'x.'" },
		{ "slot x.y context=a", ":1: expected phase=, found end of line" },
		{ "slot x.y phase=setup", ":1: expected context=, found end of line" },
		{ "slot x.y phase=never context=a", "runtime or teardown, found 'never'" },
		{ "slot x.y phase=setup context=a fn=1", "found 'fn=1'" },
		{ "slot x.y phase=setup context=a holds=pm(", "holds=, found 'pm('" },
		{ "slot x.y phase=setup context=a holds=pm:all", "holds=, found 'all'" },
		{ "slot x.y phase=setup context=a holds=a,b,c,d,e", "no more than 4 locks" },
		{ "register f phase=setup context=a", ":1: expected fn=, found end of line" },
		{ "publish f g", ":1: expected arg=, found end of line" },
		{ "publish f arg=0 g", ":1: expected nothing after the option, found 'g'" },
		{ "alloc", ":1: expected the name of a function, found end of line" },
		{ "alloc a=b", ":1: expected the name of a function, found 'a=b'" },
		{ "traverse list_head", ":1: expected RECORD.FIELD, found 'list_head'" },
		{ "claim often x", ":1: expected lock, held, setup, accept, protects, all, below or called, found 'often'" },
		{ "claim lock", ":1: expected the words of a phrase, found end of line" },
		{ "entry a b", ":1: expected context=, found end of line" },
		{ "slot x.{a,b phase=setup context=a", ":1: expected {NAME,NAME...}, found '{a,b'" },
		{ "slot x.{a phase=setup context=a", ":1: expected {NAME,NAME...}, found '{a'" },
		{ "slot x.a} phase=setup context=a", ":1: expected RECORD.FIELD, found 'a}'" },
		{ "slot x.{} phase=setup context=a", ":1: expected a name between the braces, found ''" },
		{ "slot x.{a,,b} phase=setup context=a", ":1: expected a name between the braces, found ''" },
		{ "slot x.{a,{b}} phase=setup context=a", ":1: expected a name between the braces, found '{b}'" },
		{ "slot x.{a,*} phase=setup context=a", ":1: expected a name between the braces, found '*'" },
		{ "slot {x,y} phase=setup context=a", ":1: expected RECORD.FIELD, found '{x,y}'" },
		{ "slot x.{a,b}c phase=setup context=a", ":1: expected {NAME,NAME...}, found '{a,b}c'" },
		{ "traverse x.*", ":1: expected RECORD.FIELD, found '*'" },
		{ "assert shared a sleeps", ":1: expected arg=, name= or ok=, found 'sleeps'" },
		{ "lock shared a, / b", ":1: expected the name of a function, found '/'" },
		{ "alloc a,,b", ":1: expected the name of a function, found ''" },
		{ "alloc a \\\n\tb \\\n\tc=d", ":3: expected the name of a function, found 'c=d'" },
		{ "alloc a \\\n\t\\\nlock weak a / b", ":3: expected the name of a function, found '/'" },
		{ "alloc a\nalloc b c a\n", ":2: 'a' is stated twice, first at /proc/self/fd/" },
		{ "slot x.{a,b,a} phase=setup context=a", ":1: 'x.a' is stated twice, first at" },
		{ "slot x.a phase=setup context=a\nslot x.{b,a} phase=runtime context=b",
		  ":2: 'x.a' is stated twice, first at" },
		{ "register f fn=1 phase=setup context=a\nregister f fn=1 phase=setup context=a",
		  ":2: 'f fn=1' is stated twice, first at" },
		{ "lock shared a / b\nassert shared b\n", ":2: 'b' is stated twice, first at" },
		{ "lock shared a / b sleeps\nsleeps a\n", ":2: 'a' is stated twice, first at" },
		{ "guarderr", ":1: expected the end of the name of a function, found end of line" },
	};
	char message[512];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		refuse(cases[i].text, message, sizeof(message));
		if (!strstr(message, cases[i].message))
			fail_msg("%s: got %s", cases[i].message, message);
		assert_ptr_equal(strchr(message, '\n'), message + strlen(message) - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(locks, setup, teardown),
		cmocka_unit_test_setup_teardown(assertions, setup, teardown),
		cmocka_unit_test_setup_teardown(members_and_guards, setup, teardown),
		cmocka_unit_test_setup_teardown(phrases, setup, teardown),
		cmocka_unit_test_setup_teardown(slots, setup, teardown),
		cmocka_unit_test_setup_teardown(held_locks, setup, teardown),
		cmocka_unit_test_setup_teardown(lists_in_braces, setup, teardown),
		cmocka_unit_test_setup_teardown(lines_that_go_on, setup, teardown),
		cmocka_unit_test_setup_teardown(pairs, setup, teardown),
		cmocka_unit_test_setup_teardown(rules_are_used, setup, teardown),
		cmocka_unit_test_setup_teardown(registrations, setup, teardown),
		cmocka_unit_test_setup_teardown(functions, setup, teardown),
		cmocka_unit_test_setup_teardown(later_files_override, setup, teardown),
		cmocka_unit_test_setup_teardown(files_of_one_source, setup, teardown),
		cmocka_unit_test(syntax_errors),
	};

	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
