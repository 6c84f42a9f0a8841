/* SPDX-License-Identifier: GPL-2.0-only */
/* model_print.h - rules as the statements of a model file, one rule a statement. */
#ifndef RACYBITS_KERNEL_MODEL_PRINT_H
#define RACYBITS_KERNEL_MODEL_PRINT_H

#include "linuxmodel.h"

/* Prints a rule of `s`, without a newline, in words that model_read() makes the same rule of. */
void rule_print(FILE *out, enum model_statement s, const struct model_rule *r);

#endif
