/* SPDX-License-Identifier: GPL-2.0-only */
/* dump_summaries.h - prints what each function does with objects and members: see dump_passes in dump.c. */
#ifndef RACYBITS_DUMP_SUMMARIES_H
#define RACYBITS_DUMP_SUMMARIES_H

#include "dump_print.h"

void dump_modref(const struct dump *d);
void dump_specialise(const struct dump *d);
void dump_escape(const struct dump *d);
void dump_ownership(const struct dump *d);
void dump_oneshot(const struct dump *d);

#endif
