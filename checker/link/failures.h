/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * failures.h - what runs only after something has failed: the undoing, the recovery.
 *
 * Whoever reads a pair believes a store of normal operation sooner than one that needs a failure
 * at the same moment.
 */
#ifndef RACYBITS_FAILURES_H
#define RACYBITS_FAILURES_H

#include "link.h"

/* Makes and frees l->failures. */
void failures_begin(struct link *l);
void failures_end(struct link *l);
/*
 * Does the chain of the write lead to it only if something has failed: past the failure of a callee, or a
 * message that tells of one; through a slot of the model that is called then; or in a work that is
 * started in such places alone?  After frames_begin(), as long as there are starts.
 */
bool write_after_failure(const struct link *l, const struct write *w);

#endif
