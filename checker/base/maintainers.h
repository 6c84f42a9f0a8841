/* SPDX-License-Identifier: GPL-2.0-only */
/* maintainers.h - the subsystems of the tree's MAINTAINERS, and which files are theirs. */
#ifndef RACYBITS_BASE_MAINTAINERS_H
#define RACYBITS_BASE_MAINTAINERS_H

#include "util.h"

struct maintainers;

/*
 * Reads MAINTAINERS of the tree `kdir`; one that is not there has no subsystems.  maintainers_free() frees it.
 */
struct maintainers *maintainers_read(const char *kdir);
void maintainers_free(struct maintainers *m);
/*
 * The title of the subsystem whose F: pattern describes `file` best, by its number of directories and letters,
 * unless an X: pattern of it excludes the file (MAINTAINERS, "Descriptions of section entries"); NULL: none.
 */
const char *maintainers_of(const struct maintainers *m, const char *file);
/* The number of that subsystem; SIZE_MAX: none. */
size_t maintainers_section(const struct maintainers *m, const char *file);
/* F: pattern number n of the subsystem of that number, in the order of the file; NULL: there are no more. */
const char *maintainers_pattern(const struct maintainers *m, size_t section, size_t n);

/* Does the pattern name the file, or a directory around it?  * and ? stand for no slash. */
bool maintainers_match(const char *pattern, const char *file);

/*
 * The sections of the text of a MAINTAINERS that may have one of the files, as far as the beginnings of their F: patterns
 * tell, in their order: all that the tree's get_maintainer.pl needs to know of it, which takes long to read all.  malloc'd.
 */
char *maintainers_excerpt(const char *text, const char *const *files, size_t n);

#endif
