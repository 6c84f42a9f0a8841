// SPDX-License-Identifier: GPL-2.0-only
/* signals.c - the signals that ask a process to end. */
#include <stddef.h>

#include "signals.h"

static const int ending[SIGNALS_ENDING] = { SIGINT, SIGTERM, SIGHUP };

void signals_catch(struct signals *s, void (*handler)(int sig))
{
	struct sigaction take = { .sa_handler = handler };

	sigemptyset(&take.sa_mask);
	for (size_t i = 0; i < SIGNALS_ENDING; i++) {
		sigaction(ending[i], NULL, &s->old[i]);
		if (s->old[i].sa_handler != SIG_IGN)
			sigaction(ending[i], &take, NULL);
	}
}

void signals_restore(const struct signals *s)
{
	for (size_t i = 0; i < SIGNALS_ENDING; i++)
		sigaction(ending[i], &s->old[i], NULL);
}

void signals_block(sigset_t *old)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < SIGNALS_ENDING; i++)
		sigaddset(&set, ending[i]);
	sigprocmask(SIG_BLOCK, &set, old);
}

int signals_pending(const struct signals *s)
{
	sigset_t pending;

	sigpending(&pending);
	for (size_t i = 0; i < SIGNALS_ENDING; i++)
		if (s->old[i].sa_handler != SIG_IGN && sigismember(&pending, ending[i]))
			return ending[i];
	return 0;
}

void signals_unblock_in(sigset_t *set)
{
	for (size_t i = 0; i < SIGNALS_ENDING; i++)
		sigdelset(set, ending[i]);
}
