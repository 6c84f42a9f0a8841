/* SPDX-License-Identifier: GPL-2.0-only */
/* limit.h - notes where a limit of the analysis (base/limits.def) is met. */
#ifndef RACYBITS_LIMIT_H
#define RACYBITS_LIMIT_H

#include "base/limits.h"
#include "link.h"

/*
 * Says that the limit was met in function f, an index into program.functions.  Counts each
 * function once, however often it is met there, and keeps the first one by file and line in
 * program.limits: both are the same in whatever order functions are analysed.
 */
void limit_met(const struct link *l, enum limit limit, uint32_t f);
/* The same where `name`, a record or a field, is declared. */
void limit_met_at(const struct link *l, enum limit limit, const struct loc *at, str name);
/* Before the first pass: no limit was met yet. */
void limits_begin(struct link *l);
/* Then: notes those that the front end met, and sets FUNC_CUT. */
void limits_of_facts(struct link *l);
/* After the last pass: frees what tells the functions apart. */
void limits_end(struct link *l);

#endif
