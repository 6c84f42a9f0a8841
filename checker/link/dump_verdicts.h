/* SPDX-License-Identifier: GPL-2.0-only */
/* dump_verdicts.h - prints writes, conflicts and verdicts of storage units: see dump_passes in dump.c. */
#ifndef RACYBITS_DUMP_VERDICTS_H
#define RACYBITS_DUMP_VERDICTS_H

#include "dump_print.h"

void dump_writes(const struct dump *d);
void dump_conflicts(const struct dump *d);
void dump_verdicts(const struct dump *d);

#endif
