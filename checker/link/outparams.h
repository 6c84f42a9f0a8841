/* SPDX-License-Identifier: GPL-2.0-only */
/* outparams.h - new objects that a function returns through a pointer argument. */
#ifndef RACYBITS_OUTPARAMS_H
#define RACYBITS_OUTPARAMS_H

#include "link.h"

/*
 * Where the model says that a function stores a new object through a pointer argument, as
 * posix_acl_create(dir, &mode, &acl) does, makes the call the definition of the variable: it
 * replaces the unknown one in local.defs.  Needs only the facts; before all passes that resolve
 * paths.
 */
void outparams_resolve(struct link *l);

#endif
