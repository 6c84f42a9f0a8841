/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * verdicts.h - verdicts as bytes, so that what was judged once need not be judged again to be shown.
 *
 * Numbers are LEB128 varints.  Each string is written once, and so is each call chain and each list of
 * locks, which many writes share.
 */
#ifndef RACYBITS_FACTS_VERDICTS_H
#define RACYBITS_FACTS_VERDICTS_H

#include "base/buf.h"

/*
 * Appends all of a judged program that a report shows: verdicts, what was not analysed, limits, figures.
 * What link alone looks at is left out, and so is what program.added and program.pairs_of ask for.
 */
void verdicts_encode(struct buf *out, const struct program *p);
/*
 * Reads that into a program whose model, options and kernel are set.  It gets the records with bitfields,
 * without their units until layout_units(), and of the functions those that the verdicts name, by key,
 * name, location and flags alone.  `a` owns all of it.  Returns false if the bytes are damaged; *p is
 * then of no use.
 */
bool verdicts_decode(const unsigned char *data, size_t n, struct arena *a, struct program *p);

#endif
