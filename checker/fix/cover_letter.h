/* SPDX-License-Identifier: GPL-2.0-only */
/* cover_letter.h - the cover letter of a posting. */
#ifndef RACYBITS_FIX_COVER_LETTER_H
#define RACYBITS_FIX_COVER_LETTER_H

#include "patch.h"

/* Subject, an empty line, and the text (from s->a). */
const char *cover_letter(struct fix_series *s, const struct posting *p);

#endif
