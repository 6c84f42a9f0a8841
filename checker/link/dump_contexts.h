/* SPDX-License-Identifier: GPL-2.0-only */
/* dump_contexts.h - prints locksets inside functions, and the contexts that functions run in: see dump_passes in dump.c. */
#ifndef RACYBITS_DUMP_CONTEXTS_H
#define RACYBITS_DUMP_CONTEXTS_H

#include "dump_print.h"

void dump_lockset(const struct dump *d);
void dump_demand(const struct dump *d);
void dump_contexts(const struct dump *d);

#endif
