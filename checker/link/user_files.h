/* SPDX-License-Identifier: GPL-2.0-only */
/* user_files.h - the files of sysfs, debugfs and the like by which user space enters a function. */
#ifndef RACYBITS_USER_FILES_H
#define RACYBITS_USER_FILES_H

#include "link.h"

/* Makes l->user_files.  After slots_collect(). */
void user_files_find(struct link *l);
void user_files_free(struct link *l);
/*
 * Is there a file that enters function `a`, and another one that enters function `b`, the same one or
 * not, of what is likely one object: of attributes in one source file, or made one beside the other
 * by one function?  Two tasks that have opened one of them each run the two functions at once.
 */
bool user_files_are_two(const struct link *l, uint32_t a, uint32_t b);

/* Does a task enter a function of that name by a file that is made to find errors? */
bool enters_to_debug(const struct link *l, str function);

#endif
