/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * names.h - the words of the enumerations of model.h, as reports and dumps print them.
 *
 * Each function takes an enumerator and returns a static string, "?" for a number that is none.
 */
#ifndef RACYBITS_NAMES_H
#define RACYBITS_NAMES_H

#include "model.h"

const char *verdict_name(uint32_t verdict);	  /* enum verdict: "racy" */
const char *phase_name(uint32_t phase);		  /* enum phase: "runtime" */
const char *mode_name(uint32_t lock_mode);	  /* enum lock_mode: "exclusive" */
const char *confidence_name(uint32_t confidence); /* enum confidence: "high" */

/* The stable id of an enum doubt ("array-element") and its sentence; NULL for DOUBT_NONE. */
const char *doubt_id(uint32_t doubt);
const char *doubt_sentence(uint32_t doubt);
/* The enum confidence that is left of a conflict with that enum doubt; CONF_HIGH for DOUBT_NONE. */
uint32_t doubt_level(uint32_t doubt);
/* The stable id of an enum refuter ("lock") and its sentence. */
const char *refuter_id(uint32_t refuter);
const char *refuter_sentence(uint32_t refuter);

/* The kind of pseudo-lock that stands for a queue which runs its works in turn: "queue(foo.wq)". */
#define QUEUE_LOCK "queue"
/* Is it the name of such a pseudo-lock? */
bool is_queue_lock(const char *name);

#endif
