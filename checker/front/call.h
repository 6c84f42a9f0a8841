/* SPDX-License-Identifier: GPL-2.0-only */
/* call.h - calls: which function they reach and with which arguments. */
#ifndef RACYBITS_FRONT_CALL_H
#define RACYBITS_FRONT_CALL_H

#include "callee.h"
#include "node.h"

/* The index of a NODE_CALL in function.calls. */
uint32_t call_index(struct fn *f, struct node *n);
/* The function that a NODE_CALL certainly reaches, or NULL. */
struct callee *call_target(struct fn *f, struct node *n);

#endif
