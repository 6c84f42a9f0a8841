/* SPDX-License-Identifier: GPL-2.0-only */
/* html_page.h - the page that the parts of the HTML report print to. */
#ifndef RACYBITS_HTML_PAGE_H
#define RACYBITS_HTML_PAGE_H

#include "report.h"

struct html_page {
	FILE *f;
	const struct program *p;
	const struct out_options *o;
};

#endif
