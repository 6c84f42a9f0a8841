/* SPDX-License-Identifier: GPL-2.0-only */
/* build_targets.h - which objects a patch can break: those are built to verify it. */
#ifndef RACYBITS_FIX_BUILD_TARGETS_H
#define RACYBITS_FIX_BUILD_TARGETS_H

#include "base/process.h"
#include "patch.h"

/*
 * Adds the objects of the files that use a field that the patch changes, or that assert the layout of
 * its record; sorted, each once.  Of a function in a header: of those that call it.  If there is none, or
 * a header asserts the layout: of all files that use the record.
 */
void build_targets(const struct fix_series *s, const struct patch *patch, struct args *targets);

#endif
