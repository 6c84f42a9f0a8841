/* SPDX-License-Identifier: GPL-2.0-only */
/* message_fields.h - the part of a message about fields: who writes them, where they go. */
#ifndef RACYBITS_FIX_MESSAGE_FIELDS_H
#define RACYBITS_FIX_MESSAGE_FIELDS_H

#include "patch.h"

/* Lists the fields that stay and those that move, each with its writers and its guard. */
void put_fields(FILE *f, const struct fix_series *s, const struct patch *patch);
/* Says how sizeof changes, and where each field that moves lies before and after. */
void put_layout(FILE *f, const struct patch *patch);

#endif
