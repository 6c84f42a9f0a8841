/* SPDX-License-Identifier: GPL-2.0-only */
/* stored_value.h - reports which values are stored in bitfields, and which functions return. */
#ifndef RACYBITS_FRONT_STORED_VALUE_H
#define RACYBITS_FRONT_STORED_VALUE_H

#include "fn.h"

/* `value` is stored in the bitfield: USE_STORE. */
void stored_value_store(struct fn *f, const struct member_decl *m, struct node *value, CXCursor at);
/* A compound assignment, ++ or -- changes a bitfield: NODE_UPDATE or NODE_INCDEC. */
void stored_value_update(struct fn *f, struct node *n);
/* The function returns f->results: USE_RESULT if they are fewer than the values of its type. */
void stored_value_results(struct fn *f);

#endif
