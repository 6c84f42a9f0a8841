/* SPDX-License-Identifier: GPL-2.0-only */
/* zeroday.h - the report as the 0-day robot mails it. */
#ifndef RACYBITS_ZERODAY_H
#define RACYBITS_ZERODAY_H

#include "report.h"

/*
 * Each finding as text_unit() prints it, indented.  A finding that the baseline does not have is
 * marked with ">> " and followed by the source lines around it.
 */
void zeroday_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
