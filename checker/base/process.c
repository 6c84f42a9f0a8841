// SPDX-License-Identifier: GPL-2.0-only
/* process.c - start a program, keep what it prints, wait for it. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "light_child.h"
#include "process.h"
#include "sandbox.h"

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

bool args_has(const struct args *a, const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (!strncmp(a->v[i], text, n) && !a->v[i][n])
			return true;
	return false;
}

void args_add_once(struct args *a, const char *text, size_t n)
{
	if (!args_has(a, text, n))
		args_add(a, "%.*s", (int)n, text);
}

void args_add_dir(struct args *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	args_add_once(a, slash ? path : ".", slash ? (size_t)(slash - path) : 1);
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void args_sort(struct args *a)
{
	if (a->n)
		qsort(a->v, a->n, sizeof(*a->v), compare_strings);
}

void args_free(struct args *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		free(a->v[i]);
	free(a->v);
	*a = (struct args){ 0 };
}

static volatile sig_atomic_t interrupted; /* the signal that came while a program ran, or 0 */
static volatile pid_t running;

/* The first signal asks the program and all that it started to end, another one ends them. */
static void interrupt(int sig)
{
	if (running > 0)
		kill(-running, interrupted ? SIGKILL : SIGTERM);
	interrupted = sig;
}

/* What a child is started with. */
struct child_start {
	const char *cwd;
	const struct args *args;
	int out, err;
	pid_t parent;
	const struct signals *before;
	const sigset_t *mask;
};

/*
 * The child.  It leads a process group of its own, so that one signal reaches what it starts in
 * turn, and does not outlive us.
 * What it changes in memory is changed here, too (child_make()).
 */
static int child(void *start)
{
	const struct child_start *s = start;
	const struct args *args = s->args;
	int in;

	setpgid(0, 0);
	signals_restore(s->before);
	sigprocmask(SIG_SETMASK, s->mask, NULL);
	in = open(args->input ? args->input : "/dev/null", O_RDONLY);
	if (in < 0) {
		dprintf(s->err, "cannot read %s: %s\n", args->input, strerror(errno));
		_exit(127);
	}
	dup2(in, STDIN_FILENO);
	dup2(s->out, STDOUT_FILENO);
	dup2(s->err, STDERR_FILENO);
	sandbox_network_off();
	if (args->confine)
		args->confine();
	setenv("LC_ALL", "C", 1); /* nothing here asks for a locale */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != s->parent)
		_exit(127);
	if (s->cwd && chdir(s->cwd))
		dprintf(STDERR_FILENO, "cannot enter %s: %s\n", s->cwd, strerror(errno));
	else if (execvp(args->v[0], args->v))
		dprintf(STDERR_FILENO, "cannot start %s: %s\n", args->v[0], strerror(errno));
	_exit(127);
}

/* What is confined may change more memory than is fit for this process: it gets a copy. */
static pid_t child_make(struct child_start *s)
{
	pid_t pid;

	if (!s->args->confine)
		return light_child(child, s);
	pid = fork();
	if (!pid)
		child(s);
	return pid;
}

void process_start(struct process *p, const char *cwd, const struct args *args, int out, int err)
{
	sigset_t mask;
	struct child_start start = { .cwd = cwd,
				     .args = args,
				     .out = out,
				     .err = err,
				     .parent = getpid(),
				     .before = &p->before,
				     .mask = &mask };

	sandbox_network(); /* the child uses the answer */

	/* No ending signal may come before interrupt() knows the program. */
	signals_block(&mask);
	signals_catch(&p->before, interrupt);
	p->pid = child_make(&start);
	if (p->pid < 0)
		die("cannot start %s:", args->v[0]);
	setpgid(p->pid, p->pid);
	running = p->pid;
	sigprocmask(SIG_SETMASK, &mask, NULL);
}

int process_wait(struct process *p)
{
	int status;

	while (waitpid(p->pid, &status, 0) < 0)
		if (errno != EINTR)
			die("cannot wait for a program:");
	running = 0;
	signals_restore(&p->before);
	if (interrupted) {
		kill(-p->pid, SIGKILL); /* what it has left behind */
		exit(128 + interrupted);
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

void process_run(struct result *r, const char *cwd, const struct args *args)
{
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);
	struct process p;

	if (out < 0 || err < 0)
		die("cannot keep the output of %s:", args->v[0]);
	process_start(&p, cwd, args, out, err);
	r->status = process_wait(&p);
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
