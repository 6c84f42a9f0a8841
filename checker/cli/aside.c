// SPDX-License-Identifier: GPL-2.0-only
/* aside.c - work that another process does beside this one, once. */
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "aside.h"

static void answer_write(const struct aside *a)
{
	struct output out;

	output_open(&out, a->path);
	fwrite(a->answer.data, 1, a->answer.n, out.f);
	output_commit(&out);
}

_Noreturn static void child_main(struct aside *a, pid_t parent,
				 void (*work)(void *ctx, struct buf *answer), void *ctx)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(2);
	setenv("NO_COLOR", "1", 1); /* the line of progress is the other process's */
	work(ctx, &a->answer);
	answer_write(a);
	fflush(NULL);
	_exit(0);
}

void aside_start(struct aside *a, bool apart, const char *path,
		 void (*work)(void *ctx, struct buf *answer), void *ctx)
{
	pid_t parent = getpid();

	*a = (struct aside){ .path = xstrdup(path) };
	if (!apart) {
		work(ctx, &a->answer);
		return;
	}
	fflush(NULL);
	a->pid = fork();
	if (a->pid < 0)
		die("cannot start a process:");
	if (!a->pid)
		child_main(a, parent, work, ctx);
}

void aside_wait(struct aside *a)
{
	int status = 0;

	if (!a->pid)
		return;
	while (waitpid(a->pid, &status, 0) < 0 && errno == EINTR)
		;
	a->pid = 0;
	if (WIFSIGNALED(status))
		die("a process that judged the tree was ended by signal %d", WTERMSIG(status));
	a->answer.data = status ? NULL : (unsigned char *)read_file(a->path, &a->answer.n);
	if (!a->answer.data)
		exit(2);
}

void aside_free(struct aside *a)
{
	free(a->answer.data);
	free(a->path);
}
