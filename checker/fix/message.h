/* SPDX-License-Identifier: GPL-2.0-only */
/* message.h - the commit message of a patch. */
#ifndef RACYBITS_FIX_MESSAGE_H
#define RACYBITS_FIX_MESSAGE_H

#include "patch.h"

/*
 * Fills in subject and body of the patch, from its plan, its script and the steps of verification
 * taken so far.
 */
void message_write(struct fix_series *s, struct patch *patch);

#endif
