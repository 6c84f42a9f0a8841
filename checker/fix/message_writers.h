/* SPDX-License-Identifier: GPL-2.0-only */
/* message_writers.h - the part of a message about the race: its two writers, and what is lost. */
#ifndef RACYBITS_FIX_MESSAGE_WRITERS_H
#define RACYBITS_FIX_MESSAGE_WRITERS_H

#include "message_fields.h"

/* Says why the stores race, two writers for each unit, and what is lost. */
void put_hazard(FILE *f, struct fix_series *s, const struct patch *patch, enum detail detail);

#endif
