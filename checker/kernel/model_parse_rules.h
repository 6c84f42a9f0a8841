/* SPDX-License-Identifier: GPL-2.0-only */
/* model_parse_rules.h - the statements that say more of a name than that it is listed. */
#ifndef RACYBITS_KERNEL_MODEL_PARSE_RULES_H
#define RACYBITS_KERNEL_MODEL_PARSE_RULES_H

#include "model_parse.h"

/* The words after the keyword become rules: a function for each shape (shapes.def). */
void parse_lock(struct parser *p);
void parse_end(struct parser *p);
void parse_assert(struct parser *p);
void parse_slot(struct parser *p);
void parse_register(struct parser *p);
void parse_claim(struct parser *p);
void parse_prefix(struct parser *p);

#endif
