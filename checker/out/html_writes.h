/* SPDX-License-Identifier: GPL-2.0-only */
/* html_writes.h - the writers of a unit that race, and their conflicts. */
#ifndef RACYBITS_HTML_WRITES_H
#define RACYBITS_HTML_WRITES_H

#include "html_page.h"
#include "witness.h"

/* Each writer that is in a conflict, with its call chain and source lines. */
void html_writers(const struct html_page *page, const struct witnesses *w);
/* The conflicts as a list, with links to their writers. */
void html_conflicts(const struct html_page *page, const struct witnesses *w);

/* "'a = 1' in f()" */
void put_stored(FILE *f, const struct html_page *page, const struct unit_verdict *u,
		const struct write *w, str field);
/* What lowers the confidence in the write, behind "; "; nothing if nothing does. */
void put_write_doubt(FILE *f, const struct write *w);

#endif
