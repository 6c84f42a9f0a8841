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

#include "kernel/linuxmodel.h"

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
	"slot ops.* phase=runtime context=syscall\n"
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
	"owned super_block.s_fs_info\n"
	"free kfree kvfree arg=0\n"
	"runs dpm_suspend dpm_resume context=sleep\n"
	"noreturn panic\n"
	"lock exclusive reset_lock / - arg=1.dev name=device_lock ok=zero\n"
	"guarderr _lock_err\n"
	"own get_current\n"
	"interrupt timer\n"
	"entry __x64_sys_ exc_ context=syscall\n"
	"claim lock protected|guarded   by\n"
	"claim called rtnl the rtnl\n";

/* Reads `text` as a model file, which is one in memory. */
static void read_text(struct linux_model *m, const char *text)
{
	int fd = memfd_create("model", 0);
	char path[64];

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	linuxmodel_read(m, path);
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
	linuxmodel_free(*state);
	free(*state);
	return 0;
}

static void check_lock(const struct linux_model *m, const char *func, bool acquire, int mode,
		       int result, int arg, const char *name)
{
	const struct lock_api *api = linuxmodel_lock(m, str_intern(func));

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
	assert_null(linuxmodel_lock(m, str_intern("-")));
	assert_null(linuxmodel_lock(m, str_intern("printk")));
}

static void assertions(void **state)
{
	const struct linux_model *m = *state;

	check_lock(m, "lockdep_assert_held", false, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	check_lock(m, "assert_rtnl", false, MODE_SHARED, RESULT_ALWAYS, -1, "rtnl");
	assert_true(linuxmodel_lock(m, str_intern("assert_rtnl"))->assert);
	assert_false(linuxmodel_lock(m, str_intern("mutex_lock"))->assert);
	assert_true(linuxmodel_is_lock_type(m, str_intern("mutex")));
	assert_false(linuxmodel_is_lock_type(m, str_intern("list_head")));
}

static void members_and_guards(void **state)
{
	const struct linux_model *m = *state;

	check_lock(m, "reset_lock", true, MODE_EXCLUSIVE, RESULT_ZERO, 1, "device_lock");
	assert_int_equal(linuxmodel_lock(m, str_intern("reset_lock"))->member, str_intern("dev"));
	assert_int_equal(linuxmodel_lock(m, str_intern("put"))->member, 0);
	assert_true(linuxmodel_is_guard_error(m, str_intern("class_mutex_lock_err")));
	assert_false(linuxmodel_is_guard_error(m, str_intern("class_mutex_lock_ptr")));
	assert_false(linuxmodel_is_guard_error(m, str_intern("_lock_err")));
	assert_true(linuxmodel_is_own(m, str_intern("get_current")));
	assert_true(linuxmodel_interrupts(m, str_intern("timer")));
	assert_false(linuxmodel_interrupts(m, str_intern("work")));
	assert_int_equal(linuxmodel_entry_context(m, str_intern("__x64_sys_read")),
			 str_intern("syscall"));
	assert_int_equal(linuxmodel_entry_context(m, str_intern("sys_read")), 0);
}

static const struct claim_phrase *find_phrase(const struct linux_model *m, const char *text)
{
	size_t i;

	for (i = 0; i < m->nphrases; i++)
		if (m->phrases[i].text == str_intern(text))
			return &m->phrases[i];
	return NULL;
}

static void phrases(void **state)
{
	const struct linux_model *m = *state;

	assert_int_equal(m->nphrases, 2);
	assert_int_equal(find_phrase(m, "protected|guarded by")->kind, CLAIM_LOCK);
	assert_int_equal(find_phrase(m, "the rtnl")->kind, CLAIM_CALLED);
	assert_int_equal(find_phrase(m, "the rtnl")->lock, str_intern("rtnl"));
}

static void slots(void **state)
{
	const struct linux_model *m = *state;
	const struct entry_rule *rule = linuxmodel_slot(m, str_intern("ops"), str_intern("probe"));

	assert_int_equal(rule->phase, PHASE_SETUP);
	assert_int_equal(rule->owner, 1);
	assert_int_equal(rule->context, str_intern("probe"));
	assert_int_equal(rule->nheld, 1);
	assert_int_equal(rule->held[0].name, str_intern("device_lock"));
	assert_int_equal(rule->held[0].arg, 1);
	assert_int_equal(rule->held[0].mode, MODE_EXCLUSIVE);

	rule = linuxmodel_slot(m, str_intern("ops"), str_intern("ioctl"));
	assert_int_equal(rule->phase, PHASE_RUNTIME);
	assert_int_equal(rule->owner, 0);
	assert_int_equal(rule->nheld, 0);
	assert_null(linuxmodel_slot(m, str_intern("other"), str_intern("ioctl")));
}

static void held_locks(void **state)
{
	const struct linux_model *m = *state;
	const struct entry_rule *rule =
		linuxmodel_slot(m, str_intern("outer.inner"), str_intern("fn"));

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

	assert_int_equal(linuxmodel_registration(m, func, 1)->context, str_intern("hardirq"));
	assert_int_equal(linuxmodel_registration(m, func, 2)->context, str_intern("thread"));
	assert_null(linuxmodel_registration(m, func, 0));
	assert_null(linuxmodel_registration(m, str_intern("ops"), 1));
}

static void functions(void **state)
{
	const struct linux_model *m = *state;

	assert_true(linuxmodel_is_alloc(m, str_intern("kcalloc")));
	assert_false(linuxmodel_is_alloc(m, str_intern("kfree")));
	assert_int_equal(linuxmodel_publish_arg(m, str_intern("list_add_tail")), 0);
	assert_int_equal(linuxmodel_writer_arg(m, str_intern("memcpy")), 0);
	assert_int_equal(linuxmodel_writer_arg(m, str_intern("list_add")), -1);
	assert_int_equal(linuxmodel_getter_arg(m, str_intern("dev_get_drvdata")), 0);
	assert_int_equal(linuxmodel_creator_arg(m, str_intern("foo_create")), 1);
	assert_true(linuxmodel_is_lookup(m, str_intern("xa_load")));
	assert_true(linuxmodel_is_noreturn(m, str_intern("panic")));
	assert_true(linuxmodel_is_owned(m, str_intern("super_block"), str_intern("s_fs_info")));
	assert_int_equal(linuxmodel_free_arg(m, str_intern("kvfree")), 0);
	assert_int_equal(linuxmodel_runs_in(m, str_intern("dpm_resume")), str_intern("sleep"));
	assert_int_equal(linuxmodel_runs_in(m, str_intern("sleep")), 0);
	assert_int_equal(linuxmodel_free_arg(m, str_intern("kzalloc")), -1);
	assert_true(linuxmodel_is_traversal(m, str_intern("list_head"), str_intern("next")));
	assert_false(linuxmodel_is_traversal(m, str_intern("list_head"), str_intern("first")));
}

static void later_files_override(void **state)
{
	struct linux_model *m = *state;

	read_text(m, "slot ops.probe phase=runtime context=other\n"
		     "lock shared mutex_lock / mutex_unlock arg=3\n"
		     "write memset arg=1\n");
	check_lock(m, "mutex_lock", true, MODE_SHARED, RESULT_ALWAYS, 3, NULL);
	check_lock(m, "mutex_lock_nested", true, MODE_EXCLUSIVE, RESULT_ALWAYS, 0, NULL);
	assert_int_equal(linuxmodel_slot(m, str_intern("ops"), str_intern("probe"))->phase,
			 PHASE_RUNTIME);
	assert_int_equal(linuxmodel_slot(m, str_intern("ops"), str_intern("probe"))->nheld, 0);
	assert_int_equal(linuxmodel_writer_arg(m, str_intern("memset")), 1);
	assert_int_equal(linuxmodel_writer_arg(m, str_intern("memcpy")), 0);
}

/* What a child process that reads `text` says on stderr; it must exit with status 2. */
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
		{ "lock shared a / b ok=maybe", ":1: expected nonzero or zero, found 'maybe'" },
		{ "lock shared a / b fn=1", ":1: expected arg=, name= or ok=, found 'fn=1'" },
		{ "assert shared a ok=zero", ":1: expected arg= or name=, found 'ok=zero'" },
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
		{ "publish f arg=0 g", ":1: expected nothing after arg=, found 'g'" },
		{ "alloc", ":1: expected the name of a function, found end of line" },
		{ "alloc a=b", ":1: expected the name of a function, found 'a=b'" },
		{ "traverse list_head", ":1: expected RECORD.FIELD, found 'list_head'" },
		{ "claim often x", ":1: expected lock, held, setup, accept, protects, all, below or called, found 'often'" },
		{ "claim lock", ":1: expected the words of a phrase, found end of line" },
		{ "entry a b", ":1: expected context=, found end of line" },
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
		cmocka_unit_test_setup_teardown(registrations, setup, teardown),
		cmocka_unit_test_setup_teardown(functions, setup, teardown),
		cmocka_unit_test_setup_teardown(later_files_override, setup, teardown),
		cmocka_unit_test(syntax_errors),
	};

	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
