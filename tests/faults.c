// SPDX-License-Identifier: GPL-2.0-only
/*
 * faults.c - runs a program and lets one system call of it, or of its children, fail (Linux on x86-64).
 *
 *	faults CALL ERROR N AFTER RESULT PROGRAM [ARGUMENT]...
 *
 * The N-th call of the kind CALL fails with ERROR (EIO, ENOSPC ...); SHORT makes it write or read one byte, KILL kills the
 * process that calls.  Calls count from when a file whose name contains AFTER is opened: before that the
 * program is being loaded.  CALL "child" is any call of a process other than the first,
 * "space" writes to a file.  With "+" behind ERROR all later calls fail, too.
 * RESULT is written: "calls C failed F".  Exits as the program does.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROCESSES 64
#define ANY -2 /* of a process other than the first */
#define SPACE -4
#define SHORT -1
#define KILL -2

static const struct name {
	const char *name;
	long value;
} calls[] = {
	{ "openat", SYS_openat }, { "read", SYS_read },	      { "pread64", SYS_pread64 },   { "write", SYS_write },
	{ "pwrite64", SYS_pwrite64 }, { "mmap", SYS_mmap },   	    { "clone", SYS_clone },
	{ "pipe2", SYS_pipe2 },	  { "poll", SYS_poll },	      { "wait4", SYS_wait4 },	    { "fsync", SYS_fsync },
	{ "fdatasync", SYS_fdatasync }, { "rename", SYS_rename }, { "unlink", SYS_unlink }, { "mkdir", SYS_mkdir },
	{ "ftruncate", SYS_ftruncate }, { "fcntl", SYS_fcntl }, { "newfstatat", SYS_newfstatat },
	{ "getdents64", SYS_getdents64 }, { "lseek", SYS_lseek }, { "close", SYS_close },   { "child", ANY },
	{ "ppoll", SYS_ppoll },   { "sendto", SYS_sendto },   { "recvfrom", SYS_recvfrom },
	{ "readlink", SYS_readlink }, { "access", SYS_access }, { "pipe", SYS_pipe },	  { "socketpair", SYS_socketpair }, { "space", SPACE },
}, errors[] = {
	{ "EIO", EIO },	    { "ENOSPC", ENOSPC }, { "ENOMEM", ENOMEM }, { "EINTR", EINTR }, { "EMFILE", EMFILE },
	{ "EAGAIN", EAGAIN }, { "EACCES", EACCES }, { "EROFS", EROFS }, { "SHORT", SHORT }, { "KILL", KILL },
};

struct process {
	pid_t pid;
	bool inside, fails;
};

static struct process processes[PROCESSES];
static pid_t first;
static bool counting;
static unsigned long count, failed, n;
static long call, error;
static bool sticky;
static const char *after;

static _Noreturn void stop(const char *what)
{
	fprintf(stderr, "faults: %s\n", what);
	exit(125);
}

static long lookup(const struct name *names, size_t size, const char *name)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (!strcmp(names[i].name, name))
			return names[i].value;
	stop(name);
}

static struct process *process_of(pid_t pid)
{
	struct process *unused = NULL;
	int i;

	for (i = 0; i < PROCESSES; i++) {
		if (processes[i].pid == pid)
			return &processes[i];
		if (!processes[i].pid && !unused)
			unused = &processes[i];
	}
	if (!unused)
		stop("too many processes");
	*unused = (struct process){ .pid = pid };
	return unused;
}

/* Does the file opened now have the name that counting begins with? */
static bool is_start(pid_t pid, const struct user_regs_struct *regs)
{
	char path[256] = "";
	struct iovec local = { path, sizeof(path) - 1 }, remote = { (void *)regs->rsi, sizeof(path) - 1 };

	if ((long)regs->orig_rax != SYS_openat)
		return false;
	/* the page behind a short name may not be there */
	while (remote.iov_len && process_vm_readv(pid, &local, 1, &remote, 1, 0) < 0)
		remote.iov_len /= 2;
	return strstr(path, after);
}

/* Is it a call of the kind that fails? */
static bool matches(const struct process *p, const struct user_regs_struct *regs)
{
	long nr = (long)regs->orig_rax;

	if (call == ANY)
		return p->pid != first;
	if (call == SPACE)
		return (nr == SYS_write && regs->rdi > 2) || nr == SYS_pwrite64 || nr == SYS_ftruncate || nr == SYS_mkdir;
	return nr == call;
}

static void enter(struct process *p)
{
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGS, p->pid, NULL, &regs))
		return;
	counting |= is_start(p->pid, &regs);
	if (!counting || !matches(p, &regs))
		return;
	count++;
	if (!n || count < n || (count > n && !sticky))
		return;
	failed++;
	if (error == KILL) {
		kill(p->pid, SIGKILL);
		return;
	}
	if (error == SHORT) {
		regs.rdx = regs.rdx ? 1 : 0;
	} else {
		regs.orig_rax = (unsigned long long)-1;
		p->fails = true;
	}
	ptrace(PTRACE_SETREGS, p->pid, NULL, &regs);
}

static void leave(struct process *p)
{
	struct user_regs_struct regs;

	if (!p->fails || ptrace(PTRACE_GETREGS, p->pid, NULL, &regs))
		return;
	regs.rax = (unsigned long long)-error;
	ptrace(PTRACE_SETREGS, p->pid, NULL, &regs);
	p->fails = false;
}

static void stopped(pid_t pid, int status)
{
	struct process *p = process_of(pid);
	int sig = WSTOPSIG(status);

	if (sig == (SIGTRAP | 0x80)) {
		p->inside = !p->inside;
		if (p->inside)
			enter(p);
		else
			leave(p);
		sig = 0;
	} else if (sig == SIGTRAP || sig == SIGSTOP) {
		sig = 0;
	}
	ptrace(PTRACE_SYSCALL, pid, NULL, sig);
}

static int trace(void)
{
	int status, result = 125;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFSTOPPED(status)) {
			stopped(pid, status);
			continue;
		}
		if (pid == first)
			result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		process_of(pid)->pid = 0;
	}
	return result;
}

int main(int argc, char **argv)
{
	int status;
	FILE *result;

	if (argc < 7)
		stop("usage: faults CALL ERROR N AFTER RESULT PROGRAM [ARGUMENT]...");
	call = lookup(calls, sizeof(calls) / sizeof(calls[0]), argv[1]);
	sticky = strchr(argv[2], '+');
	argv[2][strcspn(argv[2], "+")] = '\0';
	error = lookup(errors, sizeof(errors) / sizeof(errors[0]), argv[2]);
	n = strtoul(argv[3], NULL, 10);
	after = argv[4];
	first = fork();
	if (!first) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		execvp(argv[6], argv + 6);
		_exit(127);
	}
	if (waitpid(first, &status, 0) != first || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, first, NULL,
		   PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
			   PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL))
		stop("cannot trace");
	ptrace(PTRACE_SYSCALL, first, NULL, NULL);
	status = trace();
	result = fopen(argv[5], "w");
	if (!result)
		stop("cannot write the result");
	fprintf(result, "calls %lu failed %lu\n", count, failed);
	fclose(result);
	return status;
}
