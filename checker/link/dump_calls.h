/* SPDX-License-Identifier: GPL-2.0-only */
/* dump_calls.h - prints names, slots and the call graph: see dump_passes in dump.c. */
#ifndef RACYBITS_DUMP_CALLS_H
#define RACYBITS_DUMP_CALLS_H

#include "dump_print.h"

void dump_symtab(const struct dump *d);
void dump_outparams(const struct dump *d);
void dump_registrations(const struct dump *d);
void dump_funcptr(const struct dump *d);
void dump_slots(const struct dump *d);
void dump_callgraph(const struct dump *d);
void dump_relevance(const struct dump *d);

#endif
