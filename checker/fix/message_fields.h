/* SPDX-License-Identifier: GPL-2.0-only */
/* message_fields.h - the part of a message about fields: who writes them, where they go. */
#ifndef RACYBITS_FIX_MESSAGE_FIELDS_H
#define RACYBITS_FIX_MESSAGE_FIELDS_H

#include "patch.h"

/* How much a message says of each field: as much as there is room for. */
enum detail {
	DETAIL_FULL,
	DETAIL_LESS,  /* one writer a field, and the first unit alone */
	DETAIL_LEAST, /* their names */
};

/* Lists the fields that move, each with its writers and its guard, and names those that stay. */
void put_fields(FILE *f, struct fix_series *s, const struct patch *patch, enum detail detail);
/* Says how sizeof changes and, unless names alone have room, which holes are filled. */
void put_layout(FILE *f, struct fix_series *s, const struct patch *patch, enum detail detail);

#endif
