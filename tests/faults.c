// SPDX-License-Identifier: GPL-2.0-only
/*
 * faults.c - runs a program and lets one system call of it, or of its children, fail (Linux on x86-64).
 *
 *	faults CALL ERROR N AFTER RESULT PROGRAM [ARGUMENT]...
 *
 * The N-th call of the kind CALL fails with ERROR (EIO, ENOSPC ...); SHORT makes it write or read one byte, KILL kills the
 * process that calls.  Calls count from when a file whose name contains AFTER is opened: before that the
 * program is being loaded.  CALL "child" is any call of a process other than the first,
 * "space" writes to a file.  A close() that fails has closed the file all the same, close(2).  With "+" behind
 * ERROR all later calls fail, too.
 * RESULT is written: "calls C failed F".  Exits as the program does.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

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

static pid_t first, closing; /* closing: a process in a close() that is to fail, or 0 */
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
static bool matches(pid_t pid, const struct user_regs_struct *regs)
{
	long nr = (long)regs->orig_rax;

	if (call == ANY)
		return pid != first;
	if (call == SPACE)
		return (nr == SYS_write && regs->rdi > 2) || nr == SYS_pwrite64 || nr == SYS_ftruncate || nr == SYS_mkdir;
	return nr == call;
}

/* A call that the filter lets us see is to begin: with number -1 it does not, and its result is what we say. */
static void enter(pid_t pid)
{
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &regs))
		return;
	counting |= is_start(pid, &regs);
	if (!counting || !matches(pid, &regs))
		return;
	count++;
	if (!n || count < n || (count > n && !sticky))
		return;
	failed++;
	if (error == KILL) {
		kill(pid, SIGKILL);
		return;
	}
	if (regs.orig_rax == SYS_close) {
		closing = pid;
		return;
	}
	if (error == SHORT) {
		regs.rdx = regs.rdx ? 1 : 0;
	} else {
		regs.orig_rax = (unsigned long long)-1;
		regs.rax = (unsigned long long)-error;
	}
	ptrace(PTRACE_SETREGS, pid, NULL, &regs);
}

/* The close() that is to fail has been done. */
static void leave(pid_t pid)
{
	struct user_regs_struct regs;

	closing = 0;
	if (ptrace(PTRACE_GETREGS, pid, NULL, &regs))
		return;
	regs.rax = (unsigned long long)-error;
	ptrace(PTRACE_SETREGS, pid, NULL, &regs);
}

static void stopped(pid_t pid, int status)
{
	int sig = WSTOPSIG(status);

	if (status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8))
		enter(pid);
	else if (pid == closing && status >> 8 == SIGTRAP)
		leave(pid);
	ptrace(pid == closing ? PTRACE_SYSCALL : PTRACE_CONT, pid, NULL, sig == SIGTRAP || sig == SIGSTOP ? 0 : sig);
}

static int trace(void)
{
	int status, result = 125;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFSTOPPED(status))
			stopped(pid, status);
		else if (pid == first)
			result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
	return result;
}

/* Tells the tracer of all calls, or of one kind (SPACE has several) and openat(). */
static void filter(void)
{
	const unsigned int told[] = { SYS_openat, (unsigned int)(call < 0 ? SYS_openat : call), SYS_write, SYS_pwrite64,
				      SYS_ftruncate, SYS_mkdir };
	const unsigned int ntold = call == SPACE ? 6 : 2;
	struct sock_filter code[16] = { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)) };
	struct sock_fprog program = { .filter = code };
	unsigned int i, at = 1;

	for (i = 0; i < ntold && call != ANY; i++)
		code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, told[i], (unsigned char)(ntold - i), 0);
	if (call != ANY)
		code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	program.len = (unsigned short)at;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		_exit(126);
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
		filter();
		execvp(argv[6], argv + 6);
		_exit(127);
	}
	if (waitpid(first, &status, 0) != first || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, first, NULL,
		   PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
			   PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL))
		stop("cannot trace");
	ptrace(PTRACE_CONT, first, NULL, NULL);
	status = trace();
	result = fopen(argv[5], "w");
	if (!result)
		stop("cannot write the result");
	fprintf(result, "calls %lu failed %lu\n", count, failed);
	fclose(result);
	return status;
}
