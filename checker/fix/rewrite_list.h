/* SPDX-License-Identifier: GPL-2.0-only */
/* rewrite_list.h - what is left of a declaration of several names. */
#ifndef RACYBITS_FIX_REWRITE_LIST_H
#define RACYBITS_FIX_REWRITE_LIST_H

#include "rewrite_member.h"

/*
 * What is left of a list: lists of the names in front of and behind each field that stays in its order, which is a
 * member of its own there, without those that are declared elsewhere; "" if all are.  Whole lines, unless the
 * declaration shares its lines with other code: then the declaration alone.
 */
const char *list_rest(struct rewrite *w, const struct declaration_text *d);

#endif
