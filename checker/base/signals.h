/* SPDX-License-Identifier: GPL-2.0-only */
/* signals.h - the signals that ask a process to end: SIGINT, SIGTERM, SIGHUP. */
#ifndef RACYBITS_SIGNALS_H
#define RACYBITS_SIGNALS_H

#include <signal.h>

enum { SIGNALS_ENDING = 3 };

/* The actions that signals_catch() replaced. */
struct signals {
	struct sigaction old[SIGNALS_ENDING];
};

/*
 * Makes `handler` the action of each ending signal and stores the old actions in *s.  A signal that
 * is ignored stays ignored: nohup(1) and a shell's background jobs rely on that (POSIX, sh, 2.11).
 */
void signals_catch(struct signals *s, void (*handler)(int sig));
/* Puts the old actions back. */
void signals_restore(const struct signals *s);

/* Blocks the ending signals; *old is the mask before. */
void signals_block(sigset_t *old);
/* An ending signal that is pending while it is blocked, and was not ignored before; 0: none. */
int signals_pending(const struct signals *s);
/* Takes the ending signals out of `set`. */
void signals_unblock_in(sigset_t *set);

#endif
