/* SPDX-License-Identifier: GPL-2.0-only */
/* maintainers.h - the subsystems of the tree's MAINTAINERS, and which files are theirs. */
#ifndef RACYBITS_OUT_MAINTAINERS_H
#define RACYBITS_OUT_MAINTAINERS_H

#include "base/util.h"

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

/* Does the pattern name the file, or a directory around it?  * and ? stand for no slash. */
bool maintainers_match(const char *pattern, const char *file);

#endif
