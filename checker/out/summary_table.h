/* SPDX-License-Identifier: GPL-2.0-only */
/* summary_table.h - how many findings each subsystem has. */
#ifndef RACYBITS_OUT_SUMMARY_TABLE_H
#define RACYBITS_OUT_SUMMARY_TABLE_H

#include "report.h"

/*
 * A table: a row for each subsystem of the tree's MAINTAINERS (o->kdir), by the file of the first writer, with its
 * findings by confidence; the most findings first, then by name; then a row with the sums.  All findings count, those
 * that are hidden, too.
 */
void summary_table_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
