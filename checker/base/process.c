// SPDX-License-Identifier: GPL-2.0-only
/* process.c - start a program, keep what it says, wait for it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"

void args_add(struct args *a, const char *fmt, ...)
{
	va_list ap;
	char *arg;

	va_start(ap, fmt);
	if (vasprintf(&arg, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
	*vec_add(a->v, a->n, a->cap) = arg;
	*vec_add(a->v, a->n, a->cap) = NULL;
	a->n--;
}

void args_add_once(struct args *a, const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (strlen(a->v[i]) == n && !memcmp(a->v[i], text, n))
			return;
	args_add(a, "%.*s", (int)n, text);
}

void args_free(struct args *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		free(a->v[i]);
	free(a->v);
	*a = (struct args){ 0 };
}

static volatile sig_atomic_t interrupted;

static void interrupt(int sig)
{
	interrupted = sig;
}

/* Signals end a wait, and stay away from nobody else's: the old handlers are kept in `old`. */
static void signals_take(struct sigaction old[2])
{
	struct sigaction take = { .sa_handler = interrupt };

	sigemptyset(&take.sa_mask);
	sigaction(SIGINT, &take, &old[0]);
	sigaction(SIGTERM, &take, &old[1]);
}

static void signals_give_back(const struct sigaction old[2])
{
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGTERM, &old[1], NULL);
}

static _Noreturn void child(const char *cwd, const struct args *args, int out, int err,
			    const struct sigaction old[2])
{
	int in = open(args->input ? args->input : "/dev/null", O_RDONLY);

	signals_give_back(old);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	setenv("LC_ALL", "C", 1);
	if (in < 0)
		dprintf(STDERR_FILENO, "cannot read %s: %s\n", args->input, strerror(errno));
	else if (cwd && chdir(cwd))
		dprintf(STDERR_FILENO, "cannot enter %s: %s\n", cwd, strerror(errno));
	else if (execvp(args->v[0], args->v))
		dprintf(STDERR_FILENO, "cannot start %s: %s\n", args->v[0], strerror(errno));
	_exit(127);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			die("cannot wait for a program:");
		if (interrupted)
			kill(pid, SIGTERM);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static char *read_back(int fd, size_t *bytes)
{
	off_t end = lseek(fd, 0, SEEK_END);
	size_t n = end > 0 ? (size_t)end : 0, done = 0;
	char *text = xmalloc(n + 1);

	while (done < n) {
		ssize_t got = pread(fd, text + done, n - done, (off_t)done);

		if (got <= 0)
			break;
		done += (size_t)got;
	}
	text[done] = '\0';
	if (bytes)
		*bytes = done;
	close(fd);
	return text;
}

void run(struct result *r, const char *cwd, const struct args *args)
{
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);
	struct sigaction old[2];
	pid_t pid;

	if (out < 0 || err < 0)
		die("cannot keep the output of %s:", args->v[0]);
	signals_take(old);
	pid = fork();
	if (pid < 0)
		die("cannot start %s:", args->v[0]);
	if (!pid)
		child(cwd, args, out, err, old);
	r->status = wait_for(pid);
	signals_give_back(old);
	if (interrupted)
		exit(130);
	r->out = read_back(out, &r->bytes);
	r->err = read_back(err, NULL);
}

void result_free(struct result *r)
{
	free(r->out);
	free(r->err);
	r->out = r->err = NULL;
}

const char *result_error(struct result *r)
{
	char *at = strstr(r->err, "rror");

	if (!at)
		return result_last_line(r);
	at[strcspn(at, "\n")] = '\0';
	while (at > r->err && at[-1] != '\n')
		at--;
	return at + strspn(at, " \t");
}

const char *result_last_line(struct result *r)
{
	char *text = r->err[strspn(r->err, " \t\n")] ? r->err : r->out, *end;

	end = text + strlen(text);
	while (end > text && strchr(" \t\n", end[-1]))
		*--end = '\0';
	end = strrchr(text, '\n');
	return end ? end + 1 : text;
}
