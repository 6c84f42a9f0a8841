/* SPDX-License-Identifier: GPL-2.0-only */
/* header_change.h - which names does a change of a header concern? */
#ifndef RACYBITS_FRONT_HEADER_CHANGE_H
#define RACYBITS_FRONT_HEADER_CHANGE_H

#include "base/source_change.h"

/*
 * Compares a header with what it was, by the items at file scope.  Returns false unless all that differs is
 * prototypes, inline functions, declarations of variables and tags, new macros, types and enumerators behind
 * the last, records that are new or gone, and members of records that remain, and no other kind of item depends on
 * these: then anything may follow from the change, and *out need not be freed.
 *
 * With `layouts` a record of which members differ counts as something new, so that its size does not matter.  Without,
 * only its members do, which have to be of plain types; whoever uses the result must see that the others stay in
 * place.
 *
 * What is not trusted should be read in a process of its own: clang may crash.
 */
bool header_change_find(const char *before, const char *after, bool layouts,
			struct source_change *out);

#endif
