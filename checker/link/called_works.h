/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * called_works.h - members that are works, timers or the like whose function is only called.
 *
 * A record may have a work_struct to hold a function, which it calls itself.  If nobody is handed the
 * address of the member, nobody can queue it: the function is none that a worker enters, but that of an
 * ordinary function pointer.
 */
#ifndef RACYBITS_CALLED_WORKS_H
#define RACYBITS_CALLED_WORKS_H

#include "link.h"

/* Makes l->called_works.  After symtab_build(). */
void called_works_find(struct link *l);
void called_works_free(struct link *l);
/* The member that the path ends in, if it is such a work; else NULL. */
const struct step *called_work(const struct link *l, const struct path *work);

#endif
