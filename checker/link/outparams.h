/* SPDX-License-Identifier: GPL-2.0-only */
/* outparams.h - objects that a function hands out through the address of a variable. */
#ifndef RACYBITS_OUTPARAMS_H
#define RACYBITS_OUTPARAMS_H

#include "link.h"

/*
 * Where the model says that a function stores a new object through a pointer argument
 * (posix_acl_create(dir, &mode, &acl)) makes that call the definition of the variable.  Before
 * any pass that resolves paths.
 */
void outparams_resolve(struct link *l);

#endif
