/* SPDX-License-Identifier: GPL-2.0-only */
/* verdicts_adopt.h - verdicts and the facts that they are of, in one program. */
#ifndef RACYBITS_FACTS_VERDICTS_ADOPT_H
#define RACYBITS_FACTS_VERDICTS_ADOPT_H

#include "base/util.h"

/*
 * Gives `now`, whose facts are loaded and whose units are made, the verdicts of `kept`, with figures and limits.
 * `kept` was judged by the same facts and lives in the same arena; its verdicts are changed.  Returns false if a
 * record or function that they name is not in `now`: then neither is of use but for the facts of `now`.
 */
bool verdicts_adopt(struct program *now, const struct program *kept);

/*
 * Lets the verdicts of a program that is judged name functions as they are written, which are the first n, in
 * place of the copies behind them that link has made, and drops those.
 */
void verdicts_drop_copies(struct program *p, size_t n);

#endif
