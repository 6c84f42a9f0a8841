/* SPDX-License-Identifier: GPL-2.0-only */
/* asked.h - a struct, or a field of one, as the user names it. */
#ifndef RACYBITS_ASKED_H
#define RACYBITS_ASKED_H

#include "base/util.h"

/*
 * Dies unless `what` may be "STRUCT" or "STRUCT.FIELD": the message says what a path, or a name with
 * its keyword, should be.  `command` names the command in the message.  Looks at the text alone.
 */
void asked_check(const char *command, const char *what);
/*
 * Dies unless the program has a record `what` with bitfields or, for "RECORD.FIELD", a bitfield of
 * that name; the message offers the nearest names.  The records must be loaded, and need not be judged.
 * `where` (NULL: nothing) is put behind "no such struct with bitfields".
 */
void asked_require(const struct program *p, const char *what, const char *where);
/* By record of the program: has it the name of the record asked for?  An array from the arena. */
const bool *asked_records(const struct program *p, const char *what, struct arena *a);
/*
 * The record asked for, which the caller frees; *field is the field, in the same memory, or NULL.  All
 * of `what` may be a record: the names of anonymous records contain dots.
 */
char *asked_split(const struct program *p, const char *what, const char **field);

#endif
