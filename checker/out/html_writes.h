/* SPDX-License-Identifier: GPL-2.0-only */
/* html_writes.h - the writes of a unit: the writers that race, their conflicts, every write. */
#ifndef RACYBITS_HTML_WRITES_H
#define RACYBITS_HTML_WRITES_H

#include "html_page.h"
#include "witness.h"

/* Each writer that is in a conflict, with its call chain and source lines. */
void html_writers(const struct html_page *page, const struct witnesses *w);
/* The conflicts as a list, with links to their writers. */
void html_conflicts(const struct html_page *page, const struct witnesses *w);
/* Every write by field, in a part that is folded at first. */
void html_every_write(const struct html_page *page, const struct unit_verdict *u);

#endif
