// SPDX-License-Identifier: GPL-2.0-only
/* light_child.c - a child process that costs no copy of this one's memory. */
#include <sched.h>
#include <signal.h>
#include <stdalign.h>
#include <unistd.h>

#include "light_child.h"

#ifdef __SANITIZE_ADDRESS__
/* AddressSanitizer knows one stack of a thread, and what vfork(2) does with it. */
pid_t light_child(int (*run)(void *ctx), void *ctx)
{
	pid_t child = vfork();

	if (!child)
		_exit(run(ctx));
	return child;
}
#else
pid_t light_child(int (*run)(void *ctx), void *ctx)
{
	alignas(16) static char stack[128 << 10]; /* grows down */

	return clone(run, stack + sizeof(stack), CLONE_VM | CLONE_VFORK | SIGCHLD, ctx);
}
#endif
