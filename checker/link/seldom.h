/* SPDX-License-Identifier: GPL-2.0-only */
/* seldom.h - what is known of a write by its chain of calls, whatever it is compared with. */
#ifndef RACYBITS_SELDOM_H
#define RACYBITS_SELDOM_H

#include "link.h"

/* Makes and frees l->seldom. */
void seldom_begin(struct link *l);
void seldom_end(struct link *l);
/*
 * Fills in of the write: `seldom`, if its chain is entered by a file that is made to find errors, or only
 * leads there after a failure, or once a constant that is passed was changed; `unused`, if the store or a
 * call of the chain is only reached while a counter of users is 0; `asleep`, if only where a device was
 * found suspended; `of_kind`, if only where a member that set-up alone assigns says which kind of object
 * it is, as the type of a chip; `testing`.  After frames_begin(), failures_begin(), chain_tests_begin(),
 * set_up_begin() and user_files_find().
 */
void write_note_chain(const struct link *l, struct write *w);
/* Is the file one of a driver that is made for tests? */
bool is_for_tests(const struct link *l, str file);

#endif
