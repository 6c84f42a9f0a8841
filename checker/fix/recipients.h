/* SPDX-License-Identifier: GPL-2.0-only */
/* recipients.h - who gets a patch. */
#ifndef RACYBITS_FIX_RECIPIENTS_H
#define RACYBITS_FIX_RECIPIENTS_H

#include "base/process.h"
#include "patch.h"

/*
 * Adds to `args` --to=, for maintainers, and --cc=, for lists, each address once, as the tree's
 * scripts/get_maintainer.pl says, which is asked once for a patch; nothing if the tree has no such script.
 */
void recipients_add(const struct fix_series *s, struct patch *patch, struct args *args);

#endif
