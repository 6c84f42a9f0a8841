// SPDX-License-Identifier: GPL-2.0-only
/* tables.c - a chain goes through a table of callbacks that its object does not have. */
#include "base/names.h"
#include "link/tables.h"
#include "link/write_confidence.h"
#include "refuters.h"

/* (a write that is doubted as much is not asked about: that takes time) */
static bool is_mistaken(const struct link *l, const struct write *w)
{
	return write_confidence(w) > doubt_level(DOUBT_OTHER_TABLE) && chain_mistakes_table(l, w);
}

enum doubt refute_tables(const struct pair *p)
{
	return is_mistaken(p->l, p->a) || is_mistaken(p->l, p->b) ? DOUBT_OTHER_TABLE : DOUBT_NONE;
}
