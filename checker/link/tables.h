/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tables.h - which tables of callbacks an object has, by where it was found.
 *
 * A driver may give some of its objects one table and others another one, and publish them apart: the
 * first in a pointer, the others on a list.  `x->ops->f(x)` of an x from that list reaches no function
 * that is in the first table alone.
 */
#ifndef RACYBITS_TABLES_H
#define RACYBITS_TABLES_H

#include "link.h"

/* Makes and frees l->tables, which the look-up below needs.  After ways_begin(). */
void tables_begin(struct link *l);
void tables_end(struct link *l);
/*
 * Does the chain of the write go through a table that its object does not have?  Each way to that object
 * leads to a list or a pointer member, and the functions that put objects there, beside those that store
 * the table, store another table in them.
 */
bool chain_mistakes_table(const struct link *l, const struct write *w);

#endif
