/* SPDX-License-Identifier: GPL-2.0-only */
/* sarif.h - the report as SARIF 2.1.0 (OASIS standard, 2020). */
#ifndef RACYBITS_SARIF_H
#define RACYBITS_SARIF_H

#include "report.h"

/*
 * One run with a result for each racy unit and for each unit whose verdict is unknown; with the
 * option `all` for every unit.  A conflict is a code flow of two thread flows, one for each writer.
 * Units that the source acknowledges are suppressed "inSource".  Every tu that was not analysed is
 * a tool execution notification.
 */
void sarif_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
