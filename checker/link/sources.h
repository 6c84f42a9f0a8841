/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sources.h - from where two writers have the pointers to their objects.
 *
 * A device that is a member of a struct of one bus is no device of another bus, though one function
 * stores to both.
 */
#ifndef RACYBITS_SOURCES_H
#define RACYBITS_SOURCES_H

#include "link.h"

/*
 * Does each way by which the chain of `a` comes to its object lead to another one than each way of `b`:
 * to a member of another record, to an element of another table, or to another allocation?  After
 * ways_begin() and listed_begin().
 */
bool sources_are_apart(const struct link *l, const struct write *a, const struct write *b);

#endif
