/* SPDX-License-Identifier: GPL-2.0-only */
/* clean.h - text of the analysed source, made fit for a terminal and for JSON. */
#ifndef RACYBITS_CLEAN_H
#define RACYBITS_CLEAN_H

#include "base/util.h"

/*
 * The string with each control character, and each byte that is not part of well-formed UTF-8,
 * replaced by '?'.  Returns `s` itself if there is none, else a string that lives as long as the
 * process.
 */
const char *clean(const char *s);
const char *clean_str(str s); /* the same of an interned string */

#endif
