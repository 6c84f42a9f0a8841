/* SPDX-License-Identifier: GPL-2.0-only */
/* findings.h - how many findings are shown. */
#ifndef RACYBITS_CLI_FINDINGS_H
#define RACYBITS_CLI_FINDINGS_H

#include "out/report.h"

/*
 * Hides all findings but the best `max` (0: none is hidden): those that no baseline knows before others, then by
 * confidence, then in the order of the program.  Sets o->more to the number of those that it hides, and says it
 * on stderr.
 */
void findings_limit(struct program *p, struct out_options *o, unsigned int max);

#endif
